"""What the queue reads, keeps and forgets beside the record on the screen."""

from dataclasses import replace

import pytest

from screener import open_copy, open_project
from screener.model import Judgement, Stage, Verdict
from screener.screening.screening import Queue
from ui.screening.model import Asking, ScreeningModel, State
from ui.session.session import Session

TA = Stage.TITLE_ABSTRACT
MET, NOT_MET = Judgement.MET, Judgement.NOT_MET


@pytest.fixture
def model(copy_session, qtbot):
    model = ScreeningModel(copy_session, TA)
    copy_session.changed.connect(model.took)
    model.reload()
    model.set_active(True)
    yield model
    model.set_active(False)


def test_the_record_one_leaves_the_page_on_is_remembered_and_looking_writes_nothing(model):
    notes = model.session.project.screening.notes
    before = notes.position(TA)
    model.step(1)
    assert notes.position(TA) == before
    model.set_active(False)
    assert notes.position(TA) == model.line.ids[1]


def test_the_last_record_of_a_queue_is_read_ahead_too(model, qtbot):
    for _ in range(4):
        model.step(1)
    assert model.line.at + 2 == len(model.line)
    qtbot.waitUntil(lambda: model.line.ids[-1] in model._ahead)


def test_the_record_that_follows_is_read_ahead_after_every_move(model, qtbot):
    for move in (lambda: model.step(1), model.include, model.take_back, model.repeat):
        move()
        following = model.line.ids[model.line.at + 1]
        qtbot.waitUntil(lambda unit=following: unit in model._ahead)
        model._ahead.clear()


def test_a_record_that_was_read_ahead_is_shown_without_reading(model, qtbot):
    second = model.line.ids[1]
    model.step(1)
    model.step(-1)
    qtbot.waitUntil(lambda: second in model._ahead)
    ahead = model._ahead[second]
    model.step(1)
    assert model.sheet is ahead
    assert second not in model._ahead, "it is read again when it was left and may have changed"


def test_what_was_read_ahead_is_read_again_after_a_change_from_elsewhere(model, qtbot):
    second = model.line.ids[1]
    model.step(1)
    model.step(-1)
    qtbot.waitUntil(lambda: second in model._ahead)
    model.session.project.screening.notes.set_flag(second, TA, on=True)
    model.reload()
    model.step(1)
    assert model.sheet.unit.id == second
    assert model.sheet.flagged


def test_judgements_begun_are_on_the_sheet_that_was_read_ahead_before_them(model, qtbot):
    model._drafting.setInterval(10_000_000)  # the pause does not come before the step back
    model.step(1)
    second = model.sheet.unit.id
    model.judge(MET)
    model.step(-1)
    qtbot.waitUntil(lambda: second in model._ahead)
    model.step(1)
    assert dict(model.sheet.judgements) == {"participants": MET}


def test_another_queue_stays_on_the_record(model):
    model.step(1)
    unit = model.sheet.unit.id
    model.choose(Queue.ALL)
    assert model.sheet.unit.id == unit


def test_the_day_counts_what_was_decided_repeated_and_taken_back(model):
    model.exclude_for(1)
    model.take_back()
    model.repeat()
    assert model.today == 1
    model.take_back()
    assert model.today == 0


def test_the_mark_stays_when_there_is_no_record(model):
    for _ in range(6):
        model.include()
    assert model.state is State.EMPTY
    model.move_mark(1)
    assert model.marked == 0


