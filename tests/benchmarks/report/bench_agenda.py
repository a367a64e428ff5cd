"""Processor time of an agenda with 339 conflicts as PDF and as DOCX, from the open project.

Aim: both together in under 5 s. `--conflicts N` makes as many.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from made import project

from screener import open_copy, open_project
from screener.model import Stage, Verdict
from screener.screening.screening import Draft

AIM = 5.0
NOTE = "Peers are named in the abstract, but who they are and what they do is not said. " * 2


def differing(folder: Path, count: int) -> Path:
    """Make a project in which one reviewer includes everything and the other excludes it."""
    path = project(folder, count)
    for name, verdict in (("a", Verdict.INCLUDE), ("b", Verdict.EXCLUDE)):
        out = verdict is Verdict.EXCLUDE
        with open_copy(folder / f"{name}.screener") as mine:
            drafts = [
                Draft(
                    unit=unit,
                    verdict=verdict,
                    reason="interventions" if out else "",
                    judgements={"interventions": "not-met" if out else "met"},
                    note=NOTE,
                )
                for unit in mine.screening.to_screen(Stage.TITLE_ABSTRACT)
            ]
            mine.screening.decisions.decide_many(drafts, stage=Stage.TITLE_ABSTRACT)
            mine.screening.close(Stage.TITLE_ABSTRACT)
    with open_project(path) as review:
        review.consensus.merge(folder / "a.screener", folder / "b.screener")
    return path


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--conflicts", type=int, default=339)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path = differing(Path(name), asked.conflicts)
        whole = 0.0
        with open_project(path, write=False) as review:
            for ending in ("pdf", "docx", "html", "xlsx"):
                begun = time.process_time()
                count = review.printing.write_agenda(
                    Path(name) / f"agenda.{ending}", Stage.TITLE_ABSTRACT, level=3
                )
                took = time.process_time() - begun
                print(f"{ending:>5}: {count} items, {took:.2f} s")
                whole += took if ending in ("pdf", "docx") else 0.0
        ok = whole <= AIM and count == asked.conflicts
        print(f"PDF and DOCX: {whole:.2f} s of {AIM:.0f} s{'' if ok else ', MISSED'}")
        sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
