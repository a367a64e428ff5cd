"""Exports as others read them: pybtex, bibtexparser 1 and 2, rispy, citeproc, pandoc, biber.

The Python packages are put into environments of their own, which are thrown away; pandoc and biber
are asked where they are installed. What cannot be had is said and left out.
"""

from __future__ import annotations

import html
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

from screener.model import RECORD_TYPES, Fields
from screener.sources.writing import write

COUNT = 400
PIECES = (
    "{", "}", "%", "$", "&", "_", "~", "^", "\\", "#", "@", "<", ">", "|", "; ", ", ", "--",
    "H2O", "50%", "é", "ß", "β", "Ł", "心理", "“", "–", "a and b", "{x}", "<18 y", "P < 0.05",
    "R&D",
)  # fmt: skip
NAMES = (
    "Smith, John, Jr.", "van der Berg, Jan", "Müller, Ö", "Garcia Lopez, Maria Jose",
    "O'Neil, A. B.", "Team for Sleep and Work", "WHO", "Ministry of Health, Norway,",
    "Hill, C, III",
)  # fmt: skip
PROGRAMS = {
    "pybtex": (("pybtex",), """
from pybtex.database import parse_file
for entry in parse_file(sys.argv[1]).entries.values():
    f = entry.fields
    out.append([None, len(entry.persons.get("author", [])),
                f.get("doi", ""), f.get("url", "")])
"""),
    "bibtexparser 1": (("bibtexparser<2",), """
import bibtexparser
from bibtexparser.bparser import BibTexParser
for e in bibtexparser.load(open(sys.argv[1], encoding="utf-8"), BibTexParser()).entries:
    out.append([None, None,
                e.get("doi", ""), e.get("url", "")])
"""),
    "bibtexparser 2": (("bibtexparser>=2.0.0b0",), """
import bibtexparser
library = bibtexparser.parse_file(sys.argv[1])
assert not library.failed_blocks, library.failed_blocks[:1]
for e in library.entries:
    f = {name: field.value for name, field in e.fields_dict.items()}
    out.append([None, None, f.get("doi", ""), f.get("url", "")])
"""),
    "rispy": (("rispy",), """
import rispy
for r in rispy.load(open(sys.argv[1], encoding="utf-8")):
    out.append([r.get("title", r.get("primary_title")), len(r.get("authors", [])),
                r.get("doi", ""), (r.get("urls") or [""])[0]])
"""),
    "citeproc-py": (("citeproc-py",), """
import warnings
from citeproc.source.json import CiteProcJSON
warnings.simplefilter("ignore")
for r in CiteProcJSON(json.load(open(sys.argv[1], encoding="utf-8"))).values():
    out.append([None, len(r.get("author", [])), str(r.get("DOI", "")), str(r.get("URL", ""))])
"""),
}  # fmt: skip
FILES = {"rispy": "o.ris", "citeproc-py": "o.csl.json"}
Read = list[list[object]]


def drawn(rng: random.Random) -> list[Fields]:
    """Draw records whose titles and names hold what formats take for their own."""
    return [
        Fields(
            type=rng.choice(("", *RECORD_TYPES)),
            title="T " + " ".join(rng.choice((*PIECES, "word")) for _ in range(6)).strip(" ;,"),
            authors=tuple(rng.sample(NAMES, rng.randint(1, 4))),
            year=2020,
            journal="Journal of R&D",
            doi=rng.choice(("", "10.1000/a_b", "10.1002/(sici)1(1998)17:1<1::aid>3.0.co;2-x")),
            url=rng.choice(("", "https://example.org/a_b~c?d=1&e=%20#f")),
            abstract=" ".join(rng.choice((*PIECES, "word")) for _ in range(20)),
            keywords=tuple(dict.fromkeys(rng.choices(("one", "a, b", "c; d", "e {f"), k=2))),
        )
        for _ in range(COUNT)
    ]


