"""What of the review a merge takes in, and of whom a file made by merging speaks."""

import itertools
import json
import shutil
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener import compare, merge_into, open_copy, open_project
from screener.consensus.merging.checks import read_as_pages, remark_behind
from screener.consensus.merging.findings import Check, MergeRefused, Result, Step
from screener.model import Stage, UserError
from screener.steps import read_standings
from screener.store.kinds.body import LONGEST

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def older_and_newer(tmp_path, making):
    """A copy of Maya, and one of Jonas that was written after the protocol was changed."""
    project = making.review(tmp_path, records=3)
    with open_project(project) as review:
        review.protocol.add_criterion("outcomes", include="any")
        making.fill(review, tmp_path, 2, mark="later")
        review.consensus.write_copy("Jonas", tmp_path / "b2.screener")
    making.screen(tmp_path / "a.screener", dict.fromkeys(range(1, 4), "include"))
    making.screen(tmp_path / "b2.screener", dict.fromkeys(range(1, 6), "exclude"))
    return project, tmp_path / "a.screener", tmp_path / "b2.screener"


def test_two_copies_merged_one_after_the_other_in_any_order(older_and_newer, making):
    """A file made by merging takes the newer changes in, whichever copy brings them."""
    project, older, newer = older_and_newer
    found = []
    for n, files in enumerate(itertools.permutations((older, newer))):
        place = project.with_name(f"made-{n}.screener")
        for file in files:
            merge_into(place, file)
        found.append(making.shown_at(place))
    at_once = project.with_name("at-once.screener")
    merge_into(at_once, older, newer)
    found.append(making.shown_at(at_once))
    assert found[0] == found[1] == found[2]
    assert [r[1] for r in found[0]["records"]] == [1, 2, 3, 4, 5]


def test_the_newer_changes_that_a_made_file_takes_in_are_named(older_and_newer):
    project, older, newer = older_and_newer
    made = project.with_name("made.screener")
    merge_into(made, older)
    (found,) = merge_into(made, newer)
    (said,) = [f for f in found.findings if f.check is Check.HISTORY]
    assert said.result is Result.REMARK
    assert said.message.startswith("Brings ")
    assert "protocol version 2" in said.message
    assert "import from “" in said.message


def test_a_copys_newer_changes_are_taken_when_asked_for(older_and_newer, making):
    """The project was restored from a backup: the copy knows what came after."""
    project, _, _ = older_and_newer
    restored = project.with_name("restored.screener")
    making.review(project.parent / "x", records=0)
    with open_project(project) as review:
        review.backup(restored)
    with open_project(restored) as review:
        before = review.sources.count()
    old = project.with_name("old.screener")
    shutil.copy(restored, old)
    with open_project(project) as review:
        making.fill(review, project.parent, 1, mark="last")
        review.consensus.write_copy("Jonas", project.with_name("b3.screener"))
    with pytest.raises(MergeRefused, match="this project has not") as told:
        merge_into(old, project.with_name("b3.screener"))
    assert told.value.files[0].refused.step is Step.TAKE_CHANGES
    assert making.digest(old) == making.digest(restored)
    merge_into(old, project.with_name("b3.screener"), take_changes=True)
    with open_project(old) as review:
        assert review.sources.count() == before + 1
        assert review.verify() == []


@pytest.mark.parametrize("read", [read_as_pages, partial(remark_behind, found=[])])
def test_a_stage_first_shown_while_files_are_merged_still_hears_of_changes(pair, making, read):
    """The window shows a page while the worker reads the same file for a merge."""
    with open_project(pair.project) as review:

        def reader(file):
            yield from read_standings(file)
            review.duplicates.find()

        read(review._file, reader=reader)
        making.fill(review, pair.folder, 6, mark="plain", source="Embase")  # the same once more
        found = review.duplicates.find()
        assert found.certain or found.ask


def test_only_the_reviewers_logs_of_a_copy_come_into_a_project(pair, making):
    before = making.event_ids(pair.project)
    theirs = making.event_ids(pair.a) - before
    pair.merge(pair.a)
    assert making.event_ids(pair.project) == before | theirs


# --- divergent project logs -----------------------------------------------------------------------


@pytest.fixture
def divergent(pair, making):
    """Two projects that were both changed; a copy of Maya from the other, which has a record more.

    Returns a function that decides on some records in it.
    """
    elsewhere = pair.folder / "elsewhere.screener"
    shutil.copy(pair.project, elsewhere)
    with open_project(elsewhere) as review:
        making.fill(review, pair.folder, 1, mark="elsewhere")
        review.consensus.write_copy("Maya", pair.folder / "m.screener")
    with open_project(pair.project) as review:
        review.sources.remove(["8"], "retracted")

    def decided(*numbers):
        making.screen(pair.folder / "m.screener", dict.fromkeys(numbers, "include"))
        return pair.folder / "m.screener"

    return decided


