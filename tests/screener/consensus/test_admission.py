"""Every row of the admission table (docs/project-file.md, section 4), with its exact sentence."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from screener import compare, create_project, merge_into, open_copy, open_project
from screener.consensus.merging.findings import Check, Result, Step
from screener.duplicates.found import Group
from screener.model import Stage, UserError
from screener.report.listing import Which, listing
from screener.store import history, journals
from screener.store.history import Past
from screener.store.migrations import USER_VERSION
from tests.screener.links import link_to

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


@pytest.fixture
def refused(pair, making):
    """Assert that a file is refused with a sentence, and that no file changed a byte."""

    def check(path, sentence, check, step, **answers):
        before = making.contents(pair.folder)
        with open_project(pair.project) as review:
            (found,) = review.consensus.admission(path, **answers)
            assert found.refused is not None, [f.message for f in found.findings]
            assert (found.refused.message, found.refused.check, found.refused.step) == (
                sentence,
                check,
                step,
            )
            with pytest.raises(UserError) as told:
                review.consensus.merge(pair.b, path, **answers)
            assert str(told.value) == sentence
        assert making.contents(pair.folder) == before

    return check


def remarks(pair, path, **how):
    """Admit a file into the project and return what was said, by check."""
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(path, **how)
    assert found.refused is None, found.refused
    said = {}
    for one in found.findings:
        said.setdefault(one.check, []).append((one.result, one.message))
    return said


# --- 1 to 3: header and version -------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 a zip", b"SQLite format 3\x00" + bytes(84), b"TY  - JOUR\n" * 20],
    ids=["zip", "sqlite of somebody else", "ris"],
)
def test_1_not_a_screener_file(pair, refused, content):
    path = pair.folder / "x.screener"
    path.write_bytes(content)
    refused(
        path,
        "x.screener is not a Screener file, although its name ends so: something was written over "
        "it, or it is another file; restore a backup of it (File, Backups).",
        Check.FILE,
        Step.OTHER_FILE,
    )


def test_1_an_empty_file(pair, refused):
    path = pair.folder / "x.screener"
    path.touch()
    refused(
        path,
        "x.screener is empty, there is nothing in it: what copied it here did not finish; copy it "
        "again, or restore a backup (File, Backups).",
        Check.FILE,
        Step.OTHER_FILE,
    )


def test_1_another_programs_database(pair, refused):
    path = pair.folder / "zotero.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE items (id)")
    connection.close()
    refused(
        path,
        "zotero.sqlite is not a Screener file; choose a file that ends in .screener.",
        Check.FILE,
        Step.OTHER_FILE,
    )


def test_1_no_file_and_a_folder(pair, refused):
    (pair.folder / "d").mkdir()
    refused(
        pair.folder / "gone.screener",
        f"There is no file {pair.folder / 'gone.screener'}; check the name and the folder.",
        Check.FILE,
        Step.OTHER_FILE,
    )
    refused(
        pair.folder / "d",
        f"{pair.folder / 'd'} is a folder; choose a file in it.",
        Check.FILE,
        Step.OTHER_FILE,
    )


def with_version(path, version):
    with path.open("r+b") as handle:
        handle.seek(60)
        handle.write(version.to_bytes(4, "big"))


def test_2_a_newer_version(pair, refused):
    with_version(pair.a, USER_VERSION + 1)
    refused(
        pair.a,
        f"a.screener was made by a newer Screener (file version {USER_VERSION + 1}, this one knows "
        f"{USER_VERSION}); update this program, nothing was changed.",
        Check.FILE,
        Step.UPDATE,
    )
    with pytest.raises(UserError, match="update this program, nothing was changed"):
        open_copy(pair.a)


# --- 4: a journal beside it -----------------------------------------------------------------------

SAVING = """
import os, sys, time
from pathlib import Path
from screener import open_copy
from screener.model import Stage, Verdict
from screener.screening.screening import Draft

with open_copy(sys.argv[1]) as mine:
    # So small a cache that changed pages go to the file in the middle of the transaction.
    mine._file.connection.execute("PRAGMA cache_size = 1")
    mine._file.connection.execute("PRAGMA cache_spill = 1")
    units = mine.screening.queues.queue(Stage.TITLE_ABSTRACT)
    def hold(done, total, what):
        if done:
            print("saving", flush=True)
            time.sleep(60)
    drafts = [
        Draft(unit=u, verdict=Verdict.EXCLUDE, note="a long note " * 200) for u in units
    ]
    mine.screening.decisions.decide_many(drafts, stage=Stage.TITLE_ABSTRACT, progress=hold)
