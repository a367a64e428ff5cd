"""Processor time of an agenda with 339 conflicts as PDF and as DOCX, from the open project.

Aim: both together in under 5 s. `--conflicts N` makes as many.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from made import differing

from screener import open_project
from screener.model import Stage

AIM = 5.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--conflicts", type=int, default=339)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        project = differing(Path(name), asked.conflicts)
        whole = 0.0
        with open_project(project, write=False) as review:
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