def test_divergent_reviews_do_not_refuse_the_reviewers_work(pair, divergent, making):
    path = divergent(1, 2)
    with pytest.raises(MergeRefused, match="were both changed") as told:
        merge_into(pair.project, path)
    assert told.value.files[0].refused.step is Step.ANSWERS_ONLY
    before = making.event_ids(pair.project)
    (found,) = merge_into(pair.project, path, answers_only=True)
    assert any("stays out: import from" in f.message for f in found.findings), found.findings
    with open_project(pair.project) as review:
        assert review.verify() == []
        assert review.sources.count() == 7, "nothing of the other project came with them"
        assert len(review.consensus.at(TA).step.recorded()) == 2
    with open_project(path) as mine:
        own = {
            r[0]
            for r in mine._file.rows(
                "SELECT e.id FROM event e JOIN log l ON l.id = e.log WHERE l.kind = 'reviewer'"
            )
        }
    assert making.event_ids(pair.project) == before | own


def test_answers_alone_need_everything_they_name(pair, divergent, making):
    path = divergent(1, 9)
    before = making.digest(pair.project)
    with pytest.raises(UserError) as told:
        merge_into(pair.project, path, answers_only=True)
    assert str(told.value) == (
        "m.screener holds decisions on what is not in this project: record 9 (1 decision) and "
        "a version of record 9 (1 decision); go on with one of the two projects."
    )
    assert making.digest(pair.project) == before


@pytest.mark.parametrize("changed", ["protocol", "record"])
def test_a_version_that_answers_alone_name_and_that_is_not_here_is_named(pair, making, changed):
    elsewhere, path = pair.folder / "elsewhere.screener", pair.folder / "m.screener"
    shutil.copy(pair.project, elsewhere)
    with open_project(elsewhere) as review:
        if changed == "protocol":
            review.protocol.add_criterion("outcomes", include="any")
            lacking = f"version {review.protocol.current.id}"
        else:
            review.sources.correct("1", {"title": "Corrected"})
            lacking = "a version of record 1"
        review.consensus.write_copy("Maya", path)
    with open_project(pair.project) as review:
        review.sources.remove(["8"], "retracted")
    making.screen(path, {1: "include"})
    with pytest.raises(UserError) as told:
        merge_into(pair.project, path, answers_only=True)
    assert str(told.value) == (
        f"m.screener holds decisions on what is not in this project: {lacking} (1 decision); go on "
        "with one of the two projects."
    )


# --- of whom a file made by merging speaks --------------------------------------------------------


def test_a_made_file_waits_for_those_whose_files_were_given(tmp_path, making):
    project = making.review(tmp_path, records=2, reviewers=("Maya", "Jonas", "Ruth"))
    a, b, c = (tmp_path / f"{x}-knows-all.screener" for x in "abc")
    with open_project(project) as review:
        for name, path in (("Maya", a), ("Jonas", b), ("Ruth", c)):
            review.consensus.write_copy(name, path)
    making.screen(a, {1: "include", 2: "include"})
    making.screen(b, {1: "include", 2: "exclude"})
    making.screen(c, {1: "include"}, close=False)
    made = tmp_path / "made.screener"
    found = merge_into(made, a, b)
    said = [f.message for one in found for f in one.findings if f.check is Check.REVIEWER]
    assert said == ["Maya", "Jonas", "Counts only Maya and Jonas: no file of Ruth was given."]
    with open_project(made, write=False) as review:
        assert review.consensus.visible(TA), "nobody waits for Ruth, who sent nothing"
    merge_into(made, c)
    with open_project(made, write=False) as review:
        assert not review.consensus.visible(TA), "she is one of three now and has not closed"
        assert len(review._file.given) == 3
    # The coordinator's project waits for everybody, and knows no such thing.
    merge_into(project, a, b)
    with open_project(project, write=False) as review:
        assert not review.consensus.visible(TA)
        assert (review._file.given, review._file.made) == (frozenset(), False)


