"""The meeting without a window: every planted kind, filters, levels, settling."""

import pytest

from screener import open_project
from screener.consensus.reveal import Level
from screener.model import DiscrepancyKind, Mode, Outcome, Stage, UserError
from ui.consensus.decision_painter import NEEDS_FULL_TEXT
from ui.consensus.meeting import Filter, Meeting
from ui.consensus.painter import Choice, id_of

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
INCLUDE = Choice(value=Outcome.INCLUDE)


@pytest.fixture
def project(merged):
    with open_project(merged) as opened:
        yield opened


@pytest.fixture
def meeting(project):
    return Meeting(project, TA)


def numbers(meeting):
    return {
        group.heading: [meeting.item(id_of(state)).unit.number for state in group.items]
        for group in meeting.groups()
    }


def test_the_list_holds_every_planted_kind_in_order(every_kind):
    with open_project(every_kind) as project:
        assert numbers(Meeting(project, TA)) == {
            "Settled twice, differently": [8],
            "Re-opened": [2],
            "One reviewer, two decisions": [10],
            "Conflict": [1, 3, 9],
            "Maybe": [4],
            "Decision missing": [7],
            "Judgement differs": [5],
        }


def test_at_full_text_the_reason_differs(full_text):
    with open_project(full_text) as project:
        meeting = Meeting(project, FT)
        assert numbers(meeting)["Reason differs"] == [1]
        (unit,) = map(id_of, meeting.groups()[-1].items)
        proposed = meeting.painter.proposed(meeting.item(unit), meeting.level)
        assert proposed == Choice(value=Outcome.EXCLUDE, reason="participants")
        meeting.reveal(Level.NAMES)
        assert meeting.painter.proposed(meeting.item(unit), meeting.level) is None


def test_level_0_is_one_list_without_kinds_in_the_order_of_numbers(meeting):
    meeting.reveal(Level.RECORD)
    assert numbers(meeting) == {"": [1, 2, 3, 4, 5, 7, 8, 9]}


def test_looking_writes_nothing_and_a_level_is_recorded_once_when_it_is_kept(project, meeting):
    before = project.counts()[1]
    for level in (Level.RECORD, Level.EVERYTHING):
        meeting.reveal(level)
    meeting.keep_level()
    assert project.counts()[1] == before
    meeting.reveal(Level.DECISIONS)
    assert project.counts()[1] == before
    meeting.reload()
    assert meeting.level is Level.DECISIONS
    for _ in range(2):
        meeting.keep_level()
        assert project.counts()[1] == before + 1
    assert project.consensus.revealed() == 1
    assert Meeting(project, TA).level is Level.DECISIONS


def test_settled_items_leave_the_list_and_stay_under_settled(meeting):
    unit = meeting.order()[0]
    meeting.settle(unit, INCLUDE, "Peers")
    meeting.refresh([unit.subject])
    assert unit not in meeting.order()
    assert meeting.counts() == {Filter.OPEN: 7, Filter.SETTLED: 1, Filter.ALL: 8}
    meeting.filter = Filter.SETTLED
    assert meeting.order() == [unit]
    meeting.filter = Filter.ALL
    assert len(meeting.order()) == 8


def test_search_finds_words_of_title_and_abstract(meeting):
    meeting.search = "WELLNESS veterans"
    assert numbers(meeting) == {"Conflict": [9]}
    meeting.search = "usual aftercare"
    assert len(meeting.order()) == 8
    meeting.search = "nowhere"
    assert meeting.groups() == []


def test_the_item_that_follows_is_the_next_that_waits(meeting):
    order = meeting.order()
    assert meeting.following(order, order[0]) == order[1]
    assert meeting.following(order, order[-1]) == order[-2]
    assert meeting.following(order, order[-1], around=True) == order[0]
    meeting.settle(order[1], INCLUDE, "Peers")
    meeting.refresh([order[1].subject])
    assert meeting.following(order, order[0]) == order[2]
    assert meeting.following(order, None) == order[0]
    assert meeting.following([order[1]], None) is None


def test_place_counts_within_the_kind(meeting):
    assert meeting.place(meeting.order()[1]) == ("Conflict", 2, 5)
    assert meeting.place(None) == ("", 0, 0)


