"""Size of a project and of a copy against the RIS they came from, and what a decision adds.

Aim: 10,000 records with abstracts, before the first decision: a project at most twice its RIS, a
copy at most 1.3 times; at most 1 KB more for each decision. The first line is for the records of
`made.py`, the second for those of the parser's benchmark, with more tags than there are fields.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from made import PROTOCOL, entries

from screener import create_project, open_copy
from screener.model import Entry, Stage, Verdict
from screener.screening.screening import Draft

sys.path.append(str(Path(__file__).parents[1] / "imports"))
from bench_ris_speed import make

RECORDS = 10_000
TAGS = {
    "title": "TI", "authors": "AU", "year": "PY", "journal": "T2", "volume": "VL", "pages": "SP",
    "doi": "DO", "abstract": "AB", "keywords": "KW",
}  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made.ris").write_text(as_ris(entries(RECORDS)), encoding="utf-8")
        make(folder / "tagged.ris", RECORDS)
        for path in (folder / "made.ris", folder / "tagged.ris"):
            print(f"{path.stem}: {measured(path)}")


def as_ris(made: Iterable[Entry]) -> str:
    """Return records as RIS, a line for each value."""
    lines = []
    for entry in made:
        lines.append("TY  - JOUR")
        for field, tag in TAGS.items():
            value = getattr(entry.fields, field)
            values = value if isinstance(value, tuple) else (value,)
            lines += [f"{tag}  - {one}" for one in values]
        lines.append("ER  - \n")
    return "\n".join(lines)


def measured(ris: Path) -> str:
    project, copy = ris.with_suffix(".screener"), ris.with_suffix(".copy.screener")
    with create_project(project, title="Benchmark", protocol=PROTOCOL) as review:
        review.sources.import_file(ris, source="Benchmark")
        review.consensus.write_copy("A", copy)
    whole, before = ris.stat().st_size, copy.stat().st_size
    with open_copy(copy) as mine:
        drafts = [
            Draft(
                unit=unit,
                verdict=Verdict.EXCLUDE,
                reason="interventions",
                judgements={"participants": "met", "interventions": "not-met"},
            )
            for unit in mine.screening.queues.queue(Stage.TITLE_ABSTRACT)
        ]
        mine.screening.decisions.decide_many(drafts, stage=Stage.TITLE_ABSTRACT)
    more = (copy.stat().st_size - before) / len(drafts)
    return (
        f"RIS {whole / RECORDS:,.0f} bytes a record; project {project.stat().st_size / whole:.2f} "
        f"(aim 2.0), copy {before / whole:.2f} (aim 1.3); a decision {more:,.0f} bytes (aim 1,024)"
    )


if __name__ == "__main__":
    main()
