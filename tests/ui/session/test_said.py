"""What the session says: what was done, what went wrong, and when that is forgotten."""

import threading

import pytest

from screener.model import ErrorKind, UserError
from ui.session.echo import Problem
from ui.session.session import BUSY

LINK = ("backups", "Backups…")


@pytest.fixture
def session(project_session):
    return project_session


@pytest.fixture
def heard(session):
    """Everything that is told to the window, in its order."""
    found = []
    session.complained.connect(lambda problem: found.append(problem.sentence))
    session.overcame.connect(lambda: found.append("overcame"))
    session.echoed.connect(lambda echo: found.append(echo.sentence))
    session.asked.connect(lambda question: found.append(("asked", question)))
    session.busy_changed.connect(lambda busy: found.append(("busy", busy)))
    return found


def test_what_was_done_is_said_with_all_that_belongs_to_it(session, heard):
    session.say("Noted", sign="none", saved="14:07", can_take_back=True, can_repeat=True)
    echo = session.echo
    assert (echo.sentence, echo.sign, echo.saved) == ("Noted", "none", "14:07")
    assert echo.can_take_back
    assert echo.can_repeat
    session.say("Looked")
    echo = session.echo
    assert (echo.sign, echo.saved, echo.can_take_back, echo.can_repeat) == ("met", "", False, False)
    assert heard == ["Noted", "Looked"]


def test_a_refusal_goes_with_the_next_thing_that_is_done(session, heard):
    session.complain("Not now.")
    assert session.problem == Problem(sentence="Not now.")
    session.say("Done")
    assert session.problem is None
    assert heard == ["Not now.", "overcame", "Done"]


def test_what_asks_for_an_action_stays_when_something_is_done(session, heard):
    session.complain("The file is damaged.", LINK)
    session.say("Done")
    assert session.problem == Problem(sentence="The file is damaged.", links=(LINK,))
    assert heard == ["The file is damaged.", "Done"]


def test_what_asks_for_an_action_comes_back_after_a_refusal_and_one_after_the_other(session, heard):
    session.complain("The file is damaged.", LINK)
    session.complain("Not now.")
    assert session.overcome()
    assert session.problem.sentence == "The file is damaged."
    assert session.overcome()
    assert session.problem is None
    assert not session.overcome(), "nothing is there any more"
    assert heard == ["The file is damaged.", "Not now.", "The file is damaged.", "overcame"]


def test_of_two_refusals_the_last_is_shown_alone(session):
    session.complain("Not now.")
    session.complain("Nor this.")
    session.overcome()
    assert session.problem is None


def test_of_two_that_ask_for_an_action_the_last_is_shown_alone(session):
    session.complain("The file is damaged.", LINK)
    session.complain("The drive is full.", ("save-copy", "Save a copy elsewhere…"))
    session.overcome()
    assert session.problem is None


@pytest.mark.parametrize(
    ("kind", "actions"),
    [
        (ErrorKind.FULL, ["save-copy"]),
        (ErrorKind.DAMAGED, ["backups"]),
        (ErrorKind.INSIDE, ["report-problem"]),
        (ErrorKind.OTHER, []),
    ],
)
def test_a_problem_offers_what_helps_against_its_kind(session, kind, actions):
    session.complain(UserError("It cannot be done.", kind=kind))
    assert [action for action, _ in session.problem.links] == actions
    session.complain(UserError("It cannot be done.", kind=kind), ("open", "Open…"))
    assert [action for action, _ in session.problem.links] == ["open"]


def test_a_file_that_is_gone_is_said_to_whoever_tries_again(session, heard):
    session.complain(UserError("It was moved.", kind=ErrorKind.MOVED))
    assert [action for action, _ in session.problem.links] == ["close-without"]
    assert heard == ["It was moved.", ("busy", False)]
    session.complain("Not now.")
    assert ("busy", False) not in heard[2:]


def test_leaving_a_page_forgets_all_of_it(session, heard):
    session.complain("The file is damaged.", LINK)
    session.complain("Not now.")
    heard.clear()
    session.leave_page()
    assert session.problem is None
    assert heard == ["overcame", ("asked", "")]
    session.leave_page()
    assert heard == ["overcame", ("asked", ""), ("asked", "")]


def test_why_nothing_can_be_changed_is_told_to_whoever_tries(session, heard):
    session.forbid("It was moved.", LINK)
    assert not session.refuses(), "the file can be written still"
    session.project.path.unlink()
    assert session.attempt(session.project.require_there) is None
    assert not session.project.writable
    why = session.problem
    session.complain("Not now.")
    heard.clear()
    assert session.refuses()
    assert heard == [why.sentence]
    assert session.problem == why
    assert session.stays(why), "what was kept of it has to be opened"
    session.overcome()
    assert session.problem == why


def test_esc_stops_what_runs_before_it_dismisses_a_problem(session, qtbot):
    session.complain("Not now.")
    began = threading.Event()

    def endless(_, progress):
        began.set()
        while True:
            progress(0, None, "Working")

    task = session.run(endless, writes=False)
    qtbot.waitUntil(began.is_set)
    assert session.escape()
    assert task.stopping
    assert session.problem is not None
    with qtbot.waitSignal(session.stopped):
        pass
    assert session.escape()
    assert session.problem is None
    assert not session.escape()


def test_a_quick_action_that_fails_is_said_and_gives_nothing(session, heard):
    def refused():
        raise UserError("There is none.")

    assert session.attempt(refused) is None
    assert heard == ["There is none."]


def test_why_long_work_failed_is_said_by_the_bar_or_by_who_began_it(session, heard, qtbot):
    def refused(*_):
        raise UserError("There is none.")

    told = []
    with qtbot.waitSignal(session.stopped):
        session.start(refused, told.append, writes=False)
    assert (heard, told) == (["There is none."], [])
    with qtbot.waitSignal(session.stopped):
        session.start(refused, told.append, writes=False, refused=lambda e: told.append(str(e)))
    assert (heard, told) == (["There is none."], ["There is none."])


def test_while_long_work_runs_who_begins_more_is_told_to_wait(session, heard, qtbot):
    go, told = threading.Event(), []
    session.run(lambda *_: go.wait(), writes=False)
    assert session.start(lambda *_: 1, told.append, writes=False) is None
    assert heard == [BUSY]
    assert session.start(lambda *_: 1, told.append, writes=False, refused=told.append) is None
    assert [str(one) for one in told] == [BUSY]
    assert heard == [BUSY]
    go.set()
    with qtbot.waitSignal(session.stopped):
        pass


@pytest.mark.parametrize("writes", [False, True])
def test_only_work_that_writes_makes_the_file_busy(session, heard, qtbot, writes):
    started = []
    session.task_started.connect(started.append)
    go = threading.Event()
    task = session.run(lambda *_: go.wait(), writes=writes)
    assert started == [task]
    assert session.busy is writes
    assert session.running
    go.set()
    with qtbot.waitSignal(session.stopped):
        pass
    assert not session.running
    assert heard == ([("busy", True), ("busy", False)] if writes else [])
