"""The people of a review as the coordinator sees them: stages, copies, who can be removed."""

from dataclasses import replace

import pytest

from screener import open_project
from screener.answers.shipped import shipped
from screener.model import Stage, UserError

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def member(review, name):
    (found,) = (one for one in review.team.members() if one.reviewer.name == name)
    return found


@pytest.fixture
def waiting(tmp_path, making):
    """A project whose copies were written and not decided in yet."""
    path = making.review(tmp_path / "review", records=4)
    with open_project(path) as review:
        yield review


def test_people_come_as_they_were_added_then_who_left_then_arbitrators(waiting):
    waiting.consensus.add_person("Halloran", arbitrator=True)
    waiting.consensus.write_copy("Ruth", waiting.path.with_name("c.screener"))
    waiting.consensus.add_person("Ida")
    waiting.team.leave("Maya", "a new post")
    names = [one.reviewer.name for one in waiting.team.members()]
    assert names == ["Jonas", "Ruth", "Ida", "Maya", "Halloran"]
    assert [one.left for one in waiting.team.members()] == [False, False, False, True, False]


def test_who_recorded_something_cannot_be_removed(pair):
    pair.merge()
    with open_project(pair.project) as review:
        review.consensus.add_person("Ida")
        assert {one.reviewer.name: one.removable for one in review.team.members()} == {
            "Maya": False,
            "Jonas": False,
            "Ida": True,
        }


def test_a_stage_says_how_far_somebody_is_and_nothing_where_they_take_no_part(pair):
    pair.merge()
    with open_project(pair.project) as review:
        review.consensus.add_person("Ida")
        first, second = member(review, "Jonas").steps
        assert (first.step, first.words) == (TA, TA.words)
        assert (first.standing.decided, first.standing.pending) == (7, 1)
        assert first.asked == 8
        assert (first.late, first.why) == (False, "")
        assert (second.step, second.standing.decided) == (FT, 0)
        for one in member(review, "Ida").steps:
            assert one.standing is None
            assert one.asked == 0


def test_who_joins_late_is_said_to_with_why(waiting, making):
    for letter in "ab":
        making.screen(
            waiting.path.with_name(f"{letter}.screener"), dict.fromkeys(range(1, 5), "include")
        )
    waiting.consensus.merge(*(waiting.path.with_name(f"{x}.screener") for x in "ab"))
    waiting.consensus.write_copy("Ruth", waiting.path.with_name("c.screener"))
    assert member(waiting, "Ruth").steps[0].late
    assert not member(waiting, "Maya").steps[0].late


def test_who_leaves_is_asked_nothing_and_can_come_back(waiting):
    assert waiting.team.leave("Maya", "a new post") == []
    gone = member(waiting, "Maya")
    assert gone.left
    assert gone.steps[0].why == "a new post"
    with pytest.raises(UserError):
        waiting.team.leave("Maya", "again")
    waiting.team.return_("Maya")
    assert not member(waiting, "Maya").left
    with pytest.raises(UserError):
        waiting.team.return_("Maya")


def test_a_leaving_that_shows_what_was_hidden_names_its_stage(waiting, making):
    making.screen(waiting.path.with_name("a.screener"), dict.fromkeys(range(1, 5), "include"))
    waiting.consensus.merge(waiting.path.with_name("a.screener"))
    making.screen(waiting.path.with_name("b.screener"), {1: "include"}, close=False)
    waiting.consensus.merge(waiting.path.with_name("b.screener"))
    expected = waiting.team.shown_without("Jonas")
    assert expected == [TA.words.lower()]
    assert waiting.team.leave("Jonas", "a new post") == expected


# --- copies --------------------------------------------------------------------------------------


def test_a_copy_that_was_just_written_holds_all_there_is(waiting):
    copy = member(waiting, "Maya").copy
    assert copy.written
    assert (copy.records, copy.protocol, copy.opened, copy.outdated) == (0, 0, (), False)


