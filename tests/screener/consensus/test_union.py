"""A merge is a union: it commutes, associates, repeats without effect, happens whole or not at all.

Section 7 of docs/project-file.md: 1 to 4, 11, 12.
"""

import itertools
import shutil
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener import merge_into, open_copy, open_project
from screener.model import Cancelled, Stage, UserError, Verdict
from screener.store import union

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def three(tmp_path, making):
    """A project with three reviewers' closed copies; the first has an older copy of itself too."""
    project = making.review(tmp_path, records=5, reviewers=("Maya", "Jonas", "Ruth"))
    a, b, c = (tmp_path / f"{x}.screener" for x in "abc")
    making.screen(a, {1: "include", 2: "exclude"}, close=False)
    shutil.copy(a, tmp_path / "older.screener")
    making.screen(a, {2: "include", 3: ("exclude", "participants"), 4: "maybe", 5: "include"})
    making.screen(b, dict.fromkeys(range(1, 6), "include"))
    making.screen(c, dict.fromkeys(range(1, 5), "exclude"))
    return project, a, b, c, tmp_path / "older.screener"


def merged(base, name, *steps, **answers):
    """Merge step after step into a duplicate of the project."""
    place = base.with_name(f"{name}.screener")
    shutil.copy(base, place)
    for files in steps:
        merge_into(place, *files, **answers)
    return place


def test_a_merge_commutes_and_associates(three, making):
    project, a, b, c, older = three
    wanted = making.shown_at(merged(project, "at-once", [a, b, c]))
    ids = making.event_ids(project.with_name("at-once.screener"))
    for n, order in enumerate(itertools.permutations([a, b, c])):
        place = merged(project, f"order-{n}", *[[f] for f in order])
        assert making.event_ids(place) == ids
        assert making.shown_at(place) == wanted
    for n, steps in enumerate(([[a, b], [c]], [[c], [b, a]], [[older], [b], [c, a]])):
        place = merged(project, f"steps-{n}", *steps)
        assert making.event_ids(place) == ids
        assert making.shown_at(place) == wanted


def test_projects_made_apart_and_merged_hold_the_same(three, making):
    project, a, b, c, _ = three
    left, right = merged(project, "left", [a]), merged(project, "right", [b, c])
    whole = merged(project, "whole", [a, b, c])
    one = merged(left, "left-right", [right], project=True)
    other = merged(right, "right-left", [left], project=True)
    assert making.event_ids(one) == making.event_ids(other) == making.event_ids(whole)
    assert making.shown_at(one) == making.shown_at(other) == making.shown_at(whole)


def test_a_project_made_from_the_copies_alone_shows_the_same(three, making):
    project, a, b, c, _ = three
    whole = making.shown_at(merged(project, "whole", [a, b, c]))
    for n, order in enumerate(([a, b, c], [c, a, b])):
        place = project.with_name(f"made-{n}.screener")
        merge_into(place, *order)
        assert making.shown_at(place) == whole


def test_merging_again_or_an_older_copy_leaves_the_file_as_it_is(three, making):
    project, a, b, c, older = three
    merge_into(project, a, b, c)
    before = making.digest(project)
    for files in ([a], [older], [c, b, a], [older, b]):
        found = merge_into(project, *files)
        assert [f.new_events for f in found] == [0] * len(files)
        assert any("Nothing new" in x.message for x in found[0].findings)
        assert making.digest(project) == before
    with open_project(project) as review:
        assert review.backups(), "the target was backed up before it was merged into"


def test_what_an_author_has_said_stands_beside_what_comes_later(tmp_path, making):
    """Also where it was one entry, and the last of the file."""
    project = making.review(tmp_path, records=2)
    copy = tmp_path / "a.screener"
    for number in (1, 2):
        making.screen(copy, {number: "include"}, close=False)
        merge_into(project, copy)
        with open_project(project, write=False) as review:
            (last,) = review._file.rows("SELECT kind FROM event ORDER BY rowid DESC LIMIT 1")
            assert last == ("decision",)
            (maya, _) = review.consensus.reviewer_standings(TA)
            assert maya.decided == number
            assert review.verify() == []


