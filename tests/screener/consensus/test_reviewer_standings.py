"""How far each reviewer is, in numbers, is what the standing of the stage says."""

from screener import create_project, open_copy
from screener.model import Stage, Verdict

RIS = "".join(f"TY  - JOUR\nTI  - Invented record {n}\nPY  - 2017\nER  - \n\n" for n in range(3))


def test_reviewer_standings_are_those_of_the_stage(tmp_path):
    (tmp_path / "x.ris").write_text(RIS, encoding="utf-8")
    with create_project(tmp_path / "p.screener", title="Sleep") as project:
        project.sources.import_file(tmp_path / "x.ris", source="PubMed")
        project.consensus.write_copy("Maya", tmp_path / "a.screener")
        with open_copy(tmp_path / "a.screener") as copy:
            unit = copy.screening.queues.queue(Stage.TITLE_ABSTRACT)[0]
            copy.screening.decide(unit, Verdict.INCLUDE, stage=Stage.TITLE_ABSTRACT)
        project.consensus.merge(tmp_path / "a.screener")
        (maya,) = project.consensus.reviewer_standings(Stage.TITLE_ABSTRACT)
        assert (maya.reviewer.name, maya.decided, maya.pending, maya.closed) == (
            "Maya",
            1,
            2,
            False,
        )
        assert (maya,) == project.consensus.standing(Stage.TITLE_ABSTRACT).reviewers