"""


@pytest.fixture
def cut_off(tmp_path, making):
    """A copy of which a process was killed in the middle of saving 150 decisions."""
    folder = tmp_path / "cut"
    project = making.review(folder, records=150)
    copy = folder / "a.screener"
    making.screen(copy, {}, close=False)
    with subprocess.Popen(
        [sys.executable, "-c", SAVING, str(copy)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "saving\n"
        child.kill()
        child.wait()
    assert journals.belongs(copy), "the test killed the child too early or too late"
    return project, copy


def test_4_a_copy_taken_while_it_was_being_saved(cut_off, making, tmp_path):
    project, copy = cut_off
    before = making.contents(copy.parent)
    with open_project(project) as review:
        (found,) = review.consensus.admission(copy)
        said = {f.check: f for f in found.findings}
        assert found.refused is None
        assert said[Check.JOURNAL].message == (
            "a.screener was copied while it was being saved; what was not saved yet is left out."
        )
        assert found.decided == {TA: 0}
    assert making.contents(copy.parent) == before | making.contents(project.parent)
    assert journals.belongs(copy)
    # Reading commands leave it and its journal as they are, too.
    with open_project(copy, write=False) as mine:
        assert mine.verify() == []
        assert mine.screening.progress(TA).decided == 0
    assert making.digest(copy) == before[copy.name]
    # Opened for writing, SQLite takes the half-saved decisions back.
    with open_copy(copy) as mine:
        assert mine.verify() == []
        assert mine.screening.progress(TA).decided == 0


def test_4_without_its_journal_a_fresh_copy_is_asked_for(cut_off, making):
    project, copy = cut_off
    sent = project.parent / "sent.screener"
    shutil.copy(copy, sent)
    before = making.contents(sent.parent)
    with open_project(project) as review:
        (found,) = review.consensus.admission(sent)
    assert found.refused.check in (Check.INTEGRITY, Check.FILE)
    assert "ask for a fresh copy" in found.refused.message
    assert {k: v for k, v in making.contents(sent.parent).items() if k in before} == before


def test_4_an_empty_journal_is_ignored_and_a_torn_one_asks_for_a_fresh_copy(pair, refused):
    journal = pair.a.with_name("a.screener-journal")
    journal.write_bytes(b"")
    said = remarks(pair, pair.a)
    assert Check.JOURNAL not in said
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + os.urandom(4000))
    said = remarks(pair, pair.a)
    assert said[Check.JOURNAL][0][0] is Result.REMARK
    assert journal.stat().st_size == 4008


def test_restoring_a_file_that_was_being_saved_gives_a_whole_file(cut_off, tmp_path):
    from screener import restore

    _, copy = cut_off
    restore(copy, tmp_path / "whole.screener")
    assert not (tmp_path / "whole.screener-journal").exists()
    with open_copy(tmp_path / "whole.screener") as mine:
        assert mine.verify() == []


# --- 5 and 6: schema and damage -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "CREATE TRIGGER sly AFTER INSERT ON event BEGIN DELETE FROM own; END",
            "trigger sly",
        ),
        ("CREATE VIEW seen AS SELECT * FROM event", "view seen"),
        ("CREATE TABLE more (id)", "table more"),
        ("DROP TRIGGER event_kept_on_delete", "trigger event_kept_on_delete"),
        ("DROP INDEX event_in_log", "index event_in_log"),
        (
            "CREATE TRIGGER sly AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM own; END",
            "trigger sly",
        ),
    ],
)
def test_5_an_altered_schema(pair, refused, statement, named):
    connection = sqlite3.connect(pair.a)
    connection.execute(statement)
    connection.close()
    sentence = (
        f"a.screener was altered by another program ({named}); "
        "ask for a fresh copy or restore a backup."
    )
    refused(pair.a, sentence, Check.SCHEMA, Step.FRESH_COPY)
    with pytest.raises(UserError) as told:
        open_copy(pair.a)
    assert str(told.value) == sentence


def damage(path, old, new):
    """Change bytes of a file as a bad drive or an editor would."""
    whole = path.read_bytes()
    assert old in whole, f"{old!r} is not in the file as plain bytes"
    assert len(old) == len(new)
    path.write_bytes(whole.replace(old, new))


def test_6_a_changed_decision(pair, refused):
    damage(pair.a, b'"verdict":"maybe"', b'"verdict":"maybE"')
    with open_project(pair.a, check_up_to=-1) as mine:
        problems = mine.verify()
    assert {p.kind for p in problems} >= {"event"}
    refused(
        pair.a,
        f"a.screener is damaged ({problems[0].message.rstrip('.')}); ask for a fresh copy, or take "
        "in what is whole.",
        Check.INTEGRITY,
        Step.SALVAGE,
    )


def test_6_salvage_takes_in_what_is_whole(pair, making):
    whole = making.event_ids(pair.a)
    with open_copy(pair.a) as mine:
        rows = mine._file.rows(
            "SELECT e.id, e.seq FROM event e JOIN log l ON l.id = e.log WHERE l.kind = 'reviewer' "
            "ORDER BY e.seq"
        )
    damage(pair.a, b'"verdict":"maybe"', b'"verdict":"maybE"')
    before = making.digest(pair.a)
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(pair.a, salvage=True)
        assert any(
            f.message == "a.screener is damaged; only entries that are whole are taken in."
            for f in found.findings
        )
        review.consensus.merge(pair.a, salvage=True)
        kept = {r[0] for r in review._file.rows("SELECT id FROM event")}
        assert review.verify() == []
    assert making.digest(pair.a) == before
    # The damaged one and what follows it in the chain are left out, everything before is there.
    mine = [id_ for id_, _ in rows]
    assert 0 < len([i for i in mine if i in kept]) < len(mine)
    assert [i for i in mine if i in kept] == mine[: len([i for i in mine if i in kept])]
    assert kept & whole


def test_6_salvage_gives_no_log_to_another_author(pair, making):
    """A log that an editor put another name on does not come in, and hurts nothing."""
    with open_project(pair.project, write=False) as review:
        maya, jonas = (r.id for r in review.consensus.reviewers())
    connection = sqlite3.connect(pair.a)
    connection.execute("DROP TRIGGER log_kept_on_update")
    ((sql,),) = sqlite3.connect(pair.b).execute(
        "SELECT sql FROM sqlite_master WHERE name = 'log_kept_on_update'"
    )
    connection.execute("UPDATE log SET author = ? WHERE author = ?", (jonas, maya))
    connection.execute(sql)
    connection.commit()
    connection.close()
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(pair.a)
        assert found.refused.check is Check.INTEGRITY
        with contextlib.suppress(UserError):
            review.consensus.merge(pair.a, salvage=True)
        assert review.verify() == []
        review.consensus.merge(pair.b)
        assert review.verify() == []


def test_6_a_schema_whose_bytes_are_no_text(pair):
    damage(pair.a, b"CREATE TABLE own", b"CREATE TABL\xb3 own")
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(pair.a)
        assert found.refused.check is Check.FILE
    with pytest.raises(UserError, match=r"^a\.screener is damaged; restore a backup"):
        open_copy(pair.a)


def test_6_damage_of_any_kind_is_a_sentence(pair, making, tmp_path):
    """Bytes changed anywhere: refused or admitted as it is, never a traceback, never written."""
    import random

    chance = random.Random(7)
    whole = pair.a.read_bytes()
    noticed = 0
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(pair.a)
        entries = found.new_events + found.known_events
        for n in range(30):
            path = tmp_path / "damaged.screener"
            changed = bytearray(whole)
            at = chance.randrange(100, len(whole))
            size = chance.choice([1, 1, 16, 512])
            changed[at : at + size] = chance.randbytes(min(size, len(whole) - at))
            path.write_bytes(changed)
            (found,) = review.consensus.admission(path)
            noticed += found.refused is not None
            if found.refused is None:  # it hit a cache or nothing: every entry is whole
                assert found.new_events + found.known_events == entries
            (found,) = review.consensus.admission(path, salvage=True)
            if n % 5 == 0:
                with contextlib.suppress(UserError):
                    review.consensus.merge(path, salvage=True)
                assert review.verify() == [], f"damage {n} got into the project"
            assert path.read_bytes() == changed
    assert noticed > 5


# --- 7 to 11: whose file is it --------------------------------------------------------------------


def test_7_another_project(pair, refused, making):
    making.review(pair.folder / "other", records=3)
    refused(
        pair.folder / "other" / "a.screener",
        "a.screener belongs to another project: “Peers by telephone”, 3 records; choose a file of "
        "this review.",
        Check.PROJECT,
        Step.OTHER_FILE,
    )


def test_8_a_shorter_project_log_is_admitted(pair):
    with open_project(pair.project) as review:
        review.sources.remove(["1"], "retracted")
        review.protocol.add_criterion("outcomes", include="any")
    said = remarks(pair, pair.a)
    assert said[Check.HISTORY] == [
        (
            Result.REMARK,
            (
                "Does not know the last 2 changes to the review; "
                "its decisions carry their protocol version."
            ),
        )
    ]
    assert said[Check.PROTOCOL][0][1] == (
        "8 decisions were made under an older version than 2; they come in and are marked where it "
        "matters."
    )
    pair.merge()
    with open_project(pair.project, write=False) as review:
        found = review.consensus.all_decisions(TA)
        assert {d.protocol for ds in found.values() for d in ds} == {1}
        states = review.consensus.states(TA)
        assert states[review.units.find("2")].stale, "a criterion was added since"


def test_8_a_longer_project_log(pair, refused, making):
    elsewhere = pair.folder / "newer.screener"
    shutil.copy(pair.project, elsewhere)
    with open_project(elsewhere) as review:
        review.protocol.add_criterion("outcomes", include="any")
        review.consensus.write_copy("Maya", pair.folder / "newer-a.screener")
    refused(
        pair.folder / "newer-a.screener",
        "newer-a.screener has 1 change to the review that this project has not (protocol "
        "version 2); if this project was restored from a backup, take them in, "
        "else open the newer project.",
        Check.HISTORY,
        Step.TAKE_CHANGES,
    )
    # The newer project itself is taken in.
    assert remarks(pair, elsewhere, project=True)[Check.HISTORY] == [
        (Result.REMARK, "Brings 1 newer change to the review: protocol version 2.")
    ]
    merge_into(pair.project, elsewhere, project=True)
    assert remarks(pair, pair.folder / "newer-a.screener")[Check.HISTORY][0][0] is Result.OK


def test_8_a_newer_copy_is_taken_into_the_older_one(pair, making):
    with open_project(pair.project) as review:
        making.fill(review, pair.folder, 2, mark="later")
        review.consensus.merge(pair.b)
        review.consensus.write_copy("Maya", pair.folder / "newer-a.screener")
    ids = making.event_ids(pair.a)
    merge_into(pair.a, pair.folder / "newer-a.screener")
    with open_copy(pair.a) as mine:
        assert mine.sources.count() == 10
        assert mine.screening.progress(TA).pending == 2
        assert mine.verify() == []
    assert ids < making.event_ids(pair.a)
    assert not making.event_ids(pair.a) & (
        making.event_ids(pair.b) - making.event_ids(pair.project)
    )


def test_8_divergent_project_logs(pair, refused):
    elsewhere = pair.folder / "elsewhere.screener"
    shutil.copy(pair.project, elsewhere)
    with open_project(elsewhere) as review:
        review.sources.remove(["2"], "retracted")
    with open_project(pair.project) as review:
        review.sources.remove(["1"], "retracted")
        review.duplicates.different([review.units.find("3"), review.units.find("4")])
    refused(
        elsewhere,
        "elsewhere.screener and this project were both changed: 2 changes only here, 1 only there "
        "(removal; answer on duplicates; removal); go on with one of the two, or "
        "take in the decisions alone.",
        Check.HISTORY,
        Step.ANSWERS_ONLY,
        project=True,
    )


def test_9_an_unknown_reviewer(pair, refused, monkeypatch):
    """A copy of somebody who is no reviewer here, under a project log that is shorter."""
    with open_project(pair.project) as review:
        review.consensus.write_copy("Ruth", pair.folder / "r.screener")
        review.consensus.remove_person("Ruth")
    refused(
        pair.folder / "r.screener",
        "r.screener holds decisions of Ruth, who is no reviewer of this project; write a copy for "
        "that name first.",
        Check.REVIEWER,
        Step.OTHER_FILE,
    )


def test_9_a_copy_takes_in_nobody_elses_decisions(pair, making):
    before = making.contents(pair.folder)
    with pytest.raises(UserError) as told:
        merge_into(pair.a, pair.b)
    assert str(told.value) == (
        "b.screener is Jonas's copy; a reviewer's copy takes in nobody else's decisions."
    )
    assert making.contents(pair.folder) == before


def test_10_an_own_older_copy(pair):
    shutil.copy(pair.a, pair.folder / "older.screener")
    pair.merge()
    assert remarks(pair, pair.folder / "older.screener")[Check.BRINGS] == [
        (Result.REMARK, "Nothing new: everything in it is here already.")
    ]


def test_10_a_second_computer(pair, making, monkeypatch, tmp_path):
    pair.merge()
    with open_project(pair.project) as review:
        review.consensus.write_copy("Maya", pair.folder / "a2.screener")
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path / "desktop"))
    with open_copy(pair.folder / "a2.screener") as mine:
        mine.screening.reopen(TA, "one more look")
        making.decide(mine, 3, "exclude", reason="study-design")
        mine.screening.close(TA)
    assert remarks(pair, pair.folder / "a2.screener")[Check.BRINGS] == [
        (
            Result.REMARK,
            "1 decision made or changed, 1 closing, 1 reopening, from another computer.",
        )
    ]
    pair.merge(pair.folder / "a2.screener")
    with open_project(pair.project, write=False) as review:
        assert review.consensus.states(TA)[review.units.find("3")].status == "agreed"


@pytest.fixture
def forked(pair, making, monkeypatch, tmp_path):
    """Jonas's computer was cloned with everything on it, and both went on with the same log."""
    home = Path(os.environ["SCREENER_HOME"])
    twin = pair.folder / "twin.screener"
    shutil.copy(pair.b, twin)
    shutil.copytree(home, tmp_path / "clone")
    with open_copy(pair.b) as mine:
        mine.screening.reopen(TA, "here")
        making.decide(mine, 1, "exclude")
        mine.screening.close(TA)
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path / "clone"))
    with open_copy(twin) as mine:
        mine.screening.reopen(TA, "there")
        making.decide(mine, 1, "maybe")
        making.decide(mine, 2, "exclude", reason="participants")
        mine.screening.close(TA)
    monkeypatch.setenv("SCREENER_HOME", str(home))
    return twin


