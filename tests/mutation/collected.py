"""Runs of the tests in forks of one process that has imported and collected all of them.

To import the program and its tests takes longer than most faults need to be seen. A fault inside of
the body of a function needs no import: the functions that are there get the other code. What else
there is (a constant, a default, the fields of a class, what a function did when it was called at
the import) is for `Tree.run`, which imports anew.
"""

from __future__ import annotations

import gc
import json
import os
import types
from collections import defaultdict
from itertools import pairwise
from typing import Any

import pytest
from mutants import Mutant
from trees import OURS, Ended, Plugin, Tree

_NEWLOCALS = 0x2  # a function's code has it, the body of a class has not
_NOT_HERE = 71  # the exit status when there is no function to give the other code to

_Functions = dict[tuple[str, str, int], list[types.FunctionType]]
"""The functions of the program by file, dotted name and first line."""


class Collected:
    """The process that has collected the tests of a tree, and waits for faults."""

    def __init__(self, tree: Tree, paths: list[str], limits: dict[str, float]) -> None:
        self._tree = tree
        here, faults = os.pipe()
        ends, there = os.pipe()
        if not os.fork():
            try:
                os.close(faults)
                os.close(ends)
                tree.enter("collected.txt")
                plugins = [Plugin(None, limits), _Loop(tree, here, there)]
                pytest.main([*tree.options(), *paths], plugins=plugins)
            finally:  # it must not go on as another job
                os._exit(OURS)
        os.close(here)
        os.close(there)
        self._faults, self._ends = os.fdopen(faults, "w"), os.fdopen(ends)

    def run(self, fault: Mutant, original: str, order: list[str]) -> Ended | None:
        """Run tests in this order until one fails; None when the fault is none of a function."""
        if not fault.body:
            return None
        job = {"file": fault.file, "texts": (original, fault.text), "order": order}
        print(json.dumps(job), file=self._faults, flush=True)
        status = self._ends.readline()
        if not status:
            raise SystemExit("The tests could not be collected:\n" + self._tree.said())
        return None if int(status) == _NOT_HERE << 8 else self._tree.ended(int(status))


class _Loop:
    """Instead of running the tests collected: forks for every fault, and runs some of them."""

    def __init__(self, tree: Tree, faults: int, ends: int) -> None:
        self._tree = tree
        self._faults, self._ends = os.fdopen(faults), os.fdopen(ends, "w")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        functions = self._functions()
        gc.freeze()
        for line in self._faults:
            job = json.loads(line)
            job["file"] = str(self._tree.root / job["file"])
            status = self._tree.forked(lambda job=job: _run(session, items, functions, job))
            print(status, file=self._ends, flush=True)
        os._exit(0)

    def _functions(self) -> _Functions:
        found: _Functions = defaultdict(list)
        for one in gc.get_objects():
            if isinstance(one, types.FunctionType):
                code = one.__code__
                found[code.co_filename, code.co_qualname, code.co_firstlineno].append(one)
        return found


def _run(
    session: pytest.Session, items: dict[str, pytest.Item], functions: _Functions, job: Any
) -> int:
    if not _plant(functions, job["file"], *job["texts"]):
        return _NOT_HERE
    chosen = [items[test] for test in job["order"]]
    for item, following in pairwise([*chosen, None]):
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return int(pytest.ExitCode.TESTS_FAILED)
    return 0


def _plant(functions: _Functions, path: str, original: str, text: str) -> bool:
    """Give functions the code they have in the text; says whether any has another one now."""
    before = _codes(compile(original, path, "exec"))
    after = _codes(compile(text, path, "exec"))
    planted = False
    for one, other in zip(before, after, strict=True):
        for function in functions[path, one.co_qualname, one.co_firstlineno]:
            if one != other:
                if one.co_freevars != other.co_freevars:
                    return False
                function.__code__ = other
                planted = True
    return planted


def _codes(code: types.CodeType) -> list[types.CodeType]:
    """Return the code of every function in a module, in their order; not of those inside of one."""
    found = []
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            found += [const] if const.co_flags & _NEWLOCALS else _codes(const)
    return found
