"""A review of which both reviewers included every record, at both stages."""

from __future__ import annotations

from screener import create_project, open_copy, open_project
from screener.model import Stage, Verdict

NAMES = ("Maya Lindqvist", "Jonas Roth")


def include(folder, ris, *, title="Digital peer support", name="project"):
    """Write the project of these records; its path."""
    path = folder / f"{name}.screener"
    (folder / f"{name}.ris").write_text(ris, encoding="utf-8")
    with create_project(path, title=title) as project:
        project.sources.import_file(folder / f"{name}.ris", source="PubMed")
    for stage in Stage:
        copies = {one: folder / f"{name}-{one[0]}-{stage}.screener" for one in NAMES}
        with open_project(path) as project:
            if stage is Stage.FULL_TEXT:
                project.screening.open(stage)
            for one, copy in copies.items():
                project.consensus.write_copy(one, copy)
        for copy in copies.values():
            with open_copy(copy) as mine:
                for unit in mine.screening.to_screen(stage):
                    mine.screening.decide(unit, Verdict.INCLUDE, stage=stage)
                mine.screening.close(stage)
        with open_project(path) as project:
            project.consensus.merge(*copies.values())
    return path
