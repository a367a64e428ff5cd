"""The agenda of a stage of screening: its order, its words, and nothing of a higher level."""

from __future__ import annotations

import pytest

from screener import open_project
from screener.model import Cancelled, Stage, UserError
from screener.printing import document as d
from tests.screener.printing.conftest import make, settle
from tests.screener.printing.reading import words

TA = Stage.TITLE_ABSTRACT
ENDINGS = ("pdf", "docx", "html", "xlsx")


def items(document):
    return [item for b in document.blocks if isinstance(b, d.Group) for item in b.items]


def numbers(document):
    return [int(item.byline.rsplit(" ", 1)[1]) for item in items(document)]


def headings(document):
    return [b.heading for b in document.blocks if isinstance(b, d.Group)]


def rows(item, kind):
    return [row for row in item.rows if isinstance(row, kind)]


def test_conflicts_come_by_criterion_then_missing_maybe_and_judgements(review):
    agenda = review.printing.agenda(TA, level=3)
    assert headings(agenda) == [
        "Conflicts on criterion 1, Participants: 1 of the 3 conflicts",
        "Conflicts on criterion 2, Interventions: 1 of the 3 conflicts",
        "Conflicts in which no criterion is named: 1 of the 3 conflicts",
        "Decisions are missing: 1",
        "Judgements differ: 1",
    ]
    assert numbers(agenda) == [1, 2, 3, 7, 5]
    assert [item.number for item in items(agenda)] == ["1", "2", "3", "4", "5"]


def test_an_item_says_who_decided_what_with_the_wording_in_force(review):
    first = items(review.printing.agenda(TA, level=3))[0]
    decision, dispute, notes, outcome, reason, why = first.rows
    assert first.heads == ("Maya", "Jonas")
    assert [d.plain(cell) for cell in decision.cells] == [
        "include",
        "exclude\u00a0\u00a0 1 Participants",
    ]
    assert dispute.label == "Participants"
    judged, wording = dispute.rows
    assert [d.plain(cell) for cell in judged.cells] == ["met", "not met"]
    assert d.plain(wording.words) == (
        "Criterion 1, include: what counts as participants. "
        "Not: what does not count as participants."
    )
    assert [d.plain(cell) for cell in notes.cells] == ["NOTE-MAYA-1", "NOTE-JONAS-1"]
    assert outcome.boxes == ("include", "exclude", "arbitrator", "later")
    assert reason.boxes == (
        "1 Participants",
        "2 Interventions",
        "3 Study design",
        "4 No full report",
    )
    assert isinstance(why, d.Pen)
    assert not outcome.ticked
    assert not reason.ticked


def test_several_in_dispute_are_several_bars_in_the_order_of_the_protocol(review):
    second = items(review.printing.agenda(TA, level=3))[1]
    assert [row.label for row in rows(second, d.Dispute)] == ["Interventions", "Study design"]


def test_who_did_not_decide_has_a_column(review):
    missing = next(i for i in items(review.printing.agenda(TA, level=2)) if "record 7" in i.byline)
    assert missing.heads == ("Maya", "Jonas")
    assert [d.plain(cell) for cell in missing.rows[0].cells] == ["include", "no decision"]


def test_the_head_names_review_version_and_closing_codes(review):
    running = review.printing.agenda(TA).running
    codes = {
        one.reviewer.name: one.code for one in review.consensus.standing(TA).reviewers if one.code
    }
    assert running.review == "Peers by telephone"
    assert running.what.startswith("Agenda, title and abstract")
    assert "Protocol version 1" in running.details
    assert codes.keys() == {"Maya", "Jonas"}
    assert all(f"{name} {code}" in running.details for name, code in codes.items())


SECRETS = ("NOTE-MAYA-1", "NOTE-JONAS-1", "what counts as participants")
"""Words of level 3: notes, and the wording of what is in dispute."""


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("what", ["agenda", "minutes"])
def test_nothing_of_a_higher_level_is_in_the_bytes(review, tmp_path, ending, what):
    if what == "minutes":
        settle(review, 1, "include", why="because")
    found = {}
    for level in range(4):
        path = tmp_path / f"{level}.{ending}"
        getattr(review.printing, f"write_{what}")(path, TA, level=level)
        found[level] = words(path)
    for text in SECRETS:
        assert [level for level in range(4) if text in found[level]] == [3], text
    kind = "Conflict" if ending != "xlsx" else "conflict"
    assert [level for level in range(4) if kind in found[level]] == [1, 2, 3]