def test_a_stage_closed_on_two_computers_apart_has_one_code(tmp_path, making, monkeypatch):
    """Neither close takes the place of the other; the same of them is shown in either order."""
    project = making.review(tmp_path, records=2)
    one, other = tmp_path / "a.screener", tmp_path / "laptop.screener"
    making.screen(one, {1: "include"}, close=False)
    shutil.copy(one, other)
    making.screen(one, {2: "include"})
    with monkeypatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(tmp_path / "another-computer"))
        making.screen(other, {2: "exclude"})
    ends = [merged(project, "one", [one], [other]), merged(project, "other", [other], [one])]
    ends += [merged(one, "mine", [other]), merged(other, "mine-too", [one])]
    codes = []
    for end in ends:
        with open_project(end, write=False) as review:
            codes.append(review.consensus.reviewer_standings(TA)[0].code)
            if review.is_copy:
                codes.append(review.screening.stages.code(TA))
    assert len(codes) == 6
    assert len(set(codes)) == 1
    assert codes[0]


def test_inputs_are_never_written(three, making, tmp_path):
    project, a, b, c, older = three
    inputs = {f: making.digest(f) for f in (a, b, c, older)}
    merge_into(project, a, b, c)
    merge_into(project, older)
    assert {f: making.digest(f) for f in inputs} == inputs
    assert not [
        p.name for p in tmp_path.iterdir() if p.name.startswith(".") or "-journal" in p.name
    ]


class Broken(sqlite3.Connection):
    """A connection that fails at its n-th statement that writes or reads."""

    left = None

    def _count(self):
        if Broken.left is not None:
            if Broken.left == 0:
                Broken.left = None
                raise RuntimeError("broken on purpose")
            Broken.left -= 1

    def execute(self, *arguments):
        self._count()
        return super().execute(*arguments)

    def executemany(self, *arguments):
        self._count()
        return super().executemany(*arguments)


def test_an_exception_at_any_statement_leaves_before_or_after(three, making, monkeypatch):
    project, a, b, c, _ = three
    place = merged(project, "broken")
    # With caches that must be computed anew too: one reviewer's part is here already.
    merge_into(place, three[4])
    before = making.shown_at(place)
    after = making.shown_at(merged(place, "after", [a, b, c]))
    assert before != after
    start = making.digest(place)
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **{"factory": Broken, **k}))
    with open_project(place) as review:
        private = review._file
        sources = []
        for n, file in enumerate((a, b, c)):
            shutil.copy(file, place.with_name(f"private-{n}"))
            with open_project(place.with_name(f"private-{n}"), write=False) as one:
                ids = frozenset(r for (r,) in one._file.rows("SELECT id FROM log"))
            sources.append(union.Source(path=place.with_name(f"private-{n}"), logs=ids))
        for n in range(500):
            Broken.left = n
            try:
                union.union(private, sources)
            except RuntimeError:
                Broken.left = None
                assert not private.connection.in_transaction
                for _, name, _ in private.connection.execute("PRAGMA database_list").fetchall():
                    if name not in ("main", "temp"):  # the statement that failed was its DETACH
                        private.connection.execute(f"DETACH {name}")
                assert making.shown(review) in (before, after), f"half a merge at statement {n}"
            else:
                break
        else:
            pytest.fail("the merge has more statements than were tried")
        assert n > 20, "the merge was broken at too few places"
        Broken.left = None
        assert making.shown(review) == after
        assert review.verify() == []
    assert making.digest(place) != start


@pytest.mark.parametrize("at", range(6))
def test_a_cancelled_merge_changes_nothing(three, making, at):
    project, a, b, _, _ = three
    before = making.digest(project)
    seen = []

    def progress(done, total, what):
        seen.append(what)
        if len(set(seen)) > at:
            raise Cancelled

    with pytest.raises(Cancelled):
        merge_into(project, a, b, progress=progress)
    assert making.digest(project) == before


