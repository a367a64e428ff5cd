"""Mutate export files and read them: no exception but UserError, no hang.

    python tests/benchmarks/imports/fuzz.py [--count 10000] [--seed 1] [--corpus FOLDER]

A mutation is wholly given by its seed and its file, so a failure printed as `seed N on FILE` is
repeated with `--seed N --count 1`. Seeds that once failed are kept in KEPT and always run first.
Run by hand or through pytest (which takes a few hundred mutations of the tests' own files).
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from screener.model import Entry, Fields, UserError
from screener.sources.reading import FORMATS, read
from screener.sources.writing import write_to

_TESTS = Path(__file__).parents[2] / "screener" / "sources"
OWN = (_TESTS / "data", _TESTS / "exports")
SHARED = Path(__file__).parents[4] / "shared" / "data" / "imports"
SLOWEST = 2.0
KEPT: tuple[int, ...] = ()
"""Seeds whose mutations of the tests' own files fail or failed; empty while none does."""

_PIECES = (
    b"TY  - JOUR\n", b"ER  - \n", b"PMID- 1\n", b"<record>", b"</record>", b"<![CDATA[", b"]]>",
    b"&#x0;", b"&nbsp;", b"&", b"<", b"{", b"}", b"{{{{", b'"', b"'", b"@article{", b"[[[[",
    b"]", b",", b";", b"\t", b"\r", b"\n\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9", b"=",
    b"10.1/", b"\xe2\x80\xa8", b"\\", b"%0 ", b"PT J\n", b"<1. >\n", b"RT Book\n",
    b"Title,Authors\n", b"(((((((((", b" " * 500, b"a, " * 300, b"10." + b"1" * 300,
    b"A. " * 200, b"\\'{" * 100, b"\xed\xa0\x80",
)  # fmt: skip


def mutate(content: bytes, other: bytes, dice: random.Random) -> bytes:
    """Change a file in one to eight places."""
    made = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        start = dice.randrange(len(made) + 1)
        end = min(len(made), start + int(dice.paretovariate(0.6)))
        choice = dice.randrange(7)
        if choice == 0:
            del made[start:end]
        elif choice == 1:
            made[start:start] = dice.choice(_PIECES)
        elif choice == 2:
            made[start:end] = bytes(dice.randrange(256) for _ in range(min(end - start, 50)))
        elif choice == 3:
            made[start:start] = made[start:end] * dice.randint(1, 4)
        elif choice == 4:
            cut = dice.randrange(len(other) + 1)
            made[start:start] = other[cut : cut + 400]
        elif choice == 5:
            del made[start:]
        else:
            made[start:end] = bytes(reversed(made[start:end]))
    return bytes(made)


def attempt(path: Path, content: bytes, name: str | None) -> str:
    """Read a mutated file; return what went wrong, or nothing."""
    path.write_bytes(content)
    began = time.process_time()
    try:
        for found in read(path, format=name):
            if isinstance(found, Entry):
                hash(found.fields)
    except UserError:
        pass
    except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
        return traceback.format_exc(limit=-4)
    took = time.process_time() - began
    return f"took {took:.1f} s" if took > SLOWEST else ""


Source = tuple[str, bytes]


def run(files: list[Source], seeds: range | tuple[int, ...]) -> list[str]:
    """Try one mutation for each seed; return what failed."""
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mutated"
        for seed in seeds:
            dice = random.Random(seed)
            (start, one), (_, other) = dice.choice(files), dice.choice(files)
            # Every tenth file is read as a format that was named, whatever it holds.
            name = dice.choice(list(FORMATS)) if dice.random() < 0.1 else None
            wrong = attempt(path, mutate(one, other, dice), name)
            if wrong:
                failures.append(f"seed {seed} on {start} (as {name}): {wrong}")
    return failures


def files_of(*folders: Path) -> list[Source]:
    """Return the files to start from, small ones only, and a workbook, in a fixed order."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    found = [(p.name, p.read_bytes()) for p in paths if not p.name.endswith("expected.json")]
    stream = io.BytesIO()
    write_to(
        stream, [Fields(title=f"Invented {n}", year=2000 + n) for n in range(5)], format="xlsx"
    )
    return [
        *((name, text) for name, text in found if len(text) < 60_000),
        *[(f"workbook-{n}.xlsx", stream.getvalue()) for n in range(3)],
    ]


def test_mutated_files_are_read_or_refused() -> None:
    assert run(files_of(*OWN), KEPT) == []
    assert run(files_of(*OWN), range(300)) == []


_HEADS = (
    "TY  - JOUR\nTI  - ", "TY  - JOUR\nAU  - ", "TY  - JOUR\nAB  - ", "PMID- 1\nTI  - ",
    "@article{a, ", "@article{a, author={", "Title,Authors,Abstract\nx,",
    "<xml><records><record><titles><title>", "<1>\nSource\n  ",
)  # fmt: skip
_RUNS = (
    " ",
    "\n",
    "\t",
    ",",
    ";",
    "{",
    '"',
    "Aa",
    " and ",
    "<!--",
    "<i ",
    "<b>",
    "<p a=b ",
    "&",
    "10.1/",
    "@article{",
)


def test_long_runs_of_one_thing_take_no_longer_than_others(tmp_path: Path) -> None:
    for head in _HEADS:
        for run_ in _RUNS:
            text = head + run_ * (20_000 // len(run_))
            assert attempt(tmp_path / "long", text.encode(), None) == "", (head, run_)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Mutate export files and read them.")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=None, help=f"for example {SHARED}")
    chosen = parser.parse_args()
    files = files_of(*([chosen.corpus] if chosen.corpus else OWN))
    failures = [] if chosen.corpus else run(files, KEPT)
    failures += run(files, range(chosen.seed, chosen.seed + chosen.count))
    print("\n".join(failures))
    print(f"{chosen.count} mutations of {len(files)} files, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
