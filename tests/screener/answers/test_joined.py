"""Studies that were joined, with answers on each: everything is read, once, and nothing is shown.

The answers of both count for the study that is kept, whichever that is, until they are parted.
"""

import random
from contextlib import suppress

import pytest

from screener import merge_into, open_copy, open_project
from screener.model import Status, UserError
from screener.model.step import Item
from screener.store.file import COORDINATOR
from screener.store.heads import head_ids
from screener.store.kinds.project import Study
from screener.studies.listing import lines, rows
from screener.studies.tables import Tables
from tests.screener.answers.trial import ID, states, status, uid

SETTING = "setting"


def closed(trial, *, numbers=(1, 2), **how):
    """Have the reviewers answer two studies, the same of neither, and close."""
    made = trial(count=3, **how)
    for who in ("Maya", "Jonas"):
        given = {(n, SETTING): f"{who} {n}" for n in numbers}
        made.answer(who, given | {(n, "dose", "one"): str(n) for n in numbers},
                    rows=[(n, "One") for n in numbers])  # fmt: skip
    made.merge()
    return made


def shown(review, number=1, question=SETTING):
    """Who is shown to answer a question of a study with what, as often as it is shown."""
    step = review.forms.step(ID)
    names = {str(one.id): one.name for one in review.consensus.people()}
    return sorted(
        (names[answer.reviewer], answer.value)
        for line in lines(review.consensus, step, [uid(review, number)])
        if line.item.question == question
        for answer in line.answers
    )


def entries_of(review, study):
    """What stands of a study itself."""
    return head_ids(review._file, Study, subject=study, author=COORDINATOR, of_record=True)


def read_everything(review, folder):
    """Read what commands and pages read of studies and forms."""
    assert review.verify() == []
    review.report.flow()
    review.studies.problems()
    assert len({s.id for s in review.studies.all() if s.id}) == len(review.studies.ids())
    step = review.forms.step(ID)
    review.consensus.standing(ID)
    review.consensus.parts(ID)
    if review.consensus.visible(ID):
        found = list(lines(review.consensus, step))
        for line in found:
            assert len(line.answers) == len({a.event for a in line.answers})
        paired = [(study, one.list, one.key) for study, one, _ in rows(review.consensus, step)]
        assert len(paired) == len({*paired})
        listed = list(review.consensus.discrepancies(ID))
        assert all(len(d.answers) == len({a.event for a in d.answers}) for d in listed)
        assert review.consensus.agreement(ID).json()
        tables = Tables(review.units, review.studies, review.consensus, [step])
        assert tables.sheets("answers", stage=ID, raw=True)
    assert review.studies.count() <= len(review.studies.included())


def test_a_report_taken_out_of_linked_studies_leaves_all_readable(trial, tmp_path):
    made = closed(trial)
    with made.open() as review:
        ids = [uid(review, n) for n in (1, 2)]
        review.studies.link([review.units.find(n) for n in "12"], name="New")
        review.studies.unlink(review.units.find("1"))
        read_everything(review, tmp_path)
        assert not review.studies.problems()
        for id_ in ids:  # each has one entry that stands, and it is about that study
            assert len(entries_of(review, id_)) == 1
        copy = tmp_path / "newer.screener"
        review.consensus.write_copy("Maya", copy)
    with open_copy(copy) as mine:
        read_everything(mine, tmp_path)
        mine.forms.answering(ID).reopen("More")
        assert mine.forms.answering(ID).close()


@pytest.mark.parametrize("kept", [1, 2])
@pytest.mark.parametrize("by", ["join", "link"])
def test_the_answers_of_both_are_shown_once(trial, tmp_path, kept, by):
    made = closed(trial)
    with made.open() as review:
        gone = 3 - kept
        if by == "join":
            review.studies.join(str(kept), str(gone))
        else:
            review.studies.link([review.units.find(str(gone))], study=str(kept))
        wanted = [(who, f"{who} {n}") for who in ("Jonas", "Maya") for n in (1, 2)]
        assert shown(review, kept) == wanted
        assert status(review, SETTING, number=kept) == "self"
        assert status(review, "dose", "one", number=kept) == "self"
        (found,) = [
            one
            for one in review.consensus.discrepancies(ID, only=[uid(review, kept)])
            if one.item == Item(SETTING, "")
        ]
        assert sorted(a.value for a in found.answers) == sorted(v for _, v in wanted)
        read_everything(review, tmp_path)
        review.undo()
        assert shown(review, 1) == [("Jonas", "Jonas 1"), ("Maya", "Maya 1")]
        assert shown(review, 2) == [("Jonas", "Jonas 2"), ("Maya", "Maya 2")]