def test_what_a_file_brings_is_what_is_new_in_it(tmp_path, making):
    """A log that is not here, one of which the beginning is here, one that is here as a whole."""
    project = making.review(tmp_path, records=3)
    copy = tmp_path / "a.screener"
    for more, words in (
        ({1: "include", 2: "maybe"}, "2 decisions made or changed."),
        ({3: "exclude"}, "1 decision made or changed."),
        ({}, "Nothing new: everything in it is here already."),
    ):
        making.screen(copy, more, close=False)
        with open_project(project) as review:
            (found,) = review.consensus.admission(copy)
            review.consensus.merge(copy)
        assert [f.message for f in found.findings if f.check is Check.BRINGS] == [words]


def test_decisions_that_stand_are_counted_and_entries_apart(tmp_path, making):
    project, copy = making.review(tmp_path, records=3), tmp_path / "a.screener"
    with open_copy(copy) as mine:
        making.decide(mine, 1, "include")
        making.decide(mine, 1, "exclude")
        making.decide(mine, 2, "include")
        making.decide(mine, 3, "include")
        mine.undo()
    with open_project(project) as review:
        (found,) = review.consensus.admission(copy)
        said = [one.message for one in found.findings if one.check is Check.BRINGS]
        assert said == ["2 decisions made or changed (5 entries)."]
        assert review.consensus.merge(copy).answers == 2
    with open_copy(copy) as mine:
        making.decide(mine, 2, "maybe")
    with open_project(project) as review:
        assert review.consensus.merge(copy).answers == 1