def with_package(name: str, folder: Path) -> Read:
    """Read an export with one of the packages, in an environment of its own."""
    packages, code = PROGRAMS[name]
    place = folder / re.sub(r"\W", "", name)
    venv.create(place, with_pip=True)
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    pip = [str(python), "-m", "pip", "install", "-q", *packages]
    subprocess.run(pip, check=True, capture_output=True, text=True)
    whole = f"import sys, json\nout = []\n{code}\nprint(json.dumps(out))"
    done = subprocess.run(
        [python, "-c", whole, folder / FILES.get(name, "o.bib")],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise ValueError(done.stderr[-300:])
    found: Read = json.loads(done.stdout.splitlines()[-1])
    return found


def with_pandoc(kind: str, path: Path) -> Read:
    """Read an export with pandoc."""
    done = subprocess.run(
        ["pandoc", "-f", kind, "-t", "csljson", path], check=False, capture_output=True, text=True
    )
    if done.returncode:
        if "Unknown input format" in done.stderr:
            raise OSError("this pandoc reads no such format")
        raise ValueError(done.stderr[-300:])
    return [
        [item.get("title"), len(item.get("author", [])), item.get("DOI", ""), item.get("URL", "")]
        for item in json.loads(done.stdout)
    ]


def with_biber(path: Path) -> Read:
    """Read an export with biber, as a tool that writes it again."""
    out = path.with_suffix(".again")
    done = subprocess.run(
        ["biber", "--tool", "--output-file", out, path], check=False, capture_output=True, text=True
    )
    if done.returncode or "ERROR" in done.stdout:
        raise ValueError((done.stdout + done.stderr)[-300:])
    return [[None] * 4 for _ in re.findall(r"^@", out.read_text(encoding="utf-8"), re.M)]


def _plain(text: object) -> str:
    # Programs set quotes, capitals, dashes and spaces by rules of their own;
    # pandoc does not know the word for a lone brace.
    bare = re.sub(r"</?(?:span|sub|sup|i|b)\b[^<>]*>", "", html.unescape(str(text)))
    return re.sub(r"[\s'\"“”‘’–—{}-]", "", bare).casefold()


def wrong(records: list[Fields], found: Read) -> list[str]:
    """Say in which records a program read something else than was written."""
    if len(found) != len(records):
        return [f"{len(found)} records instead of {len(records)}"]
    told = []
    for record, (title, authors, doi, url) in zip(records, found, strict=True):
        if title is not None and _plain(title) != _plain(record.title):
            told.append(f"title {title!r} instead of {record.title!r}")
        if authors is not None and authors != len(record.authors):
            told.append(f"{authors} authors instead of {record.authors}")
        if doi is not None and (doi, url) != (record.doi, record.url):
            told.append(f"{doi!r}, {url!r} instead of {record.doi!r}, {record.url!r}")
    return told


def main() -> int:
    """Write the records, ask each program, and print what it read otherwise."""
    records, failed = drawn(random.Random(14)), 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for ending in (".bib", ".ris", ".csl.json", ".xml"):
            write(folder / f"o{ending}", records)
        asked: list[tuple[str, str, Callable[[], Read]]] = [
            (program, "", lambda program=program: with_package(program, folder))  # type: ignore[misc]
            for program in PROGRAMS
        ]
        for kind, file in (
            ("bibtex", "o.bib"), ("biblatex", "o.bib"), ("csljson", "o.csl.json"),
            ("ris", "o.ris"), ("endnotexml", "o.xml"),
        ):  # fmt: skip
            path = folder / file
            asked.append(
                (f"pandoc {kind}", "pandoc", lambda kind=kind, path=path: with_pandoc(kind, path))  # type: ignore[misc]
            )
        asked.append(("biber", "biber", lambda: with_biber(folder / "o.bib")))
        for program, needs, ask in asked:
            if needs and not shutil.which(needs):
                print(f"{program}: left out, {needs} is not installed")
                continue
            try:
                told = wrong(records, ask())
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"{program}: left out, it cannot be had here ({str(error)[-200:]})")
                continue
            except ValueError as error:
                told = [str(error)]
            failed += bool(told)
            print(f"{program}: {len(told)} read otherwise of {COUNT}", *told[:3], sep="\n    ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