def test_settling_records_who_was_present(project, meeting):
    project.consensus.add_person("Ida Berg", arbitrator=True)
    unit = meeting.order()[0]
    meeting.attendance.set_present(["Maya Lindqvist", " Ida Berg ", ""])
    agreed = meeting.settle(unit, INCLUDE, "Peers")
    assert agreed.by == ("Maya Lindqvist", "Ida Berg")
    assert agreed.mode is Mode.DISCUSSION
    assert project.consensus.names_present() == ["Maya Lindqvist", "Ida Berg"]


def test_another_person_who_is_present_becomes_one_of_the_review(project, meeting):
    meeting.attendance.set_present(["Maya Lindqvist", "Ida Berg"])
    assert [(p.name, p.arbitrator) for p in project.consensus.people()[2:]] == [("Ida Berg", True)]
    assert meeting.attendance.present() == ["Maya Lindqvist", "Ida Berg"]


def test_somebody_has_to_be_present(meeting):
    with pytest.raises(UserError, match="Tick at least one person"):
        meeting.attendance.set_present([" "])
    with pytest.raises(UserError, match="Choose who decides"):
        meeting.attendance.set_arbitrator(" ")
    assert not meeting.attendance.asked


def test_an_arbitrator_nobody_knows_yet_becomes_one_of_the_review(project, meeting):
    meeting.attendance.set_arbitrator("dr.  Halloran")
    for unit in meeting.order()[:2]:
        meeting.settle(unit, INCLUDE, "Peers")
    added = [(one.name, one.arbitrator) for one in project.consensus.people()[2:]]
    assert added == [("dr. Halloran", True)]
    meeting.attendance.set_arbitrator("Jonas Roth")
    with pytest.raises(UserError, match="Jonas Roth decided this as a reviewer"):
        meeting.settle(meeting.order()[2], INCLUDE, "Peers")


def test_only_what_changed_is_read_again(project, meeting):
    before, unit = dict(meeting._states), meeting.order()[0]
    meeting.settle(unit, INCLUDE, "Peers")
    meeting.refresh([unit.subject])
    assert meeting._states.keys() == before.keys()
    assert [u for u, state in meeting._states.items() if state is not before[u]] == [unit]
    assert meeting.settled == 1


def test_what_is_settled_is_settled_at_a_level_that_is_recorded(project, meeting):
    meeting.reveal(Level.DECISIONS)
    meeting.settle(meeting.order()[0], INCLUDE, "Peers")
    assert project.consensus.revealed() == 1


def test_what_was_agreed_is_settled_otherwise_only_where_it_is_shown(project, meeting):
    unit = meeting.order()[0]
    meeting.settle(unit, INCLUDE, "Peers")
    exclude = Choice(value=Outcome.EXCLUDE, reason="comparisons")
    meeting.reveal(Level.RECORD)
    with pytest.raises(UserError, match="not shown at this level"):
        meeting.settle(unit, exclude, "No control")
    meeting.reveal(Level.DECISIONS)
    with pytest.raises(UserError, match="agreed here is include; settle it once more"):
        meeting.settle(unit, exclude, "No control")
    assert meeting.settle(unit, exclude, "No control").value == "exclude"
    other = Choice(value=Outcome.EXCLUDE, reason="participants")
    meeting.refresh([unit.subject])
    with pytest.raises(UserError, match="not shown at this level"):
        meeting.settle(unit, other, "Not them")
    meeting.reveal(Level.EVERYTHING)
    with pytest.raises(UserError, match="agreed here is exclude"):
        meeting.settle(unit, other, "Not them")
    assert meeting.settle(unit, other, "Not them").reason == "participants"


def test_an_arbitrator_decides_alone_until_somebody_is_present_again(meeting):
    first, second = meeting.order()[:2]
    meeting.attendance.set_arbitrator("Dr. Halloran")
    agreed = meeting.settle(first, INCLUDE, "Peers")
    assert (agreed.by, agreed.mode) == (("Dr. Halloran",), Mode.ADJUDICATION)
    meeting.attendance.set_present(["Maya Lindqvist", "Jonas Roth"])
    agreed = meeting.settle(second, INCLUDE, "Peers")
    assert (agreed.by, agreed.mode) == (("Maya Lindqvist", "Jonas Roth"), Mode.DISCUSSION)


