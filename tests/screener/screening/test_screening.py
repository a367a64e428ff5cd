"""One reviewer alone: queues, decisions, notes, drafts, closing."""

import itertools
import re

from screener import open_copy, open_project
from screener.model import Judgement, Stage, Verdict
from screener.screening.rules import suggestion
from screener.screening.screening import Queue, closing_code

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def numbers(mine, queue, search=""):
    return [u.number for u in mine.screening.units(mine.screening.queue(TA, queue, search))]


def test_the_queues(screened, making):
    screened.screening.set_flag(making.uid(screened, 7), TA, on=True)
    assert numbers(screened, Queue.PENDING) == [6, 7, 8]
    assert numbers(screened, Queue.DECIDED) == [1, 2, 3, 4, 5]
    assert numbers(screened, Queue.INCLUDED) == [1, 5]
    assert numbers(screened, Queue.MAYBE) == [3]
    assert numbers(screened, Queue.EXCLUDED) == [2, 4]
    assert numbers(screened, Queue.FLAGGED) == [7]
    assert numbers(screened, Queue.ALL) == list(range(1, 9))
    assert numbers(screened, Queue.NO_ABSTRACT) == []
    assert numbers(screened, Queue.CHANGED) == []
    assert numbers(screened, Queue.ALL, "PLAIN 7") == [7]
    assert numbers(screened, Queue.DECIDED, "nowhere at all") == []


def test_leaving_in_the_middle_and_going_on_tomorrow(screened, making):
    unit = making.uid(screened, 6)
    screened.screening.keep_position(TA, unit)
    screened.screening.keep_draft(unit, TA, {"participants": Judgement.MET})
    screened.screening.set_own_words([("participants", "larch*")])
    path = screened.path
    screened.close()
    with open_copy(path) as mine:
        assert mine.screening.position(TA) == unit
        assert mine.screening.draft(unit, TA) == {"participants": Judgement.MET}
        assert mine.screening.own_words() == [("participants", "larch*")]
        mine.screening.keep_draft(unit, TA, {})
        assert mine.screening.draft(unit, TA) == {}
        assert mine.screening.progress(TA).decided == 5


def test_what_is_decided_is_what_is_read(screened, making):
    made = making.decide(
        screened,
        6,
        "exclude",
        reason="interventions",
        judgements={"interventions": "not-met", "participants": "unclear"},
        note="by post",
    )
    assert made == screened.screening.decision(making.uid(screened, 6), TA)
    assert (made.verdict, made.reason, made.note) == (Verdict.EXCLUDE, "interventions", "by post")
    assert made.judgements == {"interventions": "not-met", "participants": "unclear"}
    assert made.protocol == 1
    assert made.seen == screened.sources.record("6").version
    making.decide(screened, 6, "include")
    assert screened.screening.note(making.uid(screened, 6), TA) == "by post", "None leaves the note"
    making.decide(screened, 6, "none")
    assert screened.screening.decision(making.uid(screened, 6), TA) is None
    steps = [s.what for s in screened.history("6")]
    assert steps == [
        "Import from PubMed",
        "Exclude: Interventions",
        "Exclude: Interventions",
        "Include",
        "Take the decision back",
    ] or steps[-3:] == ["Exclude: Interventions", "Include", "Take the decision back"]


def test_the_closing_code(screened):
    code = screened.screening.close(TA)
    assert re.fullmatch(r"([A-Z2-7]{4} ){3}[A-Z2-7]{4}", code)
    assert screened.screening.code(TA) == screened.screening.progress(TA).code == code
    (event,) = screened._file.rows("SELECT id FROM event WHERE kind = 'close'")[0]
    assert closing_code(event.hex()) == code
    screened.screening.reopen(TA, "again")
    assert screened.screening.code(TA) == ""
    assert screened.screening.close(TA) != code


def test_the_roll_up_of_judgements(making):
    """domain.md 6.1, rule by rule, on every table of judgements there is."""
    order = [c.id for c in making.protocol.criteria]
    for judged in itertools.product((None, "met", "not-met", "unclear"), repeat=3):
        given = {c: Judgement(j) for c, j in zip(order, judged, strict=True) if j}
        found = suggestion(given, making.protocol, TA)
        if "not-met" in judged:
            wanted = ("exclude", order[judged.index("not-met")])
        elif None in judged:
            wanted = None
        else:
            wanted = ("maybe" if "unclear" in judged else "include", "")
        assert (found and (str(found.verdict), found.reason)) == wanted


def test_criteria_changed_since(pair, making):
    pair.merge()
    with open_project(pair.project) as review:
        review.protocol.add_criterion("outcomes", include="any")
        review.consensus.write_copy("Maya", pair.folder / "a2.screener")
    with open_copy(pair.folder / "a2.screener") as mine:
        assert numbers(mine, Queue.CHANGED) == list(range(1, 9))
        mine.screening.reopen(TA, "criteria changed")
        making.decide(mine, 1, "include")
        assert numbers(mine, Queue.CHANGED) == list(range(2, 9))


def test_of_two_decisions_on_records_that_were_joined_the_newest_is_shown(tmp_path, making):
    path = making.review(tmp_path, records=3)
    making.screen(tmp_path / "a.screener", {2: "include", 3: "maybe", 1: "exclude"}, close=False)
    with open_project(path) as review:
        review.consensus.merge(tmp_path / "a.screener")
        joined = [making.uid(review, n) for n in (1, 2, 3)]
        for kept in joined:
            review.duplicates.same(joined, kept=kept)
            newer = tmp_path / f"{kept}.screener"
            review.consensus.write_copy("Maya", newer)
            with open_copy(newer) as mine:
                (unit,) = mine.screening.queue(TA, Queue.DECIDED)
                assert mine.screening.decision(unit, TA).verdict is Verdict.EXCLUDE
            review.undo()