def test_records_and_those_without_duplicates_are_told_apart(tmp_path, making):
    project, copy = making.review(tmp_path, records=3), tmp_path / "a.screener"
    with open_project(project) as review:
        one, two = review.units.ids()[:2]
        review.duplicates.join([Group(records=(one, two), kept=one, rules=("same-doi",))])
        (found,) = review.consensus.admission(copy)
        said = [one.message for one in found.findings if one.check is Check.RECORDS]
        assert said == ["3 of 3 records (2 without duplicates), the same as here."]
        review.backup()
        assert review.backups()[0].what.amount.startswith("3 records (2 without duplicates), ")


def test_11_a_fork_keeps_both_branches(pair, forked, making):
    pair.merge()
    said = remarks(pair, forked)
    assert said[Check.FORK] == [
        (
            Result.REMARK,
            (
                "The same file was continued in two places; both are kept, and where they differ "
                "the unit is listed as the reviewer's own contradiction."
            ),
        )
    ]
    pair.merge(forked)
    with open_project(pair.project) as review:
        ids = {r[0] for r in review._file.rows("SELECT id FROM event")}
        assert making.event_ids(pair.b) | making.event_ids(forked) <= ids
        states = review.consensus.states(TA)
        assert states[review.units.find("1")].status == "self"
        assert states[review.units.find("2")].status == "agreed", "the same in both branches"
        assert review.verify() == []
        review.consensus.write_copy("Jonas", pair.folder / "mended.screener")
    with open_copy(pair.folder / "mended.screener") as mine:
        assert mine.verify() == []
        mine.screening.reopen(TA, "which of the two") if mine.screening.closed(TA) else None
        making.decide(mine, 1, "include")
        mine.screening.close(TA)
    pair.merge(pair.folder / "mended.screener")
    with open_project(pair.project, write=False) as review:
        assert review.consensus.states(TA)[review.units.find("1")].status == "agreed"