def test_compare_counts_only_the_files_it_was_given(tmp_path, making):
    project = making.review(tmp_path, records=2, reviewers=("Maya", "Jonas", "Ruth"))
    with open_project(project) as review:
        review.consensus.write_copy("Maya", tmp_path / "a2.screener")
    for name in ("a2", "b"):
        making.screen(tmp_path / f"{name}.screener", {1: "include", 2: "exclude"})
    with compare(tmp_path / "a2.screener", tmp_path / "b.screener") as (review, found):
        assert review.consensus.visible(TA), "Ruth takes part, and her file was not given"
        assert found[-1].findings[-1].message == (
            "Counts only Maya and Jonas: no file of Ruth was given."
        )
    with compare(*(tmp_path / f"{x}.screener" for x in ("a2", "b", "c"))) as (review, found):
        assert not review.consensus.visible(TA)
        assert [one.refused for one in found] == [None] * 3


# --- the project is lost --------------------------------------------------------------------------


def test_a_made_file_changes_nothing_of_the_review(pair, making):
    made = pair.folder / "made.screener"
    merge_into(made, pair.a, pair.b)
    before = making.event_ids(made)
    with open_project(made) as review:
        for work in (
            lambda: review.sources.remove(["1"], "w"),
            lambda: making.fill(review, pair.folder, 1, mark="new"),
            lambda: review.protocol.add_criterion("outcomes"),
            lambda: review.consensus.add_person("Ruth"),
            lambda: review.consensus.write_copy("Ruth", pair.folder / "r.screener"),
        ):
            with pytest.raises(UserError) as told:
                work()
            assert str(told.value) == (
                "This file was made by merging, so it changes nothing of the review; do that in "
                "the coordinator's project, or make a project from the reviewers' copies."
            )
        # The meeting is held in it.
        review.consensus.resolve(
            review.units.find("3"), "include", step=TA, why="w", by=["Maya", "Jonas"]
        )
        assert review.verify() == []
    assert len(making.event_ids(made)) == len(before) + 1
    assert not (pair.folder / "r.screener").exists()


def test_the_coordinators_file_is_lost(pair, making):
    made = pair.folder / "made.screener"
    merge_into(made, pair.a, pair.b, as_project="the laptop was stolen")
    with open_project(made) as review:
        assert (review._file.made, review._file.given) == (False, frozenset())
        (event,) = review._file.rows("SELECT body FROM event WHERE kind = 'continued'")
        assert json.loads(event[0])["body"] == {"why": "the laptop was stolen"}
        assert review.consensus.continued() == ["the laptop was stolen"]
        making.fill(review, pair.folder, 1, mark="new")
        review.consensus.write_copy("Ruth", pair.folder / "r.screener")
        assert review.verify() == []
    # The project that turns up again and goes on is divergent.
    with open_project(pair.project) as review:
        review.sources.remove(["1"], "retracted")
    with pytest.raises(MergeRefused, match="were both changed"):
        merge_into(made, pair.project, project=True)


def test_becoming_the_project_needs_a_reason_and_a_made_file(pair, making):
    before = making.contents(pair.folder)
    with pytest.raises(UserError, match="Say why this file becomes the project"):
        merge_into(pair.folder / "made.screener", pair.a, as_project=" ")
    with pytest.raises(UserError, match="was not made by merging; it needs no such step"):
        merge_into(pair.project, pair.a, as_project="lost")
    assert making.contents(pair.folder) == before
    made = pair.folder / "made.screener"
    merge_into(made, pair.a)
    merge_into(made, pair.a, as_project="lost")
    with open_project(made) as review:
        review.sources.remove(["1"], "w")


def test_what_cannot_be_done_with_a_merge_takes_all_of_it_back(pair, making):
    made = pair.folder / "made.screener"
    merge_into(made, pair.a)
    before = making.event_ids(made)
    with pytest.raises(UserError, match="This cannot be kept"):
        merge_into(made, pair.b, as_project="x" * (LONGEST + 1))
    assert making.event_ids(made) == before
    with open_project(made) as review:
        assert review._file.made
        assert review.verify() == []


@pytest.mark.parametrize("again", [False, True])
def test_a_merge_that_continues_and_opens_early_is_one_transaction(pair, making, again):
    """Also where the files bring nothing new any more."""
    made = pair.folder / "made.screener"
    with open_copy(pair.b) as copy:
        copy.screening.reopen(TA, "more")
    with open_project(pair.project) as review:  # the third has closed nothing yet
        review.consensus.write_copy("Ruth", pair.folder / "c.screener")
    making.screen(pair.folder / "c.screener", {1: "include"}, close=False)
    files = (pair.folder / "c.screener", pair.b)
    merge_into(made, *files) if again else merge_into(made, pair.folder / "c.screener")
    with open_project(made) as review:
        commits = []
        review._file.connection.set_trace_callback(
            lambda said: commits.append(said) if said.startswith("COMMIT") else None
        )
        told = []
        review.listen(told.append)
        assert review.consensus.hidden(TA)
        review.consensus.merge(*files, as_project="lost", open_early=True)
        assert len(commits) == 1
        assert len(told) == 1
        assert review.consensus.continued() == ["lost"]
        assert not review.consensus.hidden(TA)
        review._file.connection.set_trace_callback(None)
        assert review.verify() == []


