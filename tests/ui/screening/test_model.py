import re

import pytest

from screener import open_copy, open_project
from screener.model import Judgement, Stage, Verdict
from screener.screening.screening import Queue
from ui.screening.model import Asking, ScreeningModel, State
from ui.session.session import Session

TA = Stage.TITLE_ABSTRACT
MET, NOT_MET, UNCLEAR = Judgement.MET, Judgement.NOT_MET, Judgement.UNCLEAR


@pytest.fixture
def said():
    return []


@pytest.fixture
def problems(copy_session):
    found = []
    copy_session.complained.connect(lambda problem: found.append(problem.sentence))
    return found


@pytest.fixture
def opened(review, qtbot):
    """Open Maya's copy in a model of its own, as on another day; the one before is closed."""
    sessions = []

    def leave():
        while sessions:
            model, session = sessions.pop()
            model.set_active(False)
            session.close()

    def open_again():
        leave()
        session = Session(open_copy(review.with_name("a.screener")))
        model = ScreeningModel(session, TA)
        session.changed.connect(model.took)
        sessions.append((model, session))
        model.reload()
        model.set_active(True)
        return model

    yield open_again
    leave()


@pytest.fixture
def model(copy_session, said, qtbot):
    model = ScreeningModel(copy_session, TA)
    copy_session.changed.connect(model.took)
    model.session.echoed.connect(said.append)
    model.reload()
    model.set_active(True)
    yield model
    model.set_active(False)


def title(model):
    return model.sheet.fields.title if model.sheet else ""


def decision(model, unit):
    return model.session.project.screening.decision(unit, TA)