def test_11_a_close_of_one_branch_does_not_cover_what_the_other_branch_answered(
    pair, forked, making
):
    here, there = making.event_ids(forked), making.event_ids(pair.b)
    pair.merge()
    pair.merge(forked)
    with open_project(pair.project, write=False) as review:
        (closes,) = (c for c in history.closings(review._file, TA).values() if len(c) > 1)
        for end in closes:
            past = Past.of(review._file, end.log, end.seq, end.event)
            mine = here if bytes.fromhex(end.event) in here else there
            rows = review._file.rows("SELECT log, seq, id FROM event WHERE log = ?", (end.log,))
            held = {id_ for log, seq, id_ in rows if past.holds(log, seq, id_.hex())}
            assert held, "the close lies in its own past"
            assert held <= mine, end
    assert len(closes) == 3, "one before the clone and one in each branch"


def test_11_a_duplicated_file_on_one_computer_starts_a_log_of_its_own(pair, making):
    twin = pair.folder / "twin.screener"
    shutil.copy(pair.b, twin)
    for path, verdict in ((pair.b, "exclude"), (twin, "maybe")):
        with open_copy(path) as mine:
            mine.screening.reopen(TA, "again")
            making.decide(mine, 1, verdict)
            mine.screening.close(TA)
    with open_copy(twin) as mine:
        logs = mine._file.rows("SELECT id FROM log WHERE kind = 'reviewer'")
    assert len(logs) == 2
    pair.merge(pair.a, pair.b, twin)
    with open_project(pair.project, write=False) as review:
        assert review.consensus.states(TA)[review.units.find("1")].status == "self"