def test_who_was_never_written_for_has_no_copy(waiting):
    waiting.consensus.add_person("Ida")
    assert member(waiting, "Ida").copy is None


def test_records_that_were_imported_since_are_counted(waiting, making):
    making.fill(waiting, waiting.path.parent, 2, mark="later")
    making.fill(waiting, waiting.path.parent, 1, mark="last")
    copy = member(waiting, "Maya").copy
    assert (copy.records, copy.protocol, copy.opened, copy.outdated) == (3, 0, (), True)
    waiting.consensus.write_copy("Maya", waiting.path.with_name("a2.screener"))
    assert not member(waiting, "Maya").copy.outdated
    assert member(waiting, "Jonas").copy.records == 3


def test_the_version_of_the_protocol_is_said_where_the_copy_has_an_older_one(waiting):
    waiting.protocol.add_criterion("setting", include="Anywhere")
    waiting.protocol.add_criterion("language", include="Any")
    copy = member(waiting, "Maya").copy
    assert (copy.records, copy.protocol, copy.opened, copy.outdated) == (0, 3, (), True)


def test_a_stage_that_was_opened_since_is_said(pair):
    pair.merge()
    with open_project(pair.project) as review:
        for found in review.consensus.discrepancies(TA):
            review.consensus.resolve(
                found.unit.id, "include", step=TA, why="Read together", by=["Maya", "Jonas"]
            )
        review.screening.open(FT)
        copy = member(review, "Maya").copy
        assert (copy.records, copy.protocol, copy.outdated) == (0, 0, True)
        assert copy.opened == (FT.words.lower(),)


def test_what_is_in_whose_copy_already_is_known(waiting, making):
    making.fill(waiting, waiting.path.parent, 1, mark="later")
    assert waiting.undo_carried() == []
    waiting.consensus.write_copy("Jonas", waiting.path.with_name("b2.screener"))
    assert waiting.undo_carried() == ["Jonas"]
    assert waiting.team.carried([]) == []
    assert waiting.team.carried(["no such entry"]) == []
    making.fill(waiting, waiting.path.parent, 1, mark="last")
    assert waiting.undo_carried() == []
    waiting.consensus.write_copy("Maya", waiting.path.with_name("a2.screener"))
    assert waiting.undo_carried() == ["Maya"]


def test_a_form_that_was_opened_since_is_said_to_whom_it_asks(making, tmp_path):
    path = making.included(tmp_path / "forms", records=2)
    with open_project(path) as review:
        assert not member(review, "Maya").copy.outdated
        review.forms.keep(shipped("mqrs"))
        review.studies.open("mqrs")
        words = review.forms.step("mqrs").words
        assert member(review, "Maya").copy.opened == (words,)
        review.consensus.write_copy("Maya", path.with_name("newer.screener"))
        assert not member(review, "Maya").copy.outdated
        assert member(review, "Jonas").copy.outdated


def test_a_newer_version_of_a_form_is_said_to_whom_it_asks(making, tmp_path):
    path = making.included(tmp_path / "versions", records=2, reviewers=("Maya", "Jonas", "Ida"))
    with open_project(path) as review:
        form = review.forms.keep(shipped("mqrs"))
        review.studies.open("mqrs", names=["Maya", "Jonas"])
        for name in ("Maya", "Jonas", "Ida"):
            review.consensus.write_copy(name, path.with_name(f"{name}.screener"))
        review.forms.keep(replace(form, reference="Another edition"), why="The reference")
        assert member(review, "Maya").copy.since() == f"version 2 of {form.title}"
        assert member(review, "Maya").copy.outdated
        assert not member(review, "Ida").copy.outdated
        review.consensus.write_copy("Maya", path.with_name("newer.screener"))
        assert not member(review, "Maya").copy.outdated
        review.forms.keep(replace(form, reference="A third edition"), why="The reference")
        assert member(review, "Jonas").copy.since() == f"version 3 of {form.title}"