def test_answers_on_the_kept_study_alone_are_read_and_settled(trial, tmp_path):
    made = closed(trial, numbers=(1,))
    with made.open() as review:
        review.studies.join("1", "2")
        assert shown(review) == [("Jonas", "Jonas 1"), ("Maya", "Maya 1")]
        agreed = made.settle(review, SETTING, "one place")
        assert agreed.value == "one place"
        assert len(agreed.basis) == 2
        assert states(review)[SETTING, ""] == ("resolved", "one place")
        assert made.whole(review)


def test_what_was_settled_cannot_be_read_again_and_is_not_recorded(trial, monkeypatch):
    made = closed(trial)
    with made.open() as review:
        before = review.counts()
        monkeypatch.setattr("screener.consensus.settling.cached", lambda *_, **__: [])
        with pytest.raises(UserError, match="could not be read again; nothing was recorded"):
            made.settle(review, "rigour", "low")
        assert review.counts() == before


def test_a_reviewer_goes_on_from_both_answers_in_the_copy(trial, tmp_path):
    made = closed(trial)
    copy = tmp_path / "newer.screener"
    with made.open() as review:
        review.studies.join("1", "2")
        review.consensus.write_copy("Maya", copy)
    with open_copy(copy) as mine:
        at = mine.forms.answering(ID)
        one = uid(mine, 1)
        assert {a.value for a in at.answers(one) if a.question == SETTING} == {"Maya 1", "Maya 2"}
        at.reopen("Joined")
        assert at.take_back(one, SETTING)
        assert not [a for a in at.answers(one) if a.question == SETTING]
        mine.undo()
        at.answer(one, SETTING, "Both")
        assert [a.value for a in at.answers(one) if a.question == SETTING] == ["Both"]
        at.close()
    merge_into(made.project, copy)
    with made.open() as review:
        assert [a for a in shown(review) if a[0] == "Maya"] == [("Maya", "Both")]


@pytest.mark.parametrize("kept", [1, 2])
def test_a_join_shows_nothing_of_the_study_that_was_opened_later(trial, tmp_path, kept):
    made = trial(count=3, opened=1)
    for who in ("Maya", "Jonas"):
        made.answer(who, {(1, SETTING): "clinic"})
    made.merge()
    copy = tmp_path / "newer.screener"
    with made.open() as review:
        review.studies.open(ID, ["2"])
        review.consensus.write_copy("Maya", copy)
    with open_copy(copy) as mine:
        at = mine.forms.answering(ID)
        at.reopen("One more")
        two = uid(mine, 2)
        row = at.add_row(two, "strands", "SECRET ROW")
        at.answer(two, SETTING, "SECRET")
        at.answer(two, "dose", "77", row=row, note="SECRET NOTE")
        at.answer(two, "blinded", "yes")
    merge_into(made.project, copy)
    with made.open() as review:
        assert review.consensus.hidden(ID) == 1
        review.studies.join(str(kept), str(3 - kept))
        step = review.forms.step(ID)
        assert shown(review) == [("Jonas", "clinic"), ("Maya", "clinic")]
        assert status(review, SETTING) == "agreed", "what was visible stays so"
        tables = Tables(review.units, review.studies, review.consensus, [step])
        told = [*lines(review.consensus, step), *rows(review.consensus, step)]
        told += [*review.consensus.discrepancies(ID), *tables.sheets("answers", stage=ID, raw=True)]
        told += [f"{s.who} {s.what} {s.event.body}" for s in review.history("2")]
        assert "SECRET" not in str([one for one in told if "Study(" not in str(one)])
        assert shown(review, question="dose") == []
        assert status(review, "blinded") == str(Status.BLANK)
        read_everything(review, tmp_path)