def test_without_names_the_place_tells_nothing(review):
    """Maya excludes one and includes the other: who is which column cannot be told."""
    for level, heads in ((1, ("One reviewer", "The other")), (2, ("Maya", "Jonas"))):
        conflicts = items(review.printing.agenda(TA, level=level))[:2]
        assert {item.heads for item in conflicts} == {heads}
        cells = {tuple(d.plain(c) for c in item.rows[0].cells) for item in conflicts}
        expected = {("include", "exclude")} if level == 1 else {
            ("include", "exclude"), ("exclude", "include"),
        }  # fmt: skip
        assert cells == expected


def test_with_the_records_only_there_is_one_list_in_their_order(review):
    agenda = review.printing.agenda(TA, level=0)
    assert headings(agenda) == ["5 items"]
    assert numbers(agenda) == [1, 2, 3, 5, 7]
    assert all(item.heads == () for item in items(agenda))
    assert {type(row) for item in items(agenda) for row in item.rows} == {d.Ticks, d.Pen}


def test_as_much_is_shown_as_the_meeting_chose(review):
    assert "Shown: decisions." in review.printing.agenda(TA).subtitle
    review.consensus.reveal(2)
    assert "Shown: decisions and names." in review.printing.agenda(TA).subtitle


def test_what_is_hidden_is_in_no_agenda(making, tmp_path, home):
    """Records of a later search that only one has decided are not listed, at no level."""
    path = make(making, tmp_path / "late")
    with open_project(path) as review:
        making.fill(review, tmp_path, 2, mark="late", first=20)
        review.consensus.write_copy("Maya", tmp_path / "m.screener")
    making.screen(tmp_path / "m.screener", {}, close=False)
    from screener import open_copy

    with open_copy(tmp_path / "m.screener") as mine:
        mine.screening.reopen(TA, "a later search")
        making.decide(mine, 10, "exclude", note="NOTE-LATE")
        making.decide(mine, 11, "include")
        mine.screening.close(TA)
    with open_project(path) as review:
        review.consensus.merge(tmp_path / "m.screener")
        agenda = review.printing.agenda(TA, level=3)
        assert "2 records are not listed" in agenda.subtitle
        assert not {10, 11} & set(numbers(agenda))
        assert "NOTE-LATE" not in "".join(d.texts(agenda))


def test_a_copy_has_no_agenda(differing):
    with (
        open_project(differing.with_name("a.screener"), write=False) as mine,
        pytest.raises(UserError, match="coordinator's project"),
    ):
        mine.printing.agenda(TA)


def test_a_stage_that_is_still_open_has_no_agenda(making, tmp_path, home):
    path = making.review(tmp_path / "open", records=3)
    with open_project(path) as review, pytest.raises(UserError, match="still open"):
        review.printing.agenda(TA)


def test_many_reviewers_stand_below_one_another_with_their_whole_names(making, tmp_path, home):
    names = tuple(f"{chr(65 + n)}{'a' * 70} {n}" for n in range(7))
    path = making.review(tmp_path / "many", records=1, reviewers=names)
    for n, letter in enumerate("abcdefg"):
        making.screen(path.with_name(f"{letter}.screener"), {1: "exclude" if n else "include"})
    with open_project(path) as review:
        review.consensus.merge(*(path.with_name(f"{letter}.screener") for letter in "abcdefg"))
        (item,) = items(review.printing.agenda(TA, level=2))
        assert item.heads == ()
        lines = d.plain(item.rows[0].words).splitlines()
        assert sorted(lines) == sorted(
            f"{name}: {'exclude' if n else 'include'}" for n, name in enumerate(names)
        )
        for ending in ENDINGS:
            out = tmp_path / f"out.{ending}"
            review.printing.write_agenda(out, TA, level=3)
            assert all(name.split()[0] in words(out).replace(" ", "") for name in names)


def test_a_stopped_document_is_not_written(review, tmp_path):
    def stop(done, total, what):
        raise Cancelled

    out = tmp_path / "agenda.pdf"
    with pytest.raises(Cancelled):
        review.printing.write_agenda(out, TA, progress=stop)
    assert list(tmp_path.glob("agenda*")) == []


def test_another_ending_is_refused(review, tmp_path):
    with pytest.raises(UserError, match=r"let the name end in \.docx, \.pdf, \.html or \.xlsx"):
        review.printing.write_agenda(tmp_path / "agenda.txt", TA)
