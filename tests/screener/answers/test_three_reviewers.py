"""Three reviewers, one who joins late, one who leaves; and every order of merging."""

from screener import open_copy

ID, LIST = "third-step", "strands"
GIVEN = {
    "Maya": {(1, "setting"): "home", (1, "dose", "group"): "3", (2, "rigour"): "low"},
    "Jonas": {(1, "setting"): "HOME", (1, "dose", "group"): "3.0", (2, "rigour"): "low"},
    "Ines": {(1, "setting"): "school", (1, "dose", "other"): "3", (2, "rigour"): "high"},
}
ROWS = {"Maya": ((1, "Group"),), "Jonas": ((1, "group"),), "Ines": ((1, "Other"),)}


def answered(made):
    for name in made.copies:
        made.answer(name, GIVEN[name], rows=ROWS[name])


def test_three_copies_merge_in_every_order_to_the_same(trial):
    made = trial("Maya", "Jonas", "Ines", count=2)
    answered(made)
    orders = list(made.merged_in_every_order())
    made.merge()
    with made.open() as review:
        expected = made.seen(review)
        assert made.whole(review)
        found = made.states(review)
        assert found["setting", ""][0] == "differs"
        assert found["dose", "group"] == ("agreed", "3 weeks")
        assert found[LIST, "other"] == ("row", "")
        assert made.status(review, "rigour", number=2) == "differs"
    assert len(orders) == 6 + 24
    assert all(order == expected for order in orders)


def test_the_third_row_is_paired_with_the_two(trial):
    made = trial("Maya", "Jonas", "Ines", count=2)
    answered(made)
    made.merge()
    with made.open() as review:
        rows = [("Maya", "group"), ("Jonas", "group"), ("Ines", "other")]
        review.consensus.pair(made.uid(review, 1), ID, LIST, rows, key="group")
        assert made.states(review)["dose", "group"] == ("agreed", "3 weeks")
        assert made.states(review)[LIST, "group"] == ("resolved", "")


def test_who_joins_late_may_make_a_conflict_and_hides_nothing(trial):
    made = trial(count=2)
    for name in made.copies:
        made.answer(name, GIVEN[name], rows=ROWS[name])
    made.merge()
    path = made.folder / "ines.screener"
    with made.open() as review:
        made.settle(review, "dose", "3", row="group")
        before = made.states(review)
        review.consensus.write_copy("Ines", path)
        assert "Ines" not in {
            r.name
            for r in review.consensus.reviewers()
            if r.id in review.consensus.at(ID).coverage.parts
        }
        review.consensus.join("Ines", ID)
        assert made.states(review) == before
    made.copies["Ines"] = path
    made.answer(
        "Ines",
        GIVEN["Ines"] | {(1, "dose", "group"): "4"},
        rows=((1, "GROUP"), (1, "Other")),
        close=False,
    )
    made.merge("Ines")
    with made.open() as review:
        found = made.states(review)
        assert found["setting", ""][0] == "differs"
        assert found["dose", "group"][0] == "reopened"
        assert found[LIST, "other"][0] == "row"
        assert made.status(review, "rigour", number=2) == "differs"
        assert made.whole(review)


def test_what_a_leaver_did_not_answer_is_not_waited_for(trial):
    made = trial("Maya", "Jonas", "Ines", count=2)
    for name in ("Maya", "Jonas"):
        made.answer(name, GIVEN[name] | {(1, "rigour"): "low"}, rows=ROWS[name])
    made.merge("Maya", "Jonas")
    with made.open() as review:
        assert not review.consensus.visible(ID)
        review.consensus.leave("Ines", ID, "Has no time")
        assert review.consensus.visible(ID)
        assert made.status(review, "rigour") == "agreed"


def test_an_answer_of_one_with_two_computers_that_differs_is_a_contradiction(trial, tmp_path):
    made = trial(count=1)
    with open_copy(made.copies["Maya"]) as mine:
        at = mine.forms.answering(ID)
        at.add_row(made.uid(mine, 1), LIST, "Group")
    second = tmp_path / "second.screener"
    second.write_bytes(made.copies["Maya"].read_bytes())
    for path, dose in ((made.copies["Maya"], "3"), (second, "4")):
        with open_copy(path) as mine:
            at = mine.forms.answering(ID)
            at.answer(made.uid(mine, 1), "dose", dose, row="group")
            at.answer(made.uid(mine, 1), "story", f"told {dose}")
            at.answer(made.uid(mine, 1), "setting", "home" if dose == "3" else "HOME")
    with open_copy(made.copies["Maya"]) as mine:
        mine.consensus.merge(second)
        found = made.states(mine)
        assert found["dose", "group"][0] == "self"
        assert found["story", ""][0] == "decided"
        assert found["setting", ""][0] == "decided"
        mine.forms.answering(ID).answer(made.uid(mine, 1), "dose", "4", row="group")
        assert made.states(mine)["dose", "group"][0] == "decided"
        assert mine.verify() == []