def test_a_merge_says_all_along_what_it_does(three):
    project, a, b, _, _ = three
    seen = []
    merge_into(project, a, b, progress=lambda *said: seen.append(said))
    assert all(0 <= done <= (done if total is None else total) for done, total, _ in seen), seen
    assert list(dict.fromkeys(what for _, _, what in seen)) == [
        *("Checking the file", "Checking records", "Checking the history", "Checking the imports"),
        *("Computing what is shown anew", "Making a backup", "Taking decisions in"),
        *("Reading again what was written", "Reading everything once", "Saving"),
    ]


def test_all_chosen_files_or_none(three, making, tmp_path):
    project, a, b, _, _ = three
    bad = tmp_path / "bad.screener"
    bad.write_bytes(b"nothing of the kind")
    before = making.digest(project)
    with pytest.raises(UserError, match=r"bad\.screener is not a Screener file"):
        merge_into(project, a, bad, b)
    assert making.digest(project) == before
    made = tmp_path / "made.screener"
    with pytest.raises(UserError, match="not a Screener file"):
        merge_into(made, a, bad)
    assert not made.exists()


def test_too_many_files_at_once_are_refused(tmp_path, making):
    project = making.review(tmp_path, records=1)
    files = [shutil.copy(tmp_path / "a.screener", tmp_path / f"x{n}.screener") for n in range(9)]
    before = making.digest(project)
    with pytest.raises(UserError, match="9 files are too many at once; merge at most 8"):
        merge_into(project, *files)
    assert making.digest(project) == before


@settings(max_examples=max(5, settings.default.max_examples // 3))
@given(
    st.lists(
        st.tuples(
            st.integers(0, 1),
            st.integers(1, 4),
            st.sampled_from(["include", "exclude", "maybe", "none"]),
        ),
        max_size=12,
    )
)
def test_status_is_the_same_when_the_reviewers_swap(tmp_path_factory, making, decisions):
    """7: whoever of the two decided what, a unit's status and outcome are the same."""
    found = []
    for swap in (0, 1):
        folder = tmp_path_factory.mktemp("swap")
        project = making.review(folder, records=4)
        copies = [folder / "a.screener", folder / "b.screener"]
        for which, copy in enumerate(copies):
            with open_copy(copy) as mine:
                for who, number, verdict in decisions:
                    if who ^ swap == which:
                        making.decide(mine, number, verdict)
                mine.screening.close(TA)
        merge_into(project, *copies)
        with open_project(project, write=False) as review:
            numbers = dict(review.units.numbered())
            states = review.consensus.states(TA)
            found.append(
                {numbers[u]: (s.status, s.outcome, s.kind, s.elements) for u, s in states.items()}
            )
            table = review.consensus.agreement(TA).json()["pairs"]
            found[-1]["table"] = [p["three_way"]["table"] for p in table]
    turned = [[list(row) for row in zip(*t, strict=True)] for t in found[1].pop("table")]
    assert found[0].pop("table") == turned
    assert found[0] == found[1]
    assert all(v is not Verdict.NONE for v in found[0])


CONTENT = ("record", "record_version", "protocol_version", "form_version", "attachment")


def test_all_content_of_a_review_comes_with_a_merge_and_once(tmp_path, making):
    """Nothing writes attachments yet, and files that have them are read already."""
    project = making.review(tmp_path, records=3)
    with sqlite3.connect(project) as connection:
        connection.execute("INSERT INTO attachment VALUES (?, 'a.pdf', 5)", (b"\7" * 32,))
    connection.close()
    with open_project(project) as review:
        making.fill(review, tmp_path, 1, mark="later")
        for letter, name in (("c", "Maya"), ("d", "Jonas")):
            review.consensus.write_copy(name, tmp_path / f"{letter}.screener")
    made = tmp_path / "made.screener"
    files = [tmp_path / f"{letter}.screener" for letter in "acd"]
    for some in (files[:1], files[1:], files):
        merge_into(made, *some)
    for table in CONTENT:
        wanted, found = (_rows(path, table) for path in (project, made))
        assert found == wanted, table
        assert wanted or table == "form_version"


def _rows(path, table):
    with open_project(path, write=False) as review:
        return sorted(review._file.rows(f"SELECT * FROM {table}"), key=str)