# --- 12: a stage that is not closed ---------------------------------------------------------------


@pytest.fixture
def unclosed(tmp_path, making):
    """Maya has closed, Jonas has not; both merged."""
    project = making.review(tmp_path, records=4)
    making.screen(tmp_path / "a.screener", {1: "include", 2: "exclude", 3: "include", 4: "include"})
    making.screen(tmp_path / "b.screener", {1: "include", 2: "include", 3: "maybe"}, close=False)
    return project, tmp_path / "a.screener", tmp_path / "b.screener"


def test_12_an_unclosed_stage_shows_numbers_only(unclosed, making, tmp_path):
    project, a, b = unclosed
    merge_into(project, a, b)
    sentence = (
        "Title and abstract is still open: not everybody who has to decide it has closed it; "
        "ask for closed copies, or show it early."
    )
    with open_project(project) as review:
        unit = review.units.find("2")
        assert not review.consensus.visible(TA)
        assert {s.status for s in review.consensus.states(TA).values()} == {"hidden"}
        standing = review.consensus.standing(TA)
        assert standing.statuses == {"hidden": 4}
        assert (standing.included, standing.excluded, standing.pending) == (0, 0, 4)
        assert {r.reviewer.name: (r.decided, r.pending, r.closed) for r in standing.reviewers} == {
            "Maya": (4, 0, True),
            "Jonas": (3, 1, False),
        }
        for work in (
            lambda: list(review.consensus.discrepancies(TA)),
            lambda: review.consensus.agreement(TA),
            lambda: review.consensus.decisions(unit, TA),
            lambda: review.consensus.all_decisions(TA),
            lambda: review.screening.open(FT),
        ):
            with pytest.raises(UserError) as told:
                work()
            assert str(told.value) == sentence
        with pytest.raises(UserError, match="This is hidden until everybody"):
            review.consensus.resolve(unit, "include", step=TA, why="we talked", by=["Maya"])
        assert review.consensus.state(unit, TA).status == "hidden"
        listed = list(listing(review.units, review.consensus.at(TA)))
        assert {(one["status"], one["outcome"]) for one in listed} == {("hidden", None)}
        flow = review.report.flow()
        assert flow.draft
        assert (flow.records_excluded, flow.dbr_sought_reports) == (0, 0)
        assert flow.pending.title_abstract == 4
        told = " ".join(f"{s.what} {s.event.body}" for s in review.history("2"))
        assert "exclude" not in told.lower()
        assert "'verdict'" not in told
        for which in (Which.INCLUDED, Which.EXCLUDED):
            with pytest.raises(UserError) as told:
                review.report.export(tmp_path / f"{which}.csv", which=which)
            assert str(told.value) == sentence
        for which in (Which.ALL, Which.PENDING):
            review.report.export(tmp_path / f"{which}.csv", which=which)
            text = (tmp_path / f"{which}.csv").read_text(encoding="utf-8-sig").lower()
            assert "exclude" not in text
            assert "include" not in text


def test_12_compare_shows_numbers_only(unclosed, making):
    _, a, b = unclosed
    before = making.contents(a.parent)
    with compare(a, b) as (review, found):
        assert [(f.decided[TA], f.pending[TA]) for f in found] == [(4, 0), (3, 1)]
        assert [TA in f.codes for f in found] == [True, False]
        assert (
            Result.REMARK,
            "Title and abstract is not closed: only numbers are shown until it is.",
        ) in [(f.result, f.message) for f in found[1].findings]
        with pytest.raises(UserError, match="still open"):
            list(review.consensus.discrepancies(TA))
    with compare(a, b, open_early=True) as (review, _):
        assert [d.kind for d in review.consensus.discrepancies(TA)] == ["conflict"]
    assert making.contents(a.parent) == before


def stage_remarks(found):
    return [
        f.message for f in found.findings if (f.check, f.result) == (Check.STAGE, Result.REMARK)
    ]


OPEN = "Title and abstract is not closed"
SHOWN = f"{OPEN} and is shown all the same: it was shown early, or waits for nobody more."


