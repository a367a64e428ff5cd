"""What follows from a file and changes by no decision is derived once."""

import os
import shutil
from contextlib import suppress

import pytest

from screener import merge_into, open_copy, open_project
from screener.model import Outcome, Stage
from screener.store.history import Past, closings
from screener.store.kept import kept

TA = Stage.TITLE_ABSTRACT


def count(file):
    return file.rows("SELECT count(*) FROM record")[0][0]


@pytest.fixture
def derived():
    """How often it was derived, and what derives it."""

    def derive(file):
        times.append(count(file))
        return times[-1]

    times = []
    return times, derive


def test_it_is_derived_again_only_where_more_than_decisions_changed(pair, making, derived):
    times, derive = derived
    pair.merge()
    with open_project(pair.project) as review:
        file = review._file
        assert (kept(file, derive), kept(file, derive), times) == (8, 8, [8])
        review.consensus.resolve(
            review.units.find("3"), Outcome.INCLUDE, step=TA, why="we read it", by=["Maya"]
        )
        assert (kept(file, derive), times) == (8, [8])
        making.fill(review, pair.folder, 2, mark="more")
        assert (kept(file, derive), times) == (10, [8, 10])


def test_nothing_is_kept_of_a_transaction_that_may_fail(pair, derived):
    _, derive = derived
    with open_project(pair.project) as review:
        file = review._file
        assert kept(file, derive) == 8
        with suppress(ZeroDivisionError), file.transaction():
            file.connection.execute("INSERT INTO record VALUES (?, 99, '1')", ("f" * 32,))
            assert kept(file, derive) == 9
            raise ZeroDivisionError
        assert kept(file, derive) == 8


def test_units_are_listed_once(pair):
    pair.merge()
    with open_project(pair.project) as review:
        before, said = review.units.ids(), []
        review._file.connection.set_trace_callback(said.append)
        assert review.units.ids() == before
        review._file.connection.set_trace_callback(None)
        assert said == []
        review.sources.remove([before[0]], "retracted")
        assert review.units.ids() == before[1:]


def test_a_log_that_goes_on_in_two_files_is_known_as_soon_as_it_is_merged(
    pair, making, monkeypatch, tmp_path
):
    """A computer was cloned with everything on it, and both went on with the same log."""
    twin = pair.folder / "twin.screener"
    shutil.copy(pair.a, twin)
    shutil.copytree(os.environ["SCREENER_HOME"], tmp_path / "clone")
    pair.merge()
    with open_project(pair.project) as review:
        assert not any(past.chain for past in pasts(review))
        for path, verdict in ((pair.a, "include"), (twin, "exclude")):
            with open_copy(path) as mine:
                mine.screening.reopen(TA, "second thoughts")
                making.decide(mine, 6, verdict)
                mine.screening.close(TA)
            monkeypatch.setenv("SCREENER_HOME", str(tmp_path / "clone"))
        review.consensus.merge(pair.a, twin)
        assert any(past.chain for past in pasts(review))


def pasts(review):
    """What lies in the past of every close of title and abstract."""
    every = [end for several in closings(review._file, TA).values() for end in several]
    return [Past.of(review._file, end.log, end.seq, end.event) for end in every]


def test_how_far_reviewers_are_is_told_without_going_through_their_decisions(tmp_path, making):
    steps = {}
    for records in (20, 200):
        folder = tmp_path / str(records)
        making.review(folder, records=records)
        for letter in "ab":
            making.screen(
                folder / f"{letter}.screener", dict.fromkeys(range(1, records + 1), "maybe")
            )
            merge_into(folder / "p.screener", folder / f"{letter}.screener")
        with open_project(folder / "p.screener") as review:
            review.team.members()
            told = []
            review._file.connection.set_progress_handler(lambda told=told: told.append(0), 10)
            assert all(one.steps[0].standing.closed for one in review.team.members())
            review._file.connection.set_progress_handler(None, 0)
            steps[records] = len(told)
    assert steps[20] > 10
    assert steps[200] < 1.5 * steps[20]