def test_criteria_changed_since_the_decision_are_named(review, qtbot):
    a, newer = review.with_name("a.screener"), review.with_name("newer.screener")
    with open_copy(a) as copy:
        unit = next(iter(copy.screening.queues.queue(TA)))
        copy.screening.decide(unit, Verdict.INCLUDE, stage=TA)
    with open_project(review) as project:
        project.consensus.merge(a)
        first, *others = project.protocol.current.criteria
        stricter = (replace(first, include="Another text"), *others)
        project.protocol.set(replace(project.protocol.current, criteria=stricter))
        project.consensus.write_copy("Maya Lindqvist", newer)
    session = Session(open_copy(newer))
    model = ScreeningModel(session, TA)
    session.changed.connect(model.took)
    model.reload()
    model.set_active(True)
    model.choose(Queue.CHANGED)
    assert (model.line.ids, model.sheet.changed) == ([unit], {"participants"})
    assert "Participants" in model.sheet.remark
    model.include()
    assert model.state is State.EMPTY
    model.set_active(False)
    session.close()


def test_a_decided_record_judged_anew_is_excluded_for_the_new_reason(model):
    unit = model.sheet.unit.id
    model.judge(NOT_MET)
    model.exclude()
    model.choose(Queue.ALL)
    model.show_at(0)
    model.judge(MET)
    model.judge(NOT_MET)
    model.exclude()
    found = model.session.project.screening.decision(unit, TA)
    assert found.reason == "interventions"
    assert dict(found.judgements) == {"participants": MET, "interventions": NOT_MET}


def test_several_notices_of_long_work_are_all_heard(model, qtbot):
    first, second = model.line.ids[:2]

    def two(project, _):
        project.screening.notes.set_own_words([])
        project.screening.notes.set_flag(second, TA, on=True)
        project.screening.decide(first, Verdict.INCLUDE, stage=TA)

    heard = []
    model.session.changed.connect(lambda changes: heard.append(changes.action))
    task = model.session.run(two, writes=True)
    with qtbot.waitSignal(task.ended):
        pass
    assert heard == ["Flag", "Include"]


def test_a_decided_record_comes_back_on_the_screen_by_its_number(model):
    for _ in range(6):
        model.include()
    assert model.state is State.EMPTY
    model.go_to("3")
    assert (model.state, model.sheet.unit.number) == (State.RECORD, 3)
    assert model.can_decide


def test_moving_the_mark_is_painted_and_withdraws_the_question(model, qtbot):
    model.judge(NOT_MET)
    model.include()
    assert model.asking is Asking.CONFIRMATION
    with qtbot.waitSignal(model.judged):
        model.move_mark(1)
    assert (model.marked, model.asking) == (2, Asking.NOTHING)


def test_what_was_read_ahead_and_taken_back_is_read_again(model, qtbot):
    model.step(1)
    second = model.sheet.unit.id
    model.toggle_flag()
    model.step(-1)
    qtbot.waitUntil(lambda: second in model._ahead)
    model.take_back()
    assert model.sheet.unit.id == second
    model.step(-1)
    model.step(1)
    assert not model.sheet.flagged


def test_the_counts_are_shown_anew_after_something_was_taken_back(model, qtbot):
    model.include()
    with qtbot.waitSignal(model.counted):
        model.take_back()


def test_a_flag_is_told_when_it_goes_with_its_proposal_and_without(model):
    said = []
    model.session.echoed.connect(lambda echo: said.append(echo.sentence.partition(":")[0]))
    model.toggle_flag()
    model.toggle_flag()
    model.propose_duplicate(model.line.ids[1])
    model.toggle_flag()
    assert said == [
        "Flagged for the meeting",
        "Flag taken away",
        "Proposed as the same report as record 2",
        "Flag and proposal taken away",
    ]


def test_opening_a_stage_again_is_told(model):
    said = []
    model.close_stage()
    model.session.echoed.connect(said.append)
    model.reopen_stage("I misread one")
    assert [(echo.sentence, echo.can_take_back) for echo in said] == [
        (f"{TA.words} opened again", False)
    ]


def test_after_an_error_of_ours_the_page_is_back_on_the_record(model):
    unit = model.sheet.unit.id
    logs = model.session.project._file.own_logs
    begun, logs.begun = logs.begun, None
    with pytest.raises(TypeError):
        model.include()
    logs.begun = begun
    assert (model.sheet.unit.id, model.decided) == (unit, 0)
