"""A reviewer's copy: what is in it, and that no byte of anybody else is (13)."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener import merge_into, open_copy, open_project
from screener.model import Stage, UserError

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def foreign(project, own_name):
    """Everything of the other reviewers and of the meeting, in words and in ids."""
    with open_project(project, write=False) as review:
        me = next(r.id for r in review.consensus.reviewers() if r.name == own_name)
        rows = review._file.rows(
            "SELECT e.id, l.id, e.prev FROM event e JOIN log l ON l.id = e.log "
            "WHERE l.kind = 'meeting' OR (l.kind = 'reviewer' AND l.author <> ?)",
            (me,),
        )
        nonces = review._file.rows(
            "SELECT nonce FROM log WHERE kind = 'meeting' OR (kind = 'reviewer' AND author <> ?)",
            (me,),
        )
    found = {id_ for id_, _, _ in rows} | {id_.hex().encode() for id_, _, _ in rows}
    found |= {log.encode() for _, log, _ in rows} | {bytes.fromhex(log) for _, log, _ in rows}
    return found | {nonce.encode() for (nonce,) in nonces}


def assert_clean(copy, project, own_name, words):
    whole = copy.read_bytes()
    for one in (*foreign(project, own_name), *words):
        assert one not in whole, one
        assert one.hex().encode() not in whole, one


words = st.text(st.sampled_from("abcdefghijklmnop"), min_size=8, max_size=20)


@settings(max_examples=max(3, settings.default.max_examples // 5))
@given(
    secrets=st.lists(words, min_size=3, max_size=6, unique=True),
    verdicts=st.lists(st.sampled_from(["include", "exclude", "maybe"]), min_size=5, max_size=5),
)
def test_a_copy_holds_no_byte_of_anybody_else(tmp_path_factory, making, secrets, verdicts):
    folder = tmp_path_factory.mktemp("leak")
    project = making.review(folder, records=5)
    marked = [f"{word}-secret" for word in secrets]
    with open_copy(folder / "b.screener") as mine:
        for n, verdict in enumerate(verdicts, 1):
            making.decide(mine, n, verdict, note=marked[n % len(marked)])
            mine.screening.notes.set_flag(making.uid(mine, n), TA, on=True)
        mine.screening.notes.set_own_words([("participants", f"{secrets[0]}-own")])
        mine.screening.notes.keep_draft(making.uid(mine, 1), TA, {})
        mine.screening.close(TA)
    making.screen(folder / "a.screener", dict.fromkeys(range(1, 6), "include"))
    merge_into(project, folder / "a.screener", folder / "b.screener")
    with open_project(project) as review:
        review.consensus.add_person("Arbiter", arbitrator=True)
        review.consensus.add_person("Present", arbitrator=True)
        for number in (1, 2):
            review.consensus.resolve(
                making.uid(review, number),
                "include",
                step=TA,
                why=f"{marked[0]}-meeting",
                by=["Arbiter"],
            )
        review.consensus.present(["Present"])
        # Work that leaves free pages behind, in which old bytes would lie.
        review.backup()
        review.screening.open(FT)
        review.consensus.write_copy("Maya", folder / "maya.screener")
        review.consensus.write_copy("Ruth", folder / "ruth.screener")
    hidden = [word.encode() for word in marked] + [f"{secrets[0]}-own".encode()]
    for name in ("maya", "ruth"):
        assert_clean(folder / f"{name}.screener", project, name.title(), hidden)
    # Taking a newer file in brings nothing else either, not even from the project itself.
    merge_into(folder / "a.screener", folder / "maya.screener")
    merge_into(folder / "a.screener", project, project=True)
    assert_clean(folder / "a.screener", project, "Maya", hidden)
    assert not list(folder.glob(".*"))
    assert not list(folder.glob("*-journal"))


def contents(path):
    """Every row of a file with its number, and how many pages it has, how many of them free."""
    with closing(sqlite3.connect(path)) as db:
        tables = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
        found = {
            name: db.execute(
                f"SELECT {'' if 'WITHOUT ROWID' in sql else 'rowid, '}* FROM {name}"
            ).fetchall()
            for name, sql in tables
            if name != "_sqlite_migrations"  # it says when
        }
        for pragma in ("page_count", "freelist_count"):
            found[pragma] = db.execute(f"PRAGMA {pragma}").fetchall()
    return found


def test_a_newer_copy_is_the_same_whatever_others_did(tmp_path, making):
    project = making.review(tmp_path / "review", records=6)
    a, b = (project.with_name(f"{name}.screener") for name in "ab")
    alone, merged = (project.with_name(f"{name}.screener") for name in ("alone", "merged"))
    judged = {"participants": "met", "interventions": "unclear"}
    making.screen(b, {1: ("exclude", "study-design", judged), 2: "maybe", 3: "include"})
    making.screen(a, {4: "maybe", 5: ("exclude", "participants")}, close=False)
    copied = {}
    for place, files in ((alone, [a]), (merged, [b, a])):
        shutil.copy(project, place)
        merge_into(place, *files)
        with open_project(place) as review:
            review.consensus.write_copy("Maya", place.with_suffix(".maya"))
        copied[place] = contents(place.with_suffix(".maya"))
    assert copied[alone] == copied[merged]


def test_a_newer_copy_goes_on_where_the_older_one_stopped(pair, making):
    pair.merge()
    with open_project(pair.project) as review:
        making.fill(review, pair.folder, 2, mark="later")
        review.consensus.write_copy("  mAYA ", pair.folder / "a2.screener")
        assert [r.name for r in review.consensus.reviewers()] == ["Maya", "Jonas"]
    with open_copy(pair.folder / "a2.screener") as mine:
        assert mine.reviewer == "Maya"
        assert mine.screening.progress(TA).decided == 8
        assert not mine.screening.closed(TA)  # two came since: they are decided without reopening
        assert [u.number for u in mine.screening.pending(TA)] == [9, 10]
        making.decide(mine, 9, "include")
        mine.undo()
        assert mine.screening.progress(TA).decided == 8
        assert mine.verify() == []


def test_two_copies_of_one_reviewer_on_two_computers_become_one_history(
    pair, making, monkeypatch, tmp_path
):
    shutil.copy(pair.a, pair.folder / "desktop.screener")
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path / "desktop"))
    with open_copy(pair.folder / "desktop.screener") as mine:
        mine.screening.reopen(TA, "again")
        making.decide(mine, 1, "exclude")
        mine.screening.close(TA)
        logs = mine._file.rows("SELECT id FROM log WHERE kind = 'reviewer'")
        assert len(logs) == 2, "another computer writes a log of its own"
        first = mine._file.rows(
            "SELECT prev FROM event WHERE seq = 1 AND log IN "
            "(SELECT id FROM log WHERE kind = 'reviewer') AND prev IS NOT NULL"
        )
        assert len(first) == 1, "which goes on where the first one stood"
    pair.merge(pair.a, pair.b, pair.folder / "desktop.screener")
    with open_project(pair.project, write=False) as review:
        decided = review.consensus.decisions(review.units.find("1"), TA)
        assert sorted(d.verdict for d in decided) == ["exclude", "include"]
        # The agreement figures rest on the first close, before the change.
        assert review.consensus.agreement(TA).pairs[0].figures("three_way").table[0][2] == 1


@pytest.mark.parametrize("name", ["", "   "])
def test_a_copy_needs_a_name(pair, name):
    with (
        open_project(pair.project) as review,
        pytest.raises(UserError, match="Give the reviewer's name"),
    ):
        review.consensus.write_copy(name, pair.folder / "n.screener")


def test_a_copy_that_cannot_be_written_adds_no_reviewer(pair, making):
    before = making.contents(pair.folder)
    with open_project(pair.project) as review:
        for path in (pair.folder / "no" / "such.screener", pair.a, pair.project):
            with pytest.raises(UserError):
                review.consensus.write_copy("Ruth", path)
        assert [r.name for r in review.consensus.reviewers()] == ["Maya", "Jonas"]
    assert making.contents(pair.folder) == before


def test_a_copy_writes_no_copy_and_settles_nothing(pair):
    with open_copy(pair.a) as mine:
        unit = mine.units.find("1")
        for work in (
            lambda: mine.consensus.write_copy("Ruth", pair.folder / "r.screener"),
            lambda: mine.consensus.resolve(unit, "include", step=TA, why="w", by=["Maya"]),
            lambda: mine.sources.remove(["1"], "w"),
            lambda: mine.protocol.add_criterion("outcomes"),
            lambda: mine.duplicates.same([unit, mine.units.find("2")]),
            lambda: mine.screening.open(FT),
            lambda: mine.consensus.present(["Maya"]),
        ):
            with pytest.raises(UserError, match="coordinator's project"):
                work()
        assert mine.verify() == []


def test_a_project_is_not_screened_in(pair):
    with open_project(pair.project) as review:
        unit = review.units.find("1")
        for work in (
            lambda: review.screening.decide(unit, "include", stage=TA),
            lambda: review.screening.notes.set_note(unit, TA, "n"),
            lambda: review.screening.notes.set_flag(unit, TA, on=True),
            lambda: review.screening.close(TA),
            lambda: review.screening.reopen(TA, "w"),
        ):
            with pytest.raises(UserError) as told:
                work()
            assert str(told.value) == "Open your own copy to screen."
    with pytest.raises(UserError, match=r"Open your own copy to screen\."):
        open_copy(pair.project)


@pytest.mark.parametrize("name", ["r" * 300 + ".screener", "ruth.screener"])
def test_a_copy_that_cannot_be_written_lets_nobody_join(pair, name):
    """The name is too long for the disk, or what is to be copied cannot be read."""
    with open_project(pair.project) as review:
        before = [(r.id, r.name) for r in review.consensus.reviewers()]
        joined = {s: set(review.consensus.at(s).coverage.parts) for s in Stage}
        review._file.connection.execute("ALTER TABLE attachment RENAME TO elsewhere")
        with pytest.raises((UserError, sqlite3.OperationalError)):
            review.consensus.write_copy("Ruth", pair.folder / name)
        review._file.connection.execute("ALTER TABLE elsewhere RENAME TO attachment")
        assert [(r.id, r.name) for r in review.consensus.reviewers()] == before
        assert {s: set(review.consensus.at(s).coverage.parts) for s in Stage} == joined
        # Renaming a table writes its name into the schema in quotes; nothing else is changed.
        assert {problem.kind for problem in review.verify()} <= {"schema"}
    assert not [p for p in pair.folder.iterdir() if p.suffix == ".part"]


def test_a_copy_whose_place_was_taken_meanwhile_lets_nobody_join(pair):
    """It is written and cannot be given its name."""
    place = pair.folder / "ruth.screener"
    with open_project(pair.project) as review:
        before = [(r.id, r.name) for r in review.consensus.reviewers()]
        review.listen(lambda _changes: place.write_text("somebody else's"))
        with pytest.raises(UserError, match="is there already"):
            review.consensus.write_copy("Ruth", place)
        assert [(r.id, r.name) for r in review.consensus.reviewers()] == before
        assert review.verify() == []
    assert place.read_text() == "somebody else's"


def people_and_parts(review):
    return (
        [(r.id, r.name) for r in review.consensus.people()],
        {stage: sorted(review.consensus.at(stage).coverage.parts) for stage in Stage},
    )


@pytest.mark.parametrize("room", range(12))
def test_on_a_full_drive_nobody_waits_for_who_has_no_copy(pair, room):
    """So many pages more fit on the drive, and the copy does not: nothing is to be taken back."""
    copy, name = pair.folder / "ruth.screener", "Ruth" * 240  # each entry needs some pages
    with open_project(pair.project) as review:
        before = people_and_parts(review)
        connection = review._file.connection

        def refuse(action, table, _column, database, _trigger):
            denied = (action, table, database) == (sqlite3.SQLITE_INSERT, "unit_of", "fresh")
            return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK

        connection.set_authorizer(refuse)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + room}")
        with pytest.raises((UserError, sqlite3.DatabaseError)):
            review.consensus.write_copy(name, copy)
        assert people_and_parts(review) == before
        assert not copy.exists()
        connection.execute(f"PRAGMA max_page_count = {1 << 30}")
        connection.set_authorizer(None)
        review.consensus.write_copy(name, copy)
        assert [r.name for r in review.consensus.reviewers()] == ["Maya", "Jonas", name]


def test_a_copy_is_one_action_that_adds_and_joins(pair):
    with open_project(pair.project) as review:
        review.consensus.write_copy("Ruth", pair.folder / "ruth.screener")
        rows = review._file.rows("SELECT body FROM event ORDER BY rowid DESC LIMIT 2")
        assert len({json.loads(body)["action"] for (body,) in rows}) == 1
        assert {json.loads(body)["action_name"] for (body,) in rows} == {"Add reviewer Ruth"}
