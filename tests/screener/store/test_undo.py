"""Undo puts back what was shown, redo repeats it, and both survive a restart (16)."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener import create_project, open_copy, open_project
from screener.model import Search, Stage, UserError, Verdict
from screener.screening.screening import Draft
from screener.store import undo

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def seen(mine, making):
    """What a reviewer sees in a copy."""
    units = mine.screening.open_units(TA)
    return [
        (
            mine.screening.notes.note(u, TA),
            mine.screening.notes.flagged(u, TA),
            (d.verdict, d.reason, d.judgements) if (d := mine.screening.decision(u, TA)) else None,
        )
        for u in units
    ]


numbers = st.integers(1, 4)
DOINGS = st.one_of(
    st.tuples(st.just("decide"), numbers, st.sampled_from(["include", "exclude", "maybe", "none"])),
    st.tuples(st.just("note"), numbers, st.sampled_from(["", "one", "two"])),
    st.tuples(st.just("flag"), numbers, st.booleans()),
    st.tuples(st.just("many"), numbers, st.sampled_from(["include", "exclude"])),
    st.tuples(st.just("both"), numbers, st.sampled_from(["maybe", "exclude"])),
    st.tuples(st.just("undo"), st.just(0), st.just("")),
    st.tuples(st.just("redo"), st.just(0), st.just("")),
    st.tuples(st.just("restart"), st.just(0), st.just("")),
)


@settings(max_examples=max(8, settings.default.max_examples // 2))
@given(st.lists(DOINGS, min_size=3, max_size=14))
def test_undo_and_redo_are_a_stack(tmp_path_factory, making, doings):
    """Against the plainest model: a list of what was seen, and a place in it."""
    folder = tmp_path_factory.mktemp("undo")
    making.review(folder, records=4, reviewers=("Maya",))
    mine = open_copy(folder / "a.screener")
    past, future = [seen(mine, making)], []
    try:
        for what, number, value in doings:
            if what == "restart":
                mine.close()
                mine = open_copy(folder / "a.screener")
            elif what == "undo":
                assert bool(mine.undo_name()) == (len(past) > 1)
                if len(past) > 1:
                    name = mine.undo_name()
                    assert mine.undo() == name
                    future.append(past.pop())
                else:
                    with pytest.raises(UserError, match="There is nothing to take back"):
                        mine.undo()
            elif what == "redo":
                assert bool(mine.redo_name()) == bool(future)
                if future:
                    name = mine.redo_name()
                    assert mine.redo() == name
                    past.append(future.pop())
                else:
                    with pytest.raises(UserError, match="There is nothing to repeat"):
                        mine.redo()
            elif do(mine, making, what, number, value):
                past.append(seen(mine, making))
                future = []
            assert seen(mine, making) == past[-1], (what, number, value)
        assert mine.verify() == []
    finally:
        mine.close()


def do(mine, making, what, number, value):
    """Do one thing; say whether it was an action (setting what is set already is none)."""
    unit = making.uid(mine, number)
    if what == "decide":
        mine.screening.decide(unit, Verdict(value), stage=TA)
    elif what == "both":
        mine.screening.decide(unit, Verdict(value), stage=TA, note=f"why {value}")
    elif what == "many":
        drafts = [Draft(unit=u, verdict=Verdict(value), note="m") for u in mine.units.ids()]
        mine.screening.decisions.decide_many([*drafts, drafts[number - 1]], stage=TA)
    elif what == "note":
        if mine.screening.notes.note(unit, TA) == value:
            return False
        mine.screening.notes.set_note(unit, TA, value)
    else:
        if mine.screening.notes.flagged(unit, TA) == value:
            return False
        mine.screening.notes.set_flag(unit, TA, on=value)
    return True


def same_records(review, *numbers):
    review.duplicates.same([review.units.find(str(n)) for n in numbers])


def more(path):
    path.write_text("TY  - JOUR\nTI  - A late record\nER  - \n", encoding="utf-8")
    return path


# Everything a coordinator can take back: a name, what is done.
ACTIONS = {
    "join": lambda r: same_records(r, 1, 2),
    "join three": lambda r: (same_records(r, 1, 2), same_records(r, 2, 6)),
    "different": lambda r: r.duplicates.different([r.units.find("1"), r.units.find("2")]),
    "answers": lambda r: r.duplicates.answer(
        [
            ("different", [r.units.find("1"), r.units.find("2")]),
            ("same", [r.units.find("1"), r.units.find("2")]),
            ("same", [r.units.find("6"), r.units.find("2")]),
        ]
    ),
    "split": lambda r: (same_records(r, 1, 2, 3), r.duplicates.split(r.units.find("1"))),
    "remove": lambda r: r.sources.remove(["1", "2"], "retracted"),
    "withdraw": lambda r: r.sources.withdraw("1", "wrong dates"),
    "put back": lambda r: (r.sources.withdraw("1", "wrong dates"), r.sources.put_back("1")),
    "describe": lambda r: r.sources.describe("1", Search(source="PubMed", limits="none")),
    "correct": lambda r: r.sources.correct("1", {"title": "Corrected", "year": "1999"}),
    "settle": lambda r: r.consensus.resolve(
        r.units.find("3"), "exclude", step=TA, why="we read it", by=["Maya"]
    ),
    "settle again": lambda r: [
        r.consensus.resolve(
            r.units.find("3"), v, step=TA, why="we read it", by=["Maya"], overturn=True
        )
        for v in ("exclude", "include")
    ],
    "retrieval": lambda r: r.fulltext.set_retrieval(r.units.find("1"), "not-retrieved", "lost"),
}


def plain(shown):
    """The same without the ids and times of events: what is put back is an event of its own."""
    return {
        key: {
            unit: [replace(one, event="", time="") for one in found]
            for unit, found in value.items()
        }
        if key.startswith(("agreed", "decisions"))
        else value
        for key, value in shown.items()
    }


@pytest.mark.parametrize("name", ACTIONS)
def test_the_coordinator_takes_back_and_repeats(pair, making, name):
    pair.merge()
    with open_project(pair.project) as review:
        review.screening.open(FT)
        history = [making.shown(review)]
        review.listen(lambda _: history.append(making.shown(review)))
        ACTIONS[name](review)
        done = list(history)
        for was in done[-2::-1]:
            review.undo()
            assert plain(making.shown(review)) == plain(was)
            assert review.verify() == []
        for was in done[1:]:
            review.redo()
            assert plain(making.shown(review)) == plain(was)
        assert review.redo_name() == ""
    with open_project(pair.project) as review:
        assert plain(making.shown(review)) == plain(done[-1])
        for was in done[-2::-1]:
            review.undo()
            assert plain(making.shown(review)) == plain(was)


def test_an_earlier_action_by_its_id(pair, making):
    pair.merge()
    with open_project(pair.project) as review:
        before = making.shown(review)
        review.sources.remove(["1"], "retracted")
        (action,) = {s.event.action for s in review.history("1") if s.event.kind.name == "remove"}
        review.sources.remove(["2"], "retracted")
        review.undo(action)
        assert review.sources.count() == 7
        with pytest.raises(UserError, match="was changed again later; take the later change back"):
            review.undo(action)
        review.undo()
        assert review.sources.count() in (7, 8)
        with pytest.raises(UserError, match="There is no action with that id"):
            review.undo("0" * 32)
        review.consensus.write_copy("Ruth", pair.folder / "r.screener")
        added = review._file.rows("SELECT body FROM event WHERE kind = 'reviewer'")[-1][0]
        with pytest.raises(UserError, match=r"“Add reviewer Ruth” cannot be taken back\."):
            review.undo(json.loads(added)["action"])
    assert before


def test_a_decision_revised_twice_is_taken_back_step_by_step(screened, making):
    """The way back is as long as the way there, and so is the way forth."""
    verdicts = ["include", "maybe", "exclude", "include"]
    for verdict in verdicts:
        making.decide(screened, 6, verdict)
    unit = making.uid(screened, 6)

    def now():
        found = screened.screening.decision(unit, TA)
        return found and str(found.verdict)

    for _ in range(2):
        for was in [*verdicts[-2::-1], None]:
            screened.undo()
            assert now() == was
        for was in verdicts:
            screened.redo()
            assert now() == was
    assert screened.verify() == []


def test_a_long_history_is_read_without_a_gap(screened, making):
    """It is read by pages, and a page ends between two events of one action, too."""
    for round_ in range(17):
        for number in (1, 2, 3):
            making.decide(screened, number, ("include", "exclude")[round_ % 2], note=str(round_))
    written = screened._file.rows(
        "SELECT count(*) FROM event WHERE log IN (SELECT id FROM log WHERE kind = 'reviewer')"
    )[0][0]
    found = list(undo.standing(screened._file))
    assert sum(len(done.events) for done in found) == written > 100
    assert [done.name for done in found[:3]] == ["Include"] * 3
    assert [len(done.events) for done in found[:51]] == [2] * 51


def test_what_others_did_is_not_taken_back(pair, making):
    with open_copy(pair.a) as mine:
        mine.screening.reopen(TA, "again")
        for _ in range(8):
            mine.undo()
        assert mine.screening.progress(TA).decided == 0
        with pytest.raises(UserError, match="There is nothing to take back"):
            mine.undo()
    with open_project(pair.project) as review:
        review.consensus.merge(pair.b)
        name = review.undo_name()
        assert "Include" not in name
        assert "Exclude" not in name


def test_an_import_taken_back_is_out_of_the_review_and_can_be_read_again(pair, making):
    with open_project(pair.project) as review:
        path = more(pair.folder / "more.ris")
        before = review.sources.count()
        review.sources.import_file(path, source="Scopus")
        assert review.undo_name() == "Import from Scopus"
        assert review.undo() == "Import from Scopus"
        (batch,) = [b for b in review.sources.batches() if b.search.source == "Scopus"]
        assert batch.withdrawn == "no reason was given"
        assert review.sources.count() == before
        assert review.redo() == "Import from Scopus"
        assert review.sources.count() == before + 1
        assert review.verify() == []
    with open_project(pair.project) as review:
        assert review.undo() == "Import from Scopus"
        assert (review.sources.count(), review.verify()) == (before, [])
        assert review.sources.import_file(path, source="Scopus").parsed == 1


def test_an_import_taken_back_by_hand_is_not_taken_back_again(pair):
    with open_project(pair.project) as review:
        review.sources.import_file(more(pair.folder / "more.ris"), source="Scopus")
        done = next(undo.standing(review._file))
        review.sources.withdraw("2", "wrong dates")
        with pytest.raises(UserError, match="taken back already"):
            review.undo(done.id)
        assert [b.withdrawn for b in review.sources.batches()] == ["", "wrong dates"]


def test_what_cannot_be_taken_back_is_refused_and_not_passed_over(pair):
    """Plain undo after it would take back something else than the person has done last."""
    with open_project(pair.project) as review:
        review.sources.import_file(more(pair.folder / "more.ris"), source="Scopus")
        import_ = next(undo.standing(review._file))
        review.consensus.add_person("Ruth")
        before = review.sources.count()
        for _ in range(2):
            assert (review.undo_name(), review.undo_units()) == ("", frozenset())
            with pytest.raises(UserError) as told:
                review.undo()
            assert str(told.value).startswith("“Add reviewer Ruth” was done last and cannot be ")
            assert review.sources.count() == before
        assert review.undo(import_.id) == "Import from Scopus"
        assert review.sources.count() == before - 1


def test_an_import_that_reviewers_have_decided_on_is_not_taken_back_unasked(tmp_path, making):
    with create_project(tmp_path / "p.screener", title="T") as review:
        for name in ("Maya", "Jonas"):
            review.consensus.add_person(name)
            for stage in (TA, Stage.FULL_TEXT):
                review.consensus.join(name, stage)
        making.fill(review, tmp_path, 2)
        assert review.undo_name().startswith("Import")
        import_ = next(undo.standing(review._file))
        for name in ("Maya", "Jonas"):
            review.consensus.write_copy(name, tmp_path / f"{name}.screener")
    files = [tmp_path / "Maya.screener", tmp_path / "Jonas.screener"]
    for file in files:
        making.screen(file, {1: "include", 2: "include"})
    with open_project(tmp_path / "p.screener") as review:
        review.consensus.merge(*files)
        assert review.undo_name() == ""
        with pytest.raises(UserError, match="reviewers have decided on its records since"):
            review.undo()
        assert review.sources.count() == 2
        assert review.undo(import_.id).startswith("Import")
        assert review.sources.count() == 0