@pytest.mark.parametrize("before", ["this file", "another file", "the project"])
def test_12_what_was_closed_before_is_not_said_to_be_hidden(unclosed, making, before):
    """Jonas has closed the stage: in a file opened again, in another one, in one merged before."""
    project, a, b = unclosed
    second = b.with_name("second.screener")
    shutil.copy(b, second)
    making.screen(second, {4: "include"})
    files = {"this file": [b], "another file": [second, b], "the project": [b]}[before]
    if before == "this file":
        shutil.copy(second, b)
        with open_copy(b) as mine:
            mine.screening.reopen(TA, "more")
    if before == "the project":
        merge_into(project, a, second)
    with open_project(project) as review:
        *_, found = review.consensus.admission(*files)
    (said,) = stage_remarks(found)
    if before == "the project":
        assert said == SHOWN
        return
    assert said == (
        "Title and abstract is not closed in this file, and Jonas closed it before or in another"
        " one: what that covers is shown once everybody has closed it, of the rest only numbers."
    )
    merge_into(project, a, *files)
    with open_project(project, write=False) as review:
        assert review.consensus.hidden(TA) == 0


def test_12_open_shows_them_and_says_so(unclosed):
    project, a, b = unclosed
    _, found = merge_into(project, a, b, open_early=True)
    said = "Title and abstract is not closed and is shown early; the report says so."
    assert stage_remarks(found) == [said]
    with open_project(project, write=False) as review:
        assert review.consensus.visible(TA)
        assert [d.kind for d in review.consensus.discrepancies(TA)] == ["conflict"]
        opened = review._file.rows("SELECT step FROM event WHERE kind = 'opened-early'")
        assert [s for (s,) in opened] == [TA]


def test_12_open_says_so_too_where_a_part_was_closed_before(unclosed, making):
    """Maya and Jonas closed the first search; of the second Jonas has decided a part."""
    project, a, b = unclosed
    making.screen(b, {4: "include"})
    merge_into(project, a, b)
    with open_project(project) as review:
        making.fill(review, a.parent, 2, mark="later", source="Embase")
        review.consensus.write_copy("Jonas", b.with_name("b2.screener"))
    with open_copy(b.with_name("b2.screener")) as mine:
        mine.screening.reopen(TA, "a second search")
    making.screen(b.with_name("b2.screener"), {5: "include"}, close=False)
    (found,) = merge_into(project, b.with_name("b2.screener"), open_early=True)
    said = "Title and abstract is not closed and is shown early; the report says so."
    assert stage_remarks(found) == [said]
    with open_project(project, write=False) as review:
        assert len(review.report.remarks()) == 2, "opened again, and shown early"


def test_12_what_is_shown_here_already_is_not_said_to_be_hidden(unclosed, making):
    """Jonas' stage was opened early with an earlier merge; what he decides now is shown at once."""
    project, a, b = unclosed
    merge_into(project, a, b, open_early=True)
    making.screen(b, {4: "exclude"}, close=False)
    (found,) = merge_into(project, b)
    assert stage_remarks(found) == [SHOWN]
    with open_project(project) as review:
        assert review.consensus.hidden(TA) == 0
        making.fill(review, a.parent, 2, mark="later", source="Embase")
        review.consensus.write_copy("Jonas", b.with_name("b2.screener"))
    making.screen(b.with_name("b2.screener"), {5: "include"}, close=False)
    (found,) = merge_into(project, b.with_name("b2.screener"))
    (said,) = stage_remarks(found)
    assert said.startswith(f"{OPEN}: what is shown here already stays so, of the rest only numbers")
    (found,) = merge_into(project, b.with_name("b2.screener"), open_early=True)
    assert stage_remarks(found) == [f"{OPEN} and is shown early; the report says so."]


def test_12_what_the_merge_itself_shows_is_not_said_to_be_hidden(unclosed, making, tmp_path):
    """The last of three files is the project, which was opened early."""
    project, a, b = unclosed
    merge_into(project, a, b, open_early=True)
    with compare(a, b, open_early=True) as (_, found):
        assert stage_remarks(found[1]) == [f"{OPEN} and is shown early."]
    making.screen(b, {4: "exclude"}, close=False)
    found = merge_into(tmp_path / "new.screener", a, b, project, project=True)
    assert stage_remarks(found[1]) == [SHOWN]
    with compare(a, b, project) as (_, found):
        assert stage_remarks(found[1]) == [SHOWN]


@pytest.mark.parametrize("early", [False, True])
def test_12_what_was_closed_undecided_is_not_said_to_be_listed_yet(unclosed, making, early):
    """While Maya is waited for, or after opening early, nothing is missing for the meeting."""
    project, _, b = unclosed
    making.screen(b, {})
    (found,) = merge_into(project, b, open_early=early)
    (said,) = (f.message for f in found.findings if f.check is Check.PROGRESS)
    assert "3 decided, 1 closed undecided; what lacks a decision when everybody has closed" in said
    with open_project(project) as review:
        assert "missing" not in review.consensus.standing(TA).statuses


