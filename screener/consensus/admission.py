"""Admission: the checks before a merge, in their order, each with its own sentence.

The table is section 4 of docs/project-file.md. A file is copied to a private place first and
everything is read from there, so that the colleague's file is never touched.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from screener.consensus.checks import Reader, check_against, newest_of
from screener.consensus.findings import Admitted, Check, Refusal, Result, Step
from screener.model import Progress, UserError, silent
from screener.store import paths, verify
from screener.store.file import File
from screener.store.header import check_header
from screener.store.opening import has_hot_journal, open_file, private_copy
from screener.store.salvage import salvage as salvage_into


@contextmanager
def admitted(
    target: File | None,
    files: Iterable[Path],
    reader: Reader,
    progress: Progress = silent,
    *,
    salvage: bool = False,
) -> Iterator[list[Admitted]]:
    """Check files against a target (None while it does not exist) and give the results.

    The private copies are there as long as the block runs. With `salvage`, a damaged file is
    admitted with the events that verify.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="screener-")))
        found: list[Admitted] = []
        base = newest = target
        for place, path in enumerate(files):
            one = Admitted(path=path)
            with suppress(Refusal):
                if any(_same(f.path, path) for f in found):
                    one.refuse(Check.FILE, f"{path.name} is chosen twice; once is enough.")
                incoming = _read(one, folder / f"{place}.screener", progress, salvage=salvage)
                stack.callback(incoming.close)
                base = base or incoming
                newest = newest or incoming
                _compare(one, base, incoming, reader, made=target is None)
                newest = newest_of(one, newest, incoming)
            found.append(one)
        yield found


def _same(one: Path, other: Path) -> bool:
    found = paths.identity(one)
    return found is not None and found == paths.identity(other)


def _read(one: Admitted, private: Path, progress: Progress, *, salvage: bool) -> File:
    """Run checks 1 to 6: header, version, journal, schema, integrity, hashes, chains."""
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
        step = Step.UPDATE if "newer Screener" in str(error) else Step.OTHER_FILE
        one.refuse(Check.FILE, str(error), step)
    hot = has_hot_journal(path)
    try:
        private_copy(path, private)
        file = open_file(private, write=False)
    except (UserError, sqlite3.Error) as error:
        if hot:
            one.refuse(
                Check.JOURNAL,
                f"{path.name} was copied while it was being saved; ask for a fresh copy of it.",
                Step.FRESH_COPY,
            )
        words = str(error).replace(private.name, path.name)
        check = Check.SCHEMA if "altered" in words else Check.FILE
        one.refuse(check, words, Step.FRESH_COPY)
    if hot:
        one.add(
            Check.JOURNAL,
            Result.REMARK,
            f"{path.name} was copied while it was being saved; what was not saved yet is left out.",
        )
    # What is shown of a file comes from its caches, so a salvaged one needs them whole, too.
    problems = verify.check(file.connection, progress, with_caches=salvage)
    if problems and not salvage:
        file.close()
        one.refuse_damaged(problems[0].message.rstrip("."))
    if problems:
        one.add(
            Check.INTEGRITY,
            Result.REMARK,
            f"{path.name} is damaged; only entries that are whole are taken in.",
        )
        file, private = _salvaged(file, private)
    file.path = path
    one.private = private
    return file


def _salvaged(damaged: File, private: Path) -> tuple[File, Path]:
    whole = private.with_name(f"whole-{private.name}")
    try:
        salvage_into(damaged, whole)
    finally:
        damaged.close()
    return open_file(whole, write=False), whole


def _compare(one: Admitted, target: File, incoming: File, reader: Reader, *, made: bool) -> None:
    """Run checks 7 to 12; what cannot be read in a file that passed the first six is damage."""
    try:
        check_against(one, target, incoming, made=made, reader=reader)
    except (sqlite3.Error, ValueError, KeyError, IndexError) as error:
        one.refuse_damaged(str(error))
    except UserError as error:
        if "is damaged" not in str(error):
            raise
        one.refuse_damaged("what it shows cannot be read")