def test_answers_whose_study_is_none_any_more_are_a_problem_and_nothing_fails(trial, tmp_path):
    """Made by an older version: the entry of a study stood in place of that of another."""
    made = closed(trial)
    with made.open() as review:
        one, two = uid(review, 1), uid(review, 2)
        review.studies.join("1", "2")
        review.undo()
        body = review.studies._book.bodies[one]
        with review._file.action("An older version wrote this") as action:
            gone = [*entries_of(review, two), *entries_of(review, one)]
            action.append(body, subject=one, supersedes=gone)
    with made.open() as review:
        # The events decide, not what was kept in memory.
        (lost,) = review.studies.problems()
        assert "was answered and is no study of this review any more" in lost
        assert "; its answers stay" in lost
        assert review.consensus.standing(ID).visible
        assert shown(review) == [("Jonas", "Jonas 1"), ("Maya", "Maya 1")]
        read_everything(review, tmp_path)
        copy = tmp_path / "newer.screener"
        review.consensus.write_copy("Maya", copy)
    with open_copy(copy) as mine:
        read_everything(mine, tmp_path)
        mine.forms.answering(ID).reopen("More")
        mine.forms.answering(ID).answer(uid(mine, 1), SETTING, "Anew")
    merge_into(made.project, copy)
    with made.open() as review:
        assert ("Maya", "Anew") in shown(review)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_is_done_to_studies_makes_a_reading_fail(trial, tmp_path, seed):
    """A walk: linked, parted, joined, named, undone, answered in two copies, merged, in any order.

    After every step all of it is read, kept and afresh.
    """
    chance = random.Random(seed)
    made = trial(count=4, opened=3)
    newer = iter(range(1000))

    def report():
        return str(chance.randint(1, 4))

    def copied(review, name):
        path = tmp_path / f"{name}-{next(newer)}.screener"
        review.consensus.write_copy(name, path)
        made.copies[name] = path

    def answered(name):
        with suppress(UserError), open_copy(made.copies[name]) as mine:
            at = mine.forms.answering(ID)
            with suppress(UserError):
                at.reopen("Going on")
            subject = chance.choice([one.id for one in mine.studies.all()])
            row = f"Row {chance.randint(1, 2)}"
            with suppress(UserError):
                at.add_row(subject, "strands", row)
            with suppress(UserError, IndexError):
                at.answer(subject, "dose", "5", row=chance.choice(at.rows(subject, "strands")).id)
            with suppress(UserError, IndexError):
                at.answer(subject, SETTING, chance.choice(["home", "clinic"]))
            with suppress(UserError):
                chance.choice([at.close, mine.undo, lambda: at.take_back(subject, SETTING)])()
            read_everything(mine, tmp_path)
            made.whole(mine)

    def merged(review):
        name = chance.choice(["Maya", "Jonas"])
        review.consensus.merge(made.copies[name])
        if chance.random() < 0.7:
            copied(review, name)

    def settled(review):
        open_ = [one for one in review.consensus.differing(ID) if not one.item.row]
        one = chance.choice(open_)
        review.consensus.resolve(one.subject, "low" if one.item.question == "rigour" else "agreed",
                                 step=ID, item=one.item, why="Read", by=["Maya"],
                                 overturn=True)  # fmt: skip

    def linked(review):
        some = chance.sample("1234", chance.randint(1, 3))
        review.studies.link([review.units.find(n) for n in some], also=chance.random() < 0.2,
                            study=chance.choice(["", report()]))  # fmt: skip

    steps = [
        linked, linked, merged, merged, settled,
        lambda review: review.studies.join(report(), report()),
        lambda review: review.studies.join(report(), report()),
        lambda review: review.studies.unlink(review.units.find(report())),
        lambda review: review.studies.unlink(review.units.find(report())),
        lambda review: review.studies.set(report(), name=f"Name {chance.randint(1, 3)}"),
        lambda review: review.studies.set(report(), state=chance.choice(["awaiting", "included"])),
        lambda review: review.undo(), lambda review: review.undo(), lambda review: review.redo(),
        lambda review: review.studies.open(ID, [report()]),
        lambda review: review.consensus.open_early("To look"),
        lambda review: copied(review, chance.choice(["Maya", "Jonas"])),
    ]  # fmt: skip
    for _ in range(30):
        answered(chance.choice(["Maya", "Jonas"]))
        with made.open() as review:
            for _ in range(2):
                with suppress(UserError, IndexError):
                    chance.choice(steps)(review)
                read_everything(review, tmp_path)
                assert not any("no study of this review" in p for p in review.studies.problems())
    with open_project(made.project, write=False) as review:
        read_everything(review, tmp_path)
