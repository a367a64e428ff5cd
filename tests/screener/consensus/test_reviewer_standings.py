"""How far each reviewer is, in numbers, is what the standing of the stage says."""

from dataclasses import replace

from screener import create_project, merge_into, open_copy, open_project
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


def pending(review, stage=Stage.TITLE_ABSTRACT):
    return {r.reviewer.name: r.pending for r in review.consensus.reviewer_standings(stage)}


def test_pending_is_what_a_reviewer_is_waited_for(pair, making):
    """Jonas left record 7 of 8 undecided; the others come when everything is visible."""
    pair.merge()
    with open_project(pair.project) as review:
        review.consensus.add_person("Nobody")
        review.consensus.write_copy("Late", pair.folder / "c.screener")
        review.consensus.add_person("After")
        review.consensus.join("After", Stage.TITLE_ABSTRACT, opened_after=True)
        assert pending(review) == {"Maya": 0, "Jonas": 1, "Nobody": 0, "Late": 0, "After": 0}
        making.fill(review, pair.folder, 2, source="Scopus", mark="later")
        assert pending(review) == {"Maya": 2, "Jonas": 3, "Nobody": 0, "Late": 2, "After": 2}
        review.consensus.write_copy("Late", pair.folder / "d.screener")
    making.screen(pair.folder / "d.screener", {1: "include", 9: "include"}, close=False)
    pair.merge(pair.folder / "d.screener")
    with open_project(pair.project) as review:
        assert pending(review)["Late"] == 1, "the decision on record 1 was not waited for"
        shut = {
            r.reviewer.name: r for r in review.consensus.standing(Stage.TITLE_ABSTRACT).reviewers
        }
        assert shut["Jonas"].opened_since == shut["Maya"].opened_since == 2
        review.consensus.leave("Jonas", Stage.TITLE_ABSTRACT, "a new post")
        assert pending(review)["Jonas"] == 0
        (left,) = (
            r
            for r in review.consensus.standing(Stage.TITLE_ABSTRACT).reviewers
            if r.reviewer.name == "Jonas"
        )
        assert (left.closed, left.left, left.opened_since) == (True, True, 0)
    with open_copy(pair.folder / "d.screener") as mine:
        assert pending(mine) == {"Late": 1}, "the same as in the project"
        assert mine.screening.progress(Stage.TITLE_ABSTRACT).pending == 8, "may be decided"


def numbers(path):
    """What the printout says of the first reviewer there, the stage and its statuses."""
    with open_project(path, write=False) as review:
        here = review.consensus.standing(Stage.TITLE_ABSTRACT)
        export = path.with_suffix(".csv")
        count = review.report.export(export, which="pending")
        return here.reviewers[-1].pending, here.pending, count, here.statuses


def test_pending_means_the_same_in_the_copy_of_who_joined_late_or_left(pair, making):
    pair.merge()
    late = pair.folder / "late.screener"
    with open_project(pair.project) as review:
        review.consensus.write_copy("Late", late)
        assert pending(review)["Late"] == 0
    assert numbers(late) == (0, 0, 0, {"not-started": 8})
    with open_project(pair.project) as review:
        making.fill(review, pair.folder, 2, source="Scopus", mark="later")
        assert pending(review)["Late"] == 2
        review.consensus.write_copy("Late", pair.folder / "newer.screener")
    assert numbers(pair.folder / "newer.screener") == (2, 2, 2, {"not-started": 8, "pending": 2})
    making.screen(pair.folder / "newer.screener", {1: "include", 9: "include"})
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(pair.folder / "newer.screener")
        assert found.pending[Stage.TITLE_ABSTRACT] == 1
        assert any("2 decided, 1 closed undecided" in line.message for line in found.findings)
        review.consensus.leave("Late", Stage.TITLE_ABSTRACT, "a new post")
        assert pending(review)["Late"] == 0
        review.consensus.write_copy("Jonas", pair.folder / "jonas.screener")
        review.consensus.leave("Jonas", Stage.TITLE_ABSTRACT, "a new post")
        assert pending(review)["Jonas"] == 0
    merge_into(pair.folder / "jonas.screener", pair.project, project=True)
    assert numbers(pair.folder / "jonas.screener") == (
        0,
        0,
        0,
        {"decided": 7, "not-started": 3},
    )


def test_who_decided_joined_records_in_two_ways_is_waited_for_no_more(tmp_path, making):
    """In the copy it is `self`, and pending is what is exported as pending."""
    project = making.review(tmp_path, records=4)
    making.screen(tmp_path / "a.screener", {1: "include", 2: "exclude", 3: "include"}, close=False)
    with open_project(project) as review:
        review.duplicates.same([making.uid(review, 1), making.uid(review, 2)])
        review.consensus.write_copy("Maya", tmp_path / "newer.screener")
    merge_into(tmp_path / "a.screener", tmp_path / "newer.screener")
    found = {"self": 1, "decided": 1, "pending": 1}
    assert numbers(tmp_path / "a.screener") == (1, 1, 1, found)


def test_where_one_decides_a_copy_has_a_status_and_no_outcome(tmp_path, making):
    """What one reviewer has decided and not closed is nothing of the review yet."""
    protocol = replace(making.protocol, reviewers_per_record=1)
    making.review(tmp_path, records=4, protocol=protocol)
    copy = tmp_path / "a.screener"
    for close in (False, True):
        making.screen(copy, {1: "include", 2: "exclude"}, close=close)
        assert numbers(copy) == (2, 2, 2, {"decided": 2, "pending": 2})
        with open_project(copy, write=False) as mine:
            states = mine.consensus.states(Stage.TITLE_ABSTRACT).values()
            assert {state.outcome for state in states} == {None}
            flow = mine.report.flow()
            assert (flow.records_excluded, flow.dbr_sought_reports) == (0, 0)
            assert flow.pending.title_abstract == 4


def test_the_closes_of_a_step_are_not_read_again_for_each_reviewer(pair):
    """The page of the reviewers is read after every change, and each close is long to look into."""
    pair.merge()
    with open_project(pair.project) as review:
        before = review.team.members()
        said = []
        review._file.connection.set_trace_callback(said.append)
        assert review.team.members() == before
        review._file.connection.set_trace_callback(None)
    assert len(said) > 10
    assert not [query for query in said if "e.kind IN ('close') AND e.step" in query]