def test_12_a_later_stage_that_is_open_hides_no_closed_one(unclosed, making):
    project, a, b = unclosed
    making.screen(b, {4: "include"})
    merge_into(project, a, b)
    with open_project(project) as review:
        assert review.consensus.visible(TA)
        review.consensus.resolve(
            review.units.find("2"), "exclude", step=TA, why="we talked", by=["Maya", "Jonas"]
        )
        review.screening.open(FT)
        review.consensus.write_copy("Maya", a.with_name("a2.screener"))
    making.screen(a.with_name("a2.screener"), {1: "include"}, stage=FT, close=False)
    merge_into(project, a.with_name("a2.screener"))
    with open_project(project, write=False) as review:
        assert review.consensus.visible(TA)
        assert not review.consensus.visible(FT)


# --- the target among the inputs ------------------------------------------------------------------


def test_a_project_cannot_be_merged_into_itself(pair, making):
    before = making.contents(pair.folder)
    sentence = (
        "p.screener is the project that is open, so it cannot be merged into itself; "
        "choose the reviewers' files."
    )
    link_to(pair.folder / "linked.screener", pair.project)
    for path in (pair.project, pair.folder / "." / "p.screener"):
        with pytest.raises(UserError) as told:
            merge_into(pair.project, pair.a, path)
        assert str(told.value) == sentence
    with pytest.raises(UserError, match="the project that is open, so it cannot be merged"):
        merge_into(pair.project, pair.folder / "linked.screener")
    (pair.folder / "linked.screener").unlink()
    assert making.contents(pair.folder) == before


def test_the_same_file_twice(pair, making):
    before = making.contents(pair.folder)
    with pytest.raises(UserError) as told:
        merge_into(pair.project, pair.a, pair.b, pair.a)
    assert str(told.value) == "a.screener is chosen twice; once is enough."
    assert making.contents(pair.folder) == before


@pytest.mark.parametrize("salvage", [False, True])
def test_two_files_that_are_each_newer_in_their_own_way_are_refused(pair, making, salvage):
    """Each of them alone goes on where the project stands; together they contradict each other."""
    left, right = pair.folder / "left.screener", pair.folder / "right.screener"
    for path, number in ((left, "1"), (right, "2")):
        shutil.copy(pair.project, path)
        with open_project(path) as review:
            review.sources.remove([number], "retracted")
            review.sources.remove(["3"], f"the last entry of {path.stem}")
    if salvage:  # what is left of a damaged file goes by the name of the file that was chosen
        damage(left, b"entry of left", b"entry of LEFT")
    before = making.contents(pair.folder)
    with pytest.raises(UserError, match=r"^right\.screener and left\.screener were both changed"):
        merge_into(pair.project, left, right, project=True, salvage=salvage)
    assert making.contents(pair.folder) == before


def test_admission_says_what_is_fine(pair):
    said = remarks(pair, pair.a)
    with open_copy(pair.a) as mine:
        code = mine.screening.stages.code(TA)
    assert said[Check.PROJECT] == [(Result.OK, "This review.")]
    assert said[Check.REVIEWER] == [(Result.OK, "Maya")]
    assert said[Check.HISTORY][0][0] is Result.OK  # that Jonas was added later changes nothing
    assert said[Check.RECORDS] == [(Result.OK, "8 of 8 records, the same as here.")]
    assert said[Check.STAGE] == [(Result.OK, f"Title and abstract: closed, {code}.")]
    assert said[Check.PROGRESS] == [(Result.OK, "Title and abstract: 8 decided, none missing.")]


def test_admission_says_which_of_two_files_has_more_records(pair, making):
    with open_project(pair.project) as review:
        making.fill(review, pair.folder, 2, mark="later")
        review.consensus.write_copy("Maya", pair.folder / "newer.screener")
        (older,) = review.consensus.admission(pair.a)
    said = (Result.REMARK, "Holds 8 of the 10 records that are here: it is older.")
    assert said in [(f.result, f.message) for f in older.findings]
    with open_copy(pair.a) as mine:
        (newer,) = mine.consensus.admission(pair.folder / "newer.screener")
    said = (Result.REMARK, "Holds 10 records, 2 more than here: it is newer.")
    assert said in [(f.result, f.message) for f in newer.findings]


def test_nothing_is_left_behind(pair):
    pair.merge()
    left = [p.name for p in Path(pair.folder).iterdir() if p.suffix != ".ris"]
    assert sorted(left) == ["a.screener", "b.screener", "p.screener"]
    create_project(pair.folder / "q.screener", title="Q").close()
    assert time.monotonic()
