"""A join of records shows no answer that was hidden before it."""

import pytest

from screener import merge_into, open_copy, open_project
from screener.model import Stage, Status

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def at(project, name):
    return project.with_name(f"{name}.screener")


def newer(project, letter, name):
    """Write a newer copy and take it into the one its reviewer works in."""
    out = at(project, f"newer-{letter}-{len(list(project.parent.iterdir()))}")
    with open_project(project) as review:
        review.consensus.write_copy(name, out)
    merge_into(at(project, letter), out)


def search_again(project, making):
    with open_project(project) as review:
        making.fill(review, project.parent, 2, mark="later", first=10)


@pytest.fixture
def searched(tmp_path, making):
    """Four records screened and closed by Maya and Jonas; then two more, in Jonas's copy too."""
    project = making.review(tmp_path, records=4)
    for letter in "ab":
        making.screen(at(project, letter), dict.fromkeys(range(1, 5), "include"))
    merge_into(project, at(project, "a"), at(project, "b"))
    search_again(project, making)
    newer(project, "b", "Jonas")
    return project


def decided_open(project, making, number=5, *, letter="b", stage=TA, close=False):
    """Have a reviewer reopen and exclude a record, with all that can stand beside it; merge."""
    with open_copy(at(project, letter)) as mine:
        if stage is TA:
            mine.screening.reopen(stage, "a later search")
        unit = mine.units.find(str(number))
        mine.screening.decide(
            unit,
            "exclude",
            stage=stage,
            reason="participants",
            judgements={"participants": "not-met"},
        )
        mine.screening.notes.set_note(unit, stage, "SECRET")
        mine.screening.notes.set_flag(unit, stage, on=True)
        if close:
            mine.screening.close(stage)
    merge_into(project, at(project, letter))


def join(project, *numbers, kept=1):
    with open_project(project) as review:
        review.duplicates.same(
            [review.sources.find(str(n)) for n in numbers], kept=review.sources.find(str(kept))
        )


def seen(project, number, stage=TA):
    """Everything that may tell of a unit's decisions, as text."""
    with open_project(project, write=False) as review:
        unit = review.units.find(str(number))
        steps = [f"{s.who} {s.what} {s.event.body}" for s in review.history(str(number))]
        decisions = review.consensus.decisions(unit, stage)
        listed = [str(d) for d in review.consensus.discrepancies(stage)]
        csv = project.with_suffix(".csv")
        csv.unlink(missing_ok=True)
        review.report.export(csv)
    texts = [*map(str, decisions), *listed, csv.read_text("utf-8-sig")]
    return "\n".join([*(line for line in steps if "Decision" in line or "SECRET" in line), *texts])


def status(project, number, stage=TA):
    with open_project(project, write=False) as review:
        return review.consensus.state(review.units.find(str(number)), stage).status


@pytest.mark.parametrize("kept", [1, 5])
def test_a_join_shows_no_answer_of_a_step_that_is_open_again(searched, making, kept):
    decided_open(searched, making)
    assert status(searched, 5) is Status.HIDDEN
    join(searched, 1, 5, kept=kept)
    text = seen(searched, 5)
    assert status(searched, 5) is Status.AGREED, "what was visible stays so"
    assert "SECRET" not in text
    assert "exclude" not in text.lower()
    with open_project(searched, write=False) as review:
        assert not review.consensus.differing(TA)
        agreement = review.consensus.agreement(TA)
        assert agreement.first.table == ((4, 0), (0, 0))
        assert not agreement.not_counted
        assert review.consensus.standing(TA).reviewers[1].decided == 4, "numbers are no secret"


def test_split_again_it_is_hidden_as_before(searched, making):
    decided_open(searched, making)
    join(searched, 1, 5)
    with open_project(searched) as review:
        review.duplicates.split(review.sources.find("5"))
    assert (status(searched, 1), status(searched, 5)) == (Status.AGREED, Status.HIDDEN)


def test_closed_again_it_counts(searched, making):
    decided_open(searched, making)
    join(searched, 1, 5)
    with open_copy(at(searched, "b")) as mine:
        mine.screening.close(TA)
    merge_into(searched, at(searched, "b"))
    assert status(searched, 5) is Status.SELF
    assert "SECRET" in seen(searched, 5)


@pytest.mark.parametrize("alone", [False, True])
def test_opened_early_it_counts(searched, making, alone):
    decided_open(searched, making)
    join(searched, 1, 5)
    if alone:
        with open_project(searched) as review:
            review.sources.remove(["6"], "not in the scope")  # then nothing else is hidden
    with open_project(searched) as review:
        review.consensus.open_early("we are in a hurry")
    assert status(searched, 5) is Status.SELF


def test_what_is_decided_on_the_joined_unit_is_shown(searched, making):
    """Opened again, a visible unit is decided anew: whatever record its unit is called by."""
    join(searched, 1, 5, kept=5)
    newer(searched, "b", "Jonas")
    decided_open(searched, making)
    assert status(searched, 1) is Status.CONFLICT


def test_a_consensus_made_before_is_reopened_by_it(searched, making):
    decided_open(searched, making)
    join(searched, 1, 5)
    with open_project(searched) as review:
        unit = review.units.find("1")
        review.consensus.resolve(unit, "include", step=TA, why="we read it", by=["Maya"])
        (agreed,) = review.consensus.agreed(TA, [unit])[unit]
        assert len(agreed.basis) == 2
    with open_copy(at(searched, "b")) as mine:
        mine.screening.close(TA)
    merge_into(searched, at(searched, "b"))
    assert status(searched, 5) is Status.REOPENED


def test_full_text_is_the_same(searched, making):
    project = searched
    with open_project(project) as review:
        review.screening.open(FT)
    for letter, name in ("a", "Maya"), ("b", "Jonas"):
        newer(project, letter, name)
        making.screen(at(project, letter), dict.fromkeys(range(1, 5), "include"), stage=FT)
        with open_copy(at(project, letter)) as mine:
            mine.screening.reopen(TA, "a later search")
        making.screen(at(project, letter), {5: "include", 6: "include"})
    merge_into(project, at(project, "a"), at(project, "b"))
    with open_project(project) as review:
        review.screening.open(FT)
    newer(project, "b", "Jonas")
    with open_copy(at(project, "b")) as mine:
        mine.screening.reopen(FT, "opened since")
    decided_open(project, making, stage=FT)
    assert status(project, 5, FT) is Status.HIDDEN
    join(project, 1, 5)
    assert status(project, 5, FT) is Status.AGREED
    assert "SECRET" not in seen(project, 5, FT)
    with open_copy(at(project, "b")) as mine:
        mine.screening.close(FT)
    merge_into(project, at(project, "b"))
    assert status(project, 5, FT) is Status.SELF
