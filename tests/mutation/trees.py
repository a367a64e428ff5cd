"""Copies of the tree in which faults are planted, and the runs of the tests in them.

Each job has one copy, never the checkout. The libraries are imported once; for each fault a
process is forked, which imports the program and its tests from the copy as it is on the disk
(so do the processes those tests start) and runs pytest in itself.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("screener", "ui", "resources", "tests", "docs", "pyproject.toml", "README.md")
LIBRARIES = (
    *("click", "coverage", "defusedxml.ElementTree", "fpdf", "hypothesis", "openpyxl"),
    *("msgspec", "PIL.Image", "platformdirs", "PySide6.QtGui", "PySide6.QtTest"),
    *("PySide6.QtWidgets", "rapidfuzz", "rispy", "sqlite_utils"),
)
LEAST = 20  # seconds of the processor any test may take; going round for ever ends here
FACTOR = 10  # so many times what it took without a fault
LONGEST = 180  # seconds by the clock; waiting for ever ends here, a busy machine does not
_OPTIONS = ("-q", "--assert=plain", "-pno:randomly", "--hypothesis-seed=0", "--tb=no")
OURS = 70  # the exit status when it is not the tests that failed
_MEMORY = Path("/dev/shm")  # the tests wait for the disk again and again, but not there


class Ended(NamedTuple):
    """How one run of tests ended: survived, killed or timed out, and at which test."""

    how: str
    test: str = ""


class Tests(NamedTuple):
    """What the tests do without a fault: how long each takes, and who runs which line.

    `lines` has by file and line the tests that execute it, "" for all: at the import or in what
    several tests share. `starting` are the tests that start other processes, which may run any.
    """

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]
    starting: list[str]
    failed: list[str]


def memory() -> Path | None:
    """Return a folder in memory, where there is one."""
    return _MEMORY if _MEMORY.is_dir() else None


def copy_tree(folder: Path) -> None:
    """Copy what the tests need into an empty folder."""
    ignored = shutil.ignore_patterns("__pycache__", ".hypothesis", "pictures")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy2(ROOT / name, folder / name)


def load_libraries() -> None:
    """Import what every run needs and no fault is planted in."""
    for name in LIBRARIES:
        importlib.import_module(name)


class Plugin:
    """Chooses and orders the tests of a run, limits each, and says how it went."""

    def __init__(self, order: list[str] | None, limits: dict[str, float]) -> None:
        self.failed: list[str] = []
        self.seconds: dict[str, float] = {}
        self._order = None if order is None else {id_: at for at, id_ in enumerate(order)}
        self._limits = limits

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self._order is not None:
            order = self._order
            items[:] = sorted(
                (i for i in items if i.nodeid in order), key=lambda i: order[i.nodeid]
            )

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        _limit(self._limits.get(item.nodeid, LONGEST))
        (Path("..") / "at.txt").write_text(item.nodeid, "utf-8")
        began = time.monotonic()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.monotonic() - began
            _limit(LONGEST)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


_STARTS = ("subprocess.Popen", "os.fork", "os.posix_spawn", "os.system", "os.exec")


class _Tracer:
    """Notes which test runs which lines and which starts other processes."""

    def __init__(self, sources: list[str]) -> None:
        import coverage

        self.coverage = coverage.Coverage(data_file=None, include=sources, config_file=False)
        self.starting: set[str] = set()
        self._test = ""
        self._caches: list[Any] = []

    def start(self) -> None:
        """Trace what is imported and run from now on."""
        self._remember_caches()
        sys.addaudithook(self._audit)
        self.coverage.start()

    def _remember_caches(self) -> None:
        """Know every cache the program makes: what one test put there would spare another."""
        cached = functools.lru_cache

        def noted(*args: Any, **named: Any) -> Any:
            def note(made: Any) -> Any:
                self._caches.append(made)
                return made

            if args and callable(args[0]):
                return note(cached(*args, **named))
            return lambda function: note(cached(*args, **named)(function))

        functools.lru_cache = noted

    def _audit(self, event: str, _args: Any) -> None:
        if event in _STARTS:
            self.starting.add(self._test)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        for cache in self._caches:
            cache.cache_clear()
        self._test = item.nodeid
        self.coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._test = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        test, self._test = self._test, ""
        self.coverage.switch_context("")
        try:
            return (yield)
        finally:
            self._test = test
            self.coverage.switch_context(test)

    def lines(self) -> dict[str, dict[int, list[str]]]:
        data = self.coverage.get_data()
        here = Path.cwd()
        return {
            str(Path(file).relative_to(here)): data.contexts_by_lineno(file)
            for file in data.measured_files()
        }


class Tree:
    """One copy, in a folder of its own with whatever the tests of it leave behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "tree"
        self.root.mkdir(parents=True)
        copy_tree(self.root)

    def measure(self, paths: list[str], sources: list[str]) -> Tests:
        """Run tests without a fault, each noted with its time and the lines of `sources`."""
        ended = self._forked("measure", paths, sources=[str(self.root / s) for s in sources])
        found = self._result()
        if ended.how != "survived" and not found.get("failed"):
            raise SystemExit(f"{' '.join(paths)} did not run without a fault:\n{self.said()}")
        lines = {
            file: {int(line): tests for line, tests in by_line.items()}
            for file, by_line in found["lines"].items()
        }
        return Tests(found["seconds"], lines, found["starting"], found["failed"])

    @contextlib.contextmanager
    def planted(self, file: str, text: str) -> Iterator[None]:
        """Have a file read otherwise for a while."""
        path = self.root / file
        original = path.read_text("utf-8")
        try:
            self._write(path, text)
            yield
        finally:
            self._write(path, original)

    @staticmethod
    def _write(path: Path, text: str) -> None:
        path.write_text(text, "utf-8")
        # A compiled file is told by time and size, which two faults may have in common.
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()

    def run(self, order: list[str], limits: dict[str, float]) -> Ended:
        """Run tests in this order until one fails."""
        if not order:
            return Ended("survived")
        files = list(dict.fromkeys(test.partition("::")[0] for test in order))
        return self._forked("run", files, order=order, limits=limits)

    def _forked(self, what: str, paths: list[str], **details: Any) -> Ended:
        return self.ended(self.forked(lambda: self._child(what, paths, **details)))

    def forked(self, child: Callable[[], int]) -> int:
        """Do something in a process of its own, with whatever it starts; return how that ended."""
        (self.folder / "at.txt").write_text("", "utf-8")
        (self.folder / "result.json").unlink(missing_ok=True)
        process = os.fork()
        if not process:
            try:
                os.setsid()
                os._exit(child())
            finally:  # whatever went wrong: the child must not go on as another job
                (self.folder / "output.txt").write_text(traceback.format_exc(), "utf-8")
                os._exit(OURS)
        try:
            return os.waitpid(process, 0)[1]
        finally:  # what the tests began ends with them, also when the whole command is stopped
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process, signal.SIGKILL)

    def ended(self, status: int) -> Ended:
        """Return how a run ended by the status of its process."""
        at = (self.folder / "at.txt").read_text("utf-8")
        if os.WIFSIGNALED(status):
            how = "timed out" if os.WTERMSIG(status) in _TIMES else "killed"
            return Ended(how, at)
        code = os.WEXITSTATUS(status)
        if code in (pytest.ExitCode.NO_TESTS_COLLECTED, OURS):
            raise SystemExit(f"The tests could not be run ({code}):\n{self.said()}")
        return Ended("killed", at or "at its import") if code else Ended("survived")

    def enter(self, output: str) -> None:
        """Have this process run the program that is in the tree, and write into a file."""
        to = os.open(self.folder / output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(to, 1)
        os.dup2(to, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(self.root)
        os.environ["PYTHONPATH"] = str(self.root)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        here = str(Path(__file__).parent)
        sys.path[:] = [str(self.root), *(p for p in sys.path if p not in (here, str(ROOT)))]
        _shrink_nothing()

    def options(self) -> list[str]:
        """Return the options of every run of pytest."""
        return [*_OPTIONS, f"--basetemp={self.folder / 'temporary'}"]

    def _child(
        self,
        what: str,
        paths: list[str],
        *,
        sources: list[str] | None = None,
        order: list[str] | None = None,
        limits: dict[str, float] | None = None,
    ) -> int:
        self.enter("output.txt")
        _limit(LONGEST)
        plugin = Plugin(order, limits or {})
        plugins: list[object] = [plugin]
        options = self.options()
        if what == "run":
            options.append("-x")
        tracer = _Tracer(sources) if sources else None
        if tracer is not None:
            plugins.append(tracer)
            tracer.start()
        code = int(pytest.main([*options, *paths], plugins=plugins))
        _limit(0)
        found: dict[str, Any] = {"failed": plugin.failed, "seconds": plugin.seconds}
        if tracer is not None:
            tracer.coverage.stop()
            found["lines"] = tracer.lines()
            found["starting"] = sorted(tracer.starting)
        _require_copy(self.root)
        (self.folder / "result.json").write_text(json.dumps(found), "utf-8")
        return code

    def _result(self) -> dict[str, Any]:
        path = self.folder / "result.json"
        return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}

    def said(self) -> str:
        """Return the end of what the last run wrote."""
        return (self.folder / "output.txt").read_text("utf-8", "replace")[-4000:]


_TIMES = (signal.SIGALRM, signal.SIGPROF)


def _limit(seconds: float) -> None:
    """End this process after so many seconds of the processor, or a long time by the clock.

    0 takes the limits away. The clock alone would end sound tests while other work has the machine.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, LONGEST if seconds else 0)


def _shrink_nothing() -> None:
    """Have hypothesis stop at the first example that fails: a fault is seen, not explained."""
    from hypothesis import Phase, settings

    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    settings.register_profile("faults", phases=phases, database=None)
    settings.load_profile("faults")


def _require_copy(root: Path) -> None:
    """Raise `RuntimeError` when the program that was run is not the one in the copy."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("screener", "ui"):
            file = getattr(module, "__file__", None)
            if file is not None and not Path(file).is_relative_to(root):
                raise RuntimeError(f"{name} came from {file}, not from the copy")


def limits(seconds: dict[str, float]) -> dict[str, float]:
    """Return how long each test may take with a fault."""
    return {test: max(LEAST, FACTOR * taken) for test, taken in seconds.items()}
