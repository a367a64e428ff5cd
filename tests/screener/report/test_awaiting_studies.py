"""A report of a study that awaits classification: awaiting while it is included, and no longer."""

from screener import open_project
from screener.model import Stage

FT = Stage.FULL_TEXT


def resolve(review, unit, outcome, reason=""):
    review.consensus.resolve(
        unit, outcome, step=FT, reason=reason, why="we read it", by=["Maya"], overturn=True
    )


def test_a_report_that_is_excluded_since_is_excluded_whatever_its_study(tmp_path, making):
    path = making.included(tmp_path / "r", records=3)
    with open_project(path) as review:
        study = review.studies.all()[0]
        review.studies.set(study.id or study.name, state="awaiting")
        flow = review.report.flow()
        assert (flow.new_reports, flow.dbr_awaiting, flow.dbr_excluded) == (2, 1, ())
        resolve(review, study.reports[0], "exclude", "participants")
        flow = review.report.flow()
        assert (flow.new_reports, flow.dbr_awaiting) == (2, 0)
        assert flow.dbr_excluded == (("Participants", 1),)
        assert review.consensus.standing(FT).excluded == 1
        assert flow.problems == ()
        resolve(review, study.reports[0], "include")
        flow = review.report.flow()
        assert (flow.new_reports, flow.dbr_awaiting, flow.dbr_excluded) == (2, 1, ())
