"""Admission: the checks before a merge, in their order, each with its own sentence.

The table is section 4 of docs/project-file.md. A file is copied to a private place first and
everything is read from there, so that the colleague's file is never touched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from screener.consensus.merging import belonging
from screener.consensus.merging.checks import (
    Destination,
    check_against,
    remark_others,
)
from screener.consensus.merging.findings import Admitted, Check, Choices, Refusal, Result, Step
from screener.consensus.merging.naming import Named
from screener.consensus.merging.unclosed import Reader, remark_closed_before
from screener.model import ErrorKind, Progress, UserError
from screener.store import caches, journals, lost, paths, verify
from screener.store.file import File
from screener.store.opening import check_header, open_file, private_copy
from screener.store.problems import words_of
from screener.store.salvage import salvage as salvage_into
from screener.store.temporary import private_folder


@contextmanager
def admitted(
    target: File | None,
    files: Iterable[Path],
    reader: Reader,
    progress: Progress,
    choices: Choices,
) -> Iterator[list[Admitted]]:
    """Check files against a target (None while it does not exist) and give the results.

    The private copies are there as long as the block runs.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(private_folder())
        found: list[Admitted] = []
        into = Destination(target=target, newest=target, reader=reader, choices=choices)
        for place, path in enumerate(files):
            one = Admitted(path=path)
            with suppress(Refusal):
                if any(_same(f.path, path) for f in found):
                    one.refuse(Check.FILE, f"{path.name} is chosen twice; once is enough.")
                incoming, named = _read(one, folder / f"{place}.screener", progress, into)
                stack.callback(incoming.close)
                _compare(one, into, incoming, named)
                del named  # the names of a hundred thousand records are not kept beside a merge
            found.append(one)
        remark_others(into, found)
        remark_closed_before(target, found, reader)
        yield found


def _same(one: Path, other: Path) -> bool:
    found = paths.identity(one)
    return found is not None and found == paths.identity(other)


def _read(
    one: Admitted, private: Path, progress: Progress, into: Destination
) -> tuple[File, Named]:
    """Run checks 1 to 6: header, version, journal, schema, integrity, hashes, chains."""
    path, salvage = one.path, into.choices.salvage
    _require_file(one)
    file = _opened(one, private)
    file.path = path  # what is said of it names the file that was chosen
    named = Named(file)
    problems = verify.check(file.connection, progress, visit=named.visit, read=into.contents)
    if not salvage:  # what is known already is no reason for a refusal: `Named` looks at that
        problems = [problem for problem in problems if problem.kind != verify.REPLACED]
    if problems and all(problem.kind == verify.CACHE for problem in problems):
        # The events are whole, and what is shown of the file is computed from them anew.
        one.add(
            Check.INTEGRITY,
            Result.REMARK,
            f"{path.name} does not show what its history says; what is read is its history.",
        )
        file.close()
        caches.rebuild_in(private)
        file = open_file(private, write=False)
        file.path = path
    elif problems and salvage:
        one.add(
            Check.INTEGRITY,
            Result.REMARK,
            f"{path.name} is damaged; only entries that are whole are taken in.",
        )
        file, private = _salvaged(file, private)
        file.path = path
        named = Named(file)
        named.salvaged = True
        verify.check(file.connection, progress, with_caches=False, visit=named.visit)
    elif problems:
        try:
            if problems[0].kind == verify.MISPLACED:
                belonging.refuse_misplaced(one, file, into.names(file), problems[0])
            one.refuse_damaged(problems[0].words.rstrip("."))
        finally:
            file.close()
    if lost.logs_of(file.rows) and not named.salvaged:
        one.add(
            Check.INTEGRITY,
            Result.REMARK,
            f"{path.name} says that it was saved out of a damaged file: entries may be missing of "
            "which others took the place.",
        )
    one.private = private
    return file, named


def _require_file(one: Admitted) -> None:
    """Refuse what is no file of ours, or not one that can be read beside the target."""
    path = one.path
    if paths.is_open(path):
        one.refuse(
            Check.FILE,
            f"{path.name} is the project that is open, so it cannot be merged into itself; "
            "choose the reviewers' files.",
        )
    try:
        paths.require_file(path)
        check_header(path)
    except UserError as error:
        steps = {ErrorKind.NEWER: Step.UPDATE, ErrorKind.ALTERED: Step.FRESH_COPY}
        one.refuse(Check.FILE, str(error), steps.get(error.kind, Step.OTHER_FILE))


def _opened(one: Admitted, private: Path) -> File:
    """Copy a file to a private place and open it there."""
    path = one.path
    foreign, hot = journals.foreign(path), journals.belongs(path)
    try:
        private_copy(path, private)
        file = open_file(private, write=False)
    except (UserError, sqlite3.Error) as error:
        if isinstance(error, UserError) and error.kind is ErrorKind.FULL:
            raise  # nothing is wrong with the file: there is no room for a copy of it
        if hot:
            one.refuse(
                Check.JOURNAL,
                f"{path.name} was copied while it was being saved; ask for a fresh copy of it.",
                Step.FRESH_COPY,
            )
        altered = isinstance(error, UserError) and error.kind is ErrorKind.ALTERED
        words = words_of(error).replace(private.name, path.name)
        one.refuse(Check.SCHEMA if altered else Check.FILE, words, Step.FRESH_COPY)
    if hot:
        one.add(
            Check.JOURNAL,
            Result.REMARK,
            f"{path.name} was copied while it was being saved; what was not saved yet is left out.",
        )
    for left in foreign:
        said = f"{left.name} belongs to another file and is left out."
        one.add(Check.JOURNAL, Result.REMARK, said)
    return file


def _salvaged(damaged: File, private: Path) -> tuple[File, Path]:
    whole = private.with_name(f"whole-{private.name}")
    try:
        salvage_into(damaged, whole)
    finally:
        damaged.close()
    return open_file(whole, write=False), whole


def _compare(one: Admitted, into: Destination, incoming: File, named: Named) -> None:
    """Run checks 7 to 12; what cannot be read in a file that passed the first six is damage."""
    try:
        check_against(one, into, incoming, named)
    except (sqlite3.Error, ValueError, KeyError, IndexError) as error:
        one.refuse_damaged(words_of(error))
    except UserError as error:
        if error.kind is not ErrorKind.DAMAGED:
            raise
        one.refuse_damaged(str(error).rstrip("."))
