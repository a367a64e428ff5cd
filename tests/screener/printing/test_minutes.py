"""Minutes: what was settled, why, how, by whom and when, what changed since, and what is open."""

from __future__ import annotations

from screener import open_copy, open_project
from screener.model import Mode, Stage, Verdict
from screener.printing import document as d
from tests.screener.printing.conftest import JONAS, decide_all, settle
from tests.screener.printing.test_agenda import items, numbers, rows

TA = Stage.TITLE_ABSTRACT


def row(item, label):
    return next(one for one in item.rows if getattr(one, "label", "") == label)


def said(item, label):
    return d.plain(row(item, label).words)


def of(document, number):
    return next(i for i in items(document) if i.byline.endswith(f" record {number}"))


def text(document):
    return "\n".join(d.texts(document))


def test_boxes_are_ticked_and_why_how_who_and_when_are_told(review):
    review.consensus.add_person("Dr. Halloran", arbitrator=True)
    settle(review, 1, "exclude", reason="interventions")
    settle(review, 2, "include", by=["Dr. Halloran"], mode=Mode.ADJUDICATION)
    minutes = review.printing.minutes(TA, level=1)
    first = of(minutes, 1)
    outcome, reason = rows(first, d.Ticks)
    assert [outcome.boxes[n] for n in outcome.ticked] == ["exclude"]
    assert [reason.boxes[n] for n in reason.ticked] == ["2 Interventions"]
    assert said(first, "Why") == "WHY-1"
    when = review.consensus.agreed(TA)[review.units.find("1")][0].time
    assert said(first, "Settled").startswith("by discussion: Maya and Jonas, ")
    assert said(first, "Settled").endswith(when[11:16])
    assert said(of(minutes, 2), "Settled").startswith("by adjudication: Dr. Halloran, ")
    assert numbers(minutes) == [1, 2]


def test_who_settled_something_was_present(review):
    """No file knows who else was there, and a meeting at another stage says nothing of this one."""

    def there():
        (found,) = [b for b in review.printing.minutes(TA).blocks if isinstance(b, d.Present)]
        return found

    assert not there().ticked
    review.consensus.add_person("Dr. Halloran", arbitrator=True)
    review.consensus.present(["Maya", "Jonas"])
    unit = review.units.find("1")
    review.consensus.resolve(
        unit, "include", step=TA, why="Read.", by=["Dr. Halloran"], mode="adjudication"
    )
    there = there()
    assert not there.ticked
    assert there.others == ("Dr. Halloran",)
    assert there.date
    settle(review, 2, "include")
    (there,) = [b for b in review.printing.minutes(TA).blocks if isinstance(b, d.Present)]
    assert [there.names[n] for n in there.ticked] == ["Maya", "Jonas"]


def test_what_is_not_settled_is_listed_at_the_end(review):
    settle(review, 1, "include")
    *_, heading, listed = review.printing.minutes(TA, level=2).blocks
    assert heading.text == "Not settled: 4 items"
    assert [d.plain(one).split(",")[0] for one in listed.items] == [
        "Record 2",
        "Record 3",
        "Record 5",
        "Record 7",
    ]


def again(differing, decisions, who="b"):
    """Decide some anew in a copy, and merge it."""
    copy = differing.with_name(f"{who}.screener")
    with open_copy(copy) as mine:
        mine.screening.reopen(TA, "read it again")
    decide_all(copy, decisions)
    with open_project(differing) as review:
        review.consensus.merge(copy)


def test_what_changed_after_it_was_settled_is_told(differing):
    with open_project(differing) as review:
        settle(review, 1, "include")
        settle(review, 3, "include")
    again(differing, {1: ("include", "", {}, "")})
    with open_project(differing) as review:
        minutes = review.printing.minutes(TA, level=3)
        assert numbers(minutes) == [3]
        assert "Jonas changed exclude, Participants to include" in text(minutes) or (
            "Jonas changed exclude" in text(minutes)
        )
        assert "Settled before: include, by discussion: Maya and Jonas" in text(minutes)
        nameless = text(review.printing.minutes(TA, level=1))
        assert "WHY-1" in nameless, "what the meeting settled is told in full at every level"
        assert "A reviewer changed exclude" in nameless
        assert "Jonas changed" not in nameless
        agenda = review.printing.agenda(TA, level=3)
        assert said(of(agenda, 1), "Changed since").startswith("Jonas changed exclude")
        assert "WHY-1" in said(of(agenda, 1), "Settled before")


def test_what_no_longer_differs_is_told(differing):
    again(differing, {3: ("include", "", {}, "")})
    with open_project(differing) as review:
        minutes = review.printing.minutes(TA, level=2)
        (line,) = [
            d.plain(one)
            for b in minutes.blocks
            if isinstance(b, d.Bullets)
            for one in b.items
            if "Record 3," in d.plain(one)
        ]
        assert "Jonas changed exclude to include" in line
        assert 3 not in numbers(review.printing.agenda(TA))


def test_an_agreement_that_was_overturned_is_told(review):
    settle(review, 8, "exclude", overturn=True)
    minutes = review.printing.minutes(TA, level=1)
    assert said(of(minutes, 8), "Changed since") == "Overturns what was agreed before: include."
    assert "what was agreed before" not in text(review.printing.minutes(TA, level=0)) or (
        "something else" in text(review.printing.minutes(TA, level=0))
    )


def test_nothing_is_told_where_nothing_changed(review):
    settle(review, 1, "include")
    assert "Changed since" not in text(review.printing.minutes(TA, level=3))
    assert "No longer different" not in text(review.printing.minutes(TA, level=3))
    assert JONAS[1][0] == Verdict.EXCLUDE