def fill_the_disk(session, pages=0):
    """Let the file grow by so many pages and no further: the next write fails for real."""
    connection = session.project._file.connection
    (now,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {now + pages}")


def test_it_begins_with_the_first_pending_record(model):
    assert model.state is State.RECORD
    assert title(model).startswith("Peer support by smartphone")
    assert (model.decided, model.total, model.today) == (0, 6, 0)


def test_a_decision_shows_the_next_record_before_it_is_written(model, said):
    unit = model.sheet.unit.id
    seen = []
    model.shown.connect(lambda: seen.append((title(model), decision(model, unit), list(said))))
    model.maybe()
    assert seen == [("A telephone reminder service in primary care", None, [])]
    assert decision(model, unit).verdict is Verdict.MAYBE
    assert (model.decided, model.today, len(model.line)) == (1, 1, 5)
    assert said[0].sign == "maybe"
    assert said[0].sentence == "Maybe: “Peer support by smartphone for adults with schizophrenia”"
    assert re.fullmatch(r"\d\d:\d\d", said[0].saved)


def test_five_judgements_and_enter_judge_a_record(model, said):
    unit = model.sheet.unit.id
    for place, judgement in enumerate([MET, NOT_MET, MET, UNCLEAR, MET]):
        assert model.marked == place
        model.judge(judgement)
    assert model.marked == 4
    assert model.suggestion.verdict is Verdict.EXCLUDE
    model.take_suggestion()
    found = decision(model, unit)
    assert (found.verdict, found.reason) == (Verdict.EXCLUDE, "interventions")
    assert found.judgements["outcomes"] is UNCLEAR
    assert said[0].sentence.startswith("Excluded, 2 Interventions: “Peer support")
    assert model.marked == 0


def test_the_same_judgement_again_clears_it_and_the_mark_stays(model):
    model.judge(MET)
    model.move_mark(-1)
    model.judge(MET)
    assert (dict(model.sheet.judgements), model.marked) == ({}, 0)
    model.judge(MET)
    model.move_mark(-1)
    model.judge(UNCLEAR)
    assert (dict(model.sheet.judgements), model.marked) == ({"participants": UNCLEAR}, 1)


def test_the_mark_stays_among_the_criteria(model):
    model.move_mark(-1)
    assert model.marked == 0
    for _ in range(9):
        model.move_mark(1)
    assert model.marked == 4


def test_enter_without_a_suggestion_does_nothing(model, said):
    model.judge(MET)
    model.take_suggestion()
    assert said == []
    assert model.decided == 0


def test_enter_on_a_decided_record_does_nothing_until_it_is_judged_anew(model, said):
    for _ in range(5):
        model.judge(MET)
    model.take_suggestion()
    model.choose(Queue.ALL)
    model.show_at(0)
    model.take_suggestion()
    assert len(said) == 1
    model.mark(4)
    model.judge(NOT_MET)
    model.take_suggestion()
    assert len(said) == 2
    assert decision(model, model.line.ids[0]).reason == "study-design"


def test_judgements_are_kept_after_a_pause(model, qtbot):
    unit = model.sheet.unit.id
    model.judge(MET)
    screening = model.session.project.screening
    assert screening.notes.draft(unit, TA) == {}
    qtbot.waitUntil(lambda: screening.notes.draft(unit, TA) == {"participants": MET})


def test_include_with_a_criterion_not_met_asks_once_more(model):
    unit = model.sheet.unit.id
    model.judge(MET)
    model.judge(NOT_MET)
    model.include()
    assert model.asking is Asking.CONFIRMATION
    assert model.question == "Interventions is not met."
    assert decision(model, unit) is None
    assert model.leave()
    assert (model.asking, model.sheet.unit.id) == (Asking.NOTHING, unit)
    model.include()
    model.include()
    assert decision(model, unit).verdict is Verdict.INCLUDE


def test_another_judgement_withdraws_the_question(model):
    model.judge(NOT_MET)
    model.include()
    model.judge(MET)
    assert model.asking is Asking.NOTHING


def test_a_number_excludes_with_that_reason_at_once(model):
    unit, second = model.line.ids[:2]
    model.exclude_for(6)
    model.exclude_for(7)
    assert decision(model, unit).reason == "no-full-report"
    assert decision(model, second) is None


def test_exclude_takes_the_suggested_reason_and_else_none(model):
    first, second = model.line.ids[:2]
    model.exclude()
    model.judge(MET)
    model.judge(MET)
    model.judge(NOT_MET)
    model.exclude()
    assert decision(model, first).reason == ""
    assert decision(model, second).reason == "comparisons"


def test_judgements_begun_are_there_after_a_restart(opened):
    model = opened()
    unit = model.sheet.unit.id
    model.judge(MET)
    model.judge(UNCLEAR)
    model.step(1)
    second = model.sheet.unit.id
    again = opened()
    assert again.sheet.unit.id == second
    again.step(-1)
    assert again.sheet.unit.id == unit
    assert dict(again.sheet.judgements) == {"participants": MET, "interventions": UNCLEAR}


def test_taking_back_returns_to_the_record_with_its_judgements(model, said):
    unit = model.sheet.unit.id
    model.judge(MET)
    model.judge(NOT_MET)
    model.save_note(model.sheet.unit.id, "Look again")
    model.take_suggestion()
    model.maybe()
    assert (model.decided, len(model.line)) == (2, 4)
    model.take_back()
    model.take_back()
    assert (model.sheet.unit.id, model.sheet.note) == (unit, "Look again")
    assert dict(model.sheet.judgements) == {"participants": MET, "interventions": NOT_MET}
    assert model.sheet.decision is None
    assert (model.decided, model.today, len(model.line)) == (0, 0, 6)
    assert said[-1].sentence.startswith("Taken back: Exclude, Interventions  ·  “Peer support")
    model.take_back()
    assert model.sheet.note == ""


def test_repeating_and_taking_back_agree(model, said):
    unit = model.sheet.unit.id
    model.exclude_for(1)
    model.take_back()
    model.repeat()
    taken, repeated = (echo.sentence for echo in said[-2:])
    assert taken.startswith("Taken back: Exclude, Participants")
    assert taken.replace("Taken back", "Repeated") == repeated
    assert model.sheet.unit.id == model._every[1], "as after the decision itself"
    assert (model.is_decided(unit), model.decided) == (True, 1)
    model.take_back()
    assert (model.sheet.unit.id, model.sheet.decision) == (unit, None)
    assert model.line.ids == model._every


def test_what_is_repeated_is_pending_no_more(model):
    model.include()
    model.exclude_for(1)
    for step in (model.take_back, model.take_back, model.repeat, model.repeat):
        step()
    assert (model.decided, len(model.line), model.total) == (2, 4, 6)
    assert model.line.ids == model._every[2:]
    assert (model.sheet.unit.id, model.state) == (model._every[2], State.RECORD)


def test_the_last_that_is_repeated_leaves_the_queue_empty(model):
    for _ in range(6):
        model.include()
    model.take_back()
    model.repeat()
    assert (model.decided, len(model.line), model.state) == (6, 0, State.EMPTY)


def test_in_a_queue_that_it_does_not_leave_what_is_repeated_is_shown(model):
    model.choose(Queue.ALL)
    unit = model.sheet.unit.id
    model.include()
    model.take_back()
    model.repeat()
    assert (model.sheet.unit.id, model.is_decided(unit), len(model.line)) == (unit, True, 6)


def counts(model):
    """What a model says of its stage, beside the record on the screen."""
    units = model.session.project.screening.open_units(TA)
    decided = [model.is_decided(unit) for unit in units]
    return decided, model.decided, model.today, model.total, model.code


def test_what_is_counted_is_what_a_model_counts_that_reads_all_anew(model):
    """Every way to decide, to take back and to repeat follows what is on the disk."""
    steps = (
        *(model.include, model.maybe, lambda: model.exclude_for(1)),
        *(model.take_back, model.take_back, model.repeat, model.repeat, model.take_back),
        lambda: model.choose(Queue.DECIDED),
        *(model.exclude, model.take_back, model.repeat),
        *(model.toggle_flag, model.take_back),
        lambda: model.choose(Queue.ALL),
        *(model.include, model.take_back, model.repeat, model.take_back, model.take_back),
    )
    for number, step in enumerate(steps):
        step()
        anew = ScreeningModel(model.session, TA)
        anew.reload()
        anew.set_active(True)
        assert counts(model) == counts(anew), number
        anew.set_active(False)
        anew.deleteLater()


def test_a_changed_decision_taken_back_restores_its_own_judgements(model):
    unit = model.sheet.unit.id
    model.judge(MET)
    model.include()
    model.choose(Queue.ALL)
    model.show_at(0)
    assert not model.sheet.rejudged
    model.judge(NOT_MET)
    assert model.sheet.rejudged
    model.exclude()
    assert decision(model, unit).verdict is Verdict.EXCLUDE
    model.take_back()
    assert model.sheet.decision.verdict is Verdict.INCLUDE
    assert dict(model.sheet.judgements) == {"participants": MET}
    model.step(1)
    model.step(-1)
    assert dict(model.sheet.judgements) == {"participants": MET}


def test_a_reason_goes_with_the_judgement_it_came_from(model):
    unit = model.sheet.unit.id
    model.judge(NOT_MET)
    model.exclude()
    assert decision(model, unit).reason == "participants"
    model.choose(Queue.ALL)
    model.show_at(0)
    model.judge(MET)
    model.exclude()
    assert decision(model, unit).verdict is Verdict.EXCLUDE
    assert decision(model, unit).reason == ""
    assert decision(model, unit).judgements == {"participants": MET}


def test_undo_works_across_a_restart(opened):
    model = opened()
    for act in (model.maybe, model.include, model.exclude):
        act()
    again = opened()
    assert again.decided == 3
    for left in (2, 1, 0):
        again.take_back()
        assert again.decided == left
    assert title(again).startswith("Peer support by smartphone")


def test_nothing_to_take_back_is_said(model, problems):
    model.take_back()
    assert problems == ["There is nothing to take back."]


def test_a_full_disk_leaves_the_record_and_the_last_echo(model, said, problems):
    model.maybe()
    model.judge(MET)
    unit, marked = model.sheet.unit.id, model.marked
    fill_the_disk(model.session)
    shown = []
    model.shown.connect(lambda: shown.append(model.sheet.unit.id))
    for _ in range(40):
        model.decide(Verdict.INCLUDE)
        if problems:
            break
        unit, marked = model.sheet.unit.id, 0
    assert len(problems) == 1
    assert "full" in problems[0] or "space" in problems[0]
    assert (model.sheet.unit.id, model.marked) == (unit, marked)
    assert shown[-2:] == [model.line.after(leaving=True), unit]
    assert decision(model, unit) is None
    assert said[-1].sign != ""
    before = len(said)
    fill_the_disk(model.session, 1000)
    model.decide(Verdict.INCLUDE)
    assert decision(model, unit).verdict is Verdict.INCLUDE
    assert len(said) == before + 1


def test_a_note_that_cannot_be_saved_says_so(model, said, problems):
    fill_the_disk(model.session)
    model.save_note(model.sheet.unit.id, "x" * 60_000)
    assert len(problems) == 1
    assert said == []
    assert model.sheet.note == ""


def test_flag_and_its_queue(model, said):
    unit = model.sheet.unit.id
    model.toggle_flag()
    assert model.sheet.flagged
    assert said[-1].sentence.startswith("Flagged for the meeting: “")
    model.choose(Queue.FLAGGED)
    assert model.line.ids == [unit]
    model.toggle_flag()
    assert not model.session.project.screening.notes.flagged(unit, TA)


def test_queues_keep_what_belongs_to_them(model):
    first, second, third = model.line.ids[:3]
    model.include()
    model.maybe()
    model.exclude()
    for queue, ids in (
        (Queue.INCLUDED, [first]),
        (Queue.MAYBE, [second]),
        (Queue.EXCLUDED, [third]),
        (Queue.DECIDED, [first, second, third]),
    ):
        model.choose(queue)
        assert model.line.ids == ids
    model.choose(Queue.DECIDED)
    model.show_at(2)
    model.include()
    assert model.line.ids == [first, second, third]
    assert model.sheet.decision.verdict is Verdict.INCLUDE
    model.choose(Queue.MAYBE)
    model.include()
    assert (model.state, model.sheet) == (State.EMPTY, None)
    model.take_back()
    assert model.sheet.unit.id == second
    assert model.state is State.RECORD


def test_pending_goes_round_to_what_was_skipped(model):
    every = list(model.line.ids)
    model.step(1)
    for _ in range(5):
        model.maybe()
    assert model.sheet.unit.id == every[0]
    model.maybe()
    assert model.state is State.EMPTY


def test_search_narrows_the_queue_and_leave_widens_it(model):
    model.choose(Queue.PENDING, "peers")
    assert 0 < len(model.line) < 6
    model.choose(Queue.PENDING, "zebra")
    assert model.state is State.EMPTY
    assert model.leave()
    assert len(model.line) == 6
    assert not model.leave()


def test_stepping_stops_at_the_ends(model):
    model.step(-1)
    assert model.line.at == 0
    model.step(1)
    model.step(1)
    assert title(model).startswith("Online forum")


def test_closing_shows_the_code_and_reopening_needs_a_reason(model, problems):
    for _ in range(6):
        model.include()
    assert model.state is State.EMPTY
    model.close_stage()
    assert model.state is State.CLOSED
    assert len(model.code.split()) == 4
    model.include()
    assert model.decided == 6
    model.look()
    assert model.state is State.RECORD
    assert not model.can_decide
    model.exclude()
    assert decision(model, model.sheet.unit.id).verdict is Verdict.INCLUDE
    model.reopen_stage(" ")
    assert "why" in problems[-1]
    model.reopen_stage("I misread one")
    assert (model.state, model.code) == (State.EMPTY, "")
    model.choose(Queue.ALL)
    model.exclude()
    assert decision(model, model._every[0]).verdict is Verdict.EXCLUDE


def test_full_text_is_not_open_before_the_meeting(copy_session):
    model = ScreeningModel(copy_session, Stage.FULL_TEXT)
    copy_session.changed.connect(model.took)
    model.reload()
    model.set_active(True)
    assert model.state is State.NOT_OPEN
    model.set_active(False)


def test_the_project_itself_is_not_screened(project_session):
    model = ScreeningModel(project_session, TA)
    project_session.changed.connect(model.took)
    model.reload()
    model.set_active(True)
    assert model.state is State.NOT_A_COPY
    model.set_active(False)


def test_own_words_are_highlighted_and_taken_away_again(model):
    before = len(model.sheet.highlights.title)
    model.add_own_word("participants", "adults  with")
    assert len(model.sheet.highlights.title) == before + 1
    model.add_own_word("participants", "adults with")
    assert len(model.sheet.highlights.title) == before


@pytest.fixture
def full_text(review, qtbot):
    """A model at full text, opened for what both reviewers included."""
    for name in ("a", "b"):
        with open_copy(review.with_name(f"{name}.screener")) as copy:
            for unit in list(copy.screening.queues.queue(TA)):
                copy.screening.decide(unit, Verdict.INCLUDE, stage=TA)
            copy.screening.close(TA)
    with open_project(review) as project:
        project.consensus.merge(review.with_name("a.screener"), review.with_name("b.screener"))
        project.screening.open(Stage.FULL_TEXT)
        project.consensus.write_copy("Maya Lindqvist", review.with_name("a2.screener"))
    session = Session(open_copy(review.with_name("a2.screener")))
    model = ScreeningModel(session, Stage.FULL_TEXT)
    session.changed.connect(model.took)
    model.reload()
    model.set_active(True)
    yield model
    model.set_active(False)
    session.close()


def test_exclude_at_full_text_asks_for_the_reason(full_text):
    model = full_text
    unit = model.sheet.unit.id
    model.exclude()
    assert model.asking is Asking.REASON
    assert model.session.project.screening.decision(unit, Stage.FULL_TEXT) is None
    assert model.leave()
    model.exclude()
    model.exclude_for(3)
    found = model.session.project.screening.decision(unit, Stage.FULL_TEXT)
    assert (found.verdict, found.reason) == (Verdict.EXCLUDE, "comparisons")


def test_the_other_reason_needs_a_note(full_text):
    model = full_text
    problems = []
    model.session.complained.connect(lambda problem: problems.append(problem.sentence))
    unit = model.sheet.unit.id
    model.exclude_for(0)
    assert (model.sheet.unit.id, problems) == (unit, [])
    model.exclude()
    model.exclude_for(0)
    assert model.sheet.unit.id == unit
    assert "note" in problems[0]
    model.save_note(model.sheet.unit.id, "Retracted by the authors")
    model.exclude()
    model.exclude_for(0)
    found = model.session.project.screening.decision(unit, Stage.FULL_TEXT)
    assert (found.reason, found.note) == ("other", "Retracted by the authors")