# --- a project as input ---------------------------------------------------------------------------


def test_a_project_is_taken_only_where_it_is_meant(pair, making):
    pair.merge()
    made = pair.folder / "made.screener"
    for target in (made, pair.a):
        with pytest.raises(MergeRefused, match="is a project and no reviewer's copy") as told:
            merge_into(target, pair.project)
        assert told.value.files[0].refused.step is Step.TAKE_PROJECT
    assert not made.exists()
    (found,) = merge_into(made, pair.project, project=True)
    assert "This is a project; it brings the logs of Maya and Jonas." in [
        f.message for f in found.findings
    ]


# --- on the command line --------------------------------------------------------------------------


def test_the_command_line_asks_and_answers(pair, divergent, making):
    path = divergent(1)
    done = making.cli("merge", path, "--into", pair.project)
    assert (done.returncode, "--answers-only" in done.stderr) == (1, True)
    done = making.cli("merge", path, "--into", pair.project, "--answers-only", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["files"][0]["new_events"] == 2
    done = making.cli("merge", pair.a, "--into", pair.folder / "n.screener", "--as-project")
    assert done.returncode == 2
    done = making.cli(
        "merge", pair.a, pair.b, "--into", pair.folder / "n.screener", "--as-project",
        "--why", "lost",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    done = making.cli("remove", pair.folder / "n.screener", "1", "--why", "w")
    assert done.returncode == 0, done.stderr


# --- the property ---------------------------------------------------------------------------------


def worked_on(making, path, data):
    """Decide in a copy, reopened where it was closed, and close it or not; return a duplicate."""
    with open_copy(path) as mine:
        if mine.screening.closed(TA):
            mine.screening.reopen(TA, "again")
        verdict = st.sampled_from(["include", "exclude", "maybe"])
        drawn = data.draw(st.lists(verdict, max_size=mine.sources.count()), label=path.stem)
        for number, verdict in enumerate(drawn, 1):
            making.decide(mine, number, verdict)
        if data.draw(st.booleans(), label="closes"):
            mine.screening.close(TA)
    kept = path.with_name(f"{path.stem}-{len(list(path.parent.iterdir()))}.screener")
    return shutil.copy(path, kept)


def grouped(data, files):
    """The files in some order, some of them together."""
    order = data.draw(st.permutations(files), label="order")
    cuts = data.draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)))
    groups = [[order[0]]]
    for file, cut in zip(order[1:], cuts, strict=False):
        if cut:
            groups.append([file])
        else:
            groups[-1].append(file)
    return groups


@settings(max_examples=max(4, settings.default.max_examples // 3))
@given(data=st.data())
def test_any_order_and_grouping_shows_the_same(tmp_path_factory, making, data):
    """1 and 2 of section 7, with reopened and closed copies and a review that went on between."""
    folder = tmp_path_factory.mktemp("orders")
    project = making.review(folder, records=3)
    files = []
    for letter, name in (("a", "Maya"), ("b", "Jonas")):
        path = folder / f"{letter}.screener"
        if data.draw(st.booleans(), label=f"{name} has a newer copy"):
            with open_project(project) as review:
                making.fill(review, folder, 1, mark=f"for{letter}")
                path = folder / f"{letter}2.screener"
                review.consensus.write_copy(name, path)
        files += [worked_on(making, path, data) for _ in range(2)]
    found = {"made": [], "target": []}
    for n in range(2):
        groups = grouped(data, files)
        for how, shown in found.items():
            into = folder / f"{how}-{n}.screener"
            if how == "target":
                shutil.copy(project, into)
            for group in groups:
                merge_into(into, *group)
            shown.append(making.shown_at(into))
    assert found["made"][0] == found["made"][1]
    assert found["target"][0] == found["target"][1]
    made, target = found["made"][0], found["target"][0]
    if len(made["records"]) == len(target["records"]):
        # Whoever's copy is newest knows what the project knows.
        assert made[f"states {TA}"] == target[f"states {TA}"]
