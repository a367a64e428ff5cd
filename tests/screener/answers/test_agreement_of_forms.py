"""Agreement on a form: each question by its type, on what was answered apart and closed first."""

from dataclasses import replace

import pytest

from screener import open_copy
from screener.consensus.agreement.weighted import weighted_kappa
from screener.model import AnswerState, Stage

ID, LIST = "third-step", "strands"
S = AnswerState
ONE = ["low", "low", "middle", "high", "high", "unclear"]
OTHER = ["low", "middle", "middle", "low", "high", "high"]


@pytest.fixture
def made(trial):
    """Six units; Maya and Jonas have rated all of them, and a row in two."""
    made = trial(count=6)
    for name, ratings, doses in (("Maya", ONE, ("12.0", "3")), ("Jonas", OTHER, ("12", "4"))):
        given = {(n, "rigour"): word for n, word in enumerate(ratings, 1)}
        given |= {(n, "setting"): f"Town {n}" if n < 4 else f"{name}s" for n in range(1, 7)}
        given |= {(n, "dose", "group"): dose for n, dose in zip((1, 2), doses, strict=True)}
        given |= {(n, "blinded"): "yes" for n in range(1, 5)}
        given |= {(1, "story"): name, (1, "memo"): name}
        made.answer(name, given, rows=((1, "Group"), (2, "Group")))
    made.merge()
    return made


def test_an_ordered_choice_has_a_weighted_kappa(made):
    with made.open() as review:
        (found,) = review.consensus.agreement(ID).pairs
        rigour = found.measured["rigour"]
        assert rigour.figures.n == 6
        table = [[1, 1, 0], [0, 1, 0], [1, 0, 1]]
        assert rigour.weighted.kappa == weighted_kappa(table, special=1).kappa
        assert rigour.weighted.special == 1
        assert found.json()["rigour"]["weighted"]["kappa"] == pytest.approx(1 - 0.30 / 0.46)


def test_types_without_a_table_have_their_share(made):
    with made.open() as review:
        (found,) = review.consensus.agreement(ID).pairs
        assert (found.alike["setting"].n, found.alike["setting"].same) == (6, 3)
        assert (found.alike["dose"].n, found.alike["dose"].same) == (2, 1)
        assert found.alike["means"].n == 0
        assert found.json()["setting"]["share"] == 0.5
        assert found.disputes("dose") == (f"{made.uid(review, 2)}/group",)
        assert set(found.alike) == {"setting", "dose", "means"}
        assert set(found.measured) == {"rigour", "blinded"}


def test_what_was_closed_first_counts(made):
    made.reopened("Maya", {(4, "rigour"): "low", (2, "dose", "group"): "4"})
    with made.open() as review:
        before = review.consensus.agreement(ID)
    made.merge()
    with made.open() as review:
        after = review.consensus.agreement(ID)
        assert made.status(review, "rigour", number=4) == "agreed"
    assert after.pairs == before.pairs


def test_answers_given_with_another_in_view_count_nowhere(made):
    with open_copy(made.copies["Maya"]) as mine:
        unit = mine.studies.find("1").id
        (event,) = [
            a.event for a in mine.forms.answering(ID).answers(unit) if a.question == "rigour"
        ]
    ines = made.folder / "ines.screener"
    with made.open() as review:
        review.consensus.write_copy("Ines", ines)
        review.consensus.join("Ines", ID)
    with open_copy(ines) as mine:
        at = mine.forms.answering(ID)
        at.answer(unit, "rigour", "low", seen=event)
        at.answer(mine.studies.find("2").id, "rigour", "low")
        at.close()
    with made.open() as review:
        review.consensus.merge(ines)
        pairs = {p.reviewers: p for p in review.consensus.agreement(ID).pairs}
        assert pairs["Maya", "Ines"].figures("rigour").n == 1


def test_three_reviewers_have_figures_together(trial):
    made = trial("Maya", "Jonas", "Ines")
    for name, words in (
        ("Maya", "low high low"),
        ("Jonas", "low high high"),
        ("Ines", "low low low"),
    ):
        made.answer(name, {(n, "rigour"): w for n, w in enumerate(words.split(), 1)})
    made.merge()
    with made.open() as review:
        found = review.consensus.agreement(ID)
        assert len(found.pairs) == 3
        assert found.together["rigour"].ordered_alpha is not None
        assert found.overall is found.together["rigour"]
        assert "setting" not in found.together
        assert found.together["rigour"].overall.n == 3
        assert made.status(review, "rigour", number=1) == "agreed"
        assert made.status(review, "rigour", number=2) == "differs"
        assert made.status(review, "setting") == "missing"


def test_answers_with_a_retired_option_count_as_before(made):
    with made.open() as review:
        (before,) = review.consensus.agreement(ID).pairs
        questions = {q.id: q for q in made.form.questions}
        options = tuple(replace(o, retired=o.id == "high") for o in questions["rigour"].options)
        questions["rigour"] = replace(questions["rigour"], options=options)
        review.forms.keep(replace(made.form, questions=tuple(questions.values())))
        (found,) = review.consensus.agreement(ID).pairs
        assert found.figures("rigour") == before.figures("rigour")


def test_a_study_without_an_included_report_counts_nowhere_and_that_is_said(made):
    """Its answers stay, and count again when its report is included."""

    def n(review):
        return review.consensus.agreement(ID).pairs[0].measured["rigour"].figures.n

    with made.open() as review:
        record, study = review.units.find("2"), made.uid(review, 2)
        review.consensus.resolve(
            record, "exclude", step=Stage.FULL_TEXT, reason="no-full-report",
            why="found to be a protocol", by=["Maya", "Jonas"], overturn=True,
        )  # fmt: skip
        assert n(review) == 5
        told = review.consensus.agreement(ID).not_counted
        assert told == {"answered, and of a study that has no included report now": 1}
        assert any("its answers stay" in said for said in review.studies.problems())
        assert [
            one.value for one in review.consensus.answers(study, ID) if one.question == "rigour"
        ]
        review.consensus.resolve(
            record, "include", step=Stage.FULL_TEXT, why="it is none", by=["Maya", "Jonas"],
            overturn=True,
        )  # fmt: skip
        assert n(review) == 6
        assert review.consensus.agreement(ID).not_counted == {}