def test_nothing_is_settled_without_a_word_why(meeting):
    with pytest.raises(UserError, match="Say why"):
        meeting.settle(meeting.order()[0], INCLUDE, "  ")


def test_phrases_come_back_the_most_used_first(meeting):
    for unit, why in zip(meeting.order(), ("Peers", "Staff", "Peers"), strict=False):
        meeting.settle(unit, INCLUDE, why)
    assert meeting.phrases() == ["Peers", "Staff"]


def test_taking_a_decision_takes_its_reason_only_where_it_is_seen(meeting):
    found = meeting.item(meeting.order()[0])
    maya, jonas = (decision.event for decision in found.decisions)
    taken = meeting.painter.taken
    assert taken(found, maya, Level.EVERYTHING) == Choice(value=Outcome.INCLUDE)
    assert taken(found, jonas, Level.EVERYTHING) == Choice(
        value=Outcome.EXCLUDE, reason="comparisons"
    )
    assert taken(found, jonas, Level.NAMES) == Choice(value=Outcome.EXCLUDE)


def test_maybe_settles_nothing(meeting):
    maybe = next(d for d in map(meeting.item, meeting.order()) if d.kind is DiscrepancyKind.MAYBE)
    assert meeting.painter.taken(maybe, maybe.decisions[0].event, Level.EVERYTHING) is None


def test_needs_full_text_goes_on_or_waits(project, meeting):
    found = meeting.item(meeting.order()[0])
    wanted = Choice(value=Outcome.INCLUDE, phrase=NEEDS_FULL_TEXT), Choice(value=Outcome.AWAITING)
    for one, choice in zip((meeting, Meeting(project, FT)), wanted, strict=True):
        offers = {offer.action: offer.choice for offer in one.painter.offers(found)}
        assert offers["needs-full-text"] == choice


def test_who_has_not_decided_is_who_closed_without_deciding(meeting):
    missing = next(
        d for d in map(meeting.item, meeting.order()) if d.kind is DiscrepancyKind.MISSING
    )
    assert [meeting.painter.name(r) for r in meeting.waited_for(missing)] == ["Jonas Roth"]
    assert meeting.waited_for(meeting.item(meeting.order()[0])) == []


def test_refreshing_what_changed_equals_reading_anew(project, meeting):
    units = meeting.order()[:3]
    for unit in units:
        meeting.settle(unit, INCLUDE, "Peers")
        meeting.refresh([unit.subject])
    anew = Meeting(project, TA)
    assert meeting.order() == anew.order()
    assert [meeting.item(u) for u in units] == [anew.item(u) for u in units]
    project.undo()
    meeting.refresh([units[-1].subject])
    assert meeting.order() == Meeting(project, TA).order()


def test_a_hidden_stage_has_no_items(tmp_path, planted_review, planted_screen):
    path = planted_review(tmp_path)
    planted_screen(tmp_path / "a.screener", [("include", "", {})] * 4, close=False)
    with open_project(path) as project:
        project.consensus.merge(tmp_path / "a.screener")
        meeting = Meeting(project, TA)
        assert not meeting.visible
        assert meeting.groups() == []
        assert meeting.phrases() == []


def test_reading_anew_follows_a_level_that_was_recorded_elsewhere(project, meeting):
    assert meeting.level is Level.EVERYTHING
    project.consensus.reveal(1)
    meeting.reload()
    assert meeting.level is Level.DECISIONS
    meeting.reveal(Level.NAMES)
    meeting.reload()
    assert meeting.level is Level.NAMES, "what is looked at here stays until somebody records else"


def test_what_items_are_grouped_by_is_not_asked_for_each_list(project, meeting):
    asked = []
    project._file.connection.set_trace_callback(asked.append)
    for level in Level:
        meeting.reveal(level)
        for which in Filter:
            meeting.filter = which
            meeting.groups()
    project._file.connection.set_trace_callback(None)
    assert asked == []
