"""Bad input ends in one sentence, and nothing that was acknowledged is lost."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from screener import create_project, merge_into, open_copy, open_project, restore
from screener.model import Cancelled, ErrorKind, Protocol, Stage, UserError, Verdict
from screener.screening.screening import Draft
from screener.store.file import FileKind
from screener.store.opening import create
from screener.store.unreadable import name_of

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def fill_the_disk(review, *, room=0):
    """Let the file not grow any further, as on a full disk."""
    connection = review._file.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + room}")


def make_room(review):
    review._file.connection.execute("PRAGMA max_page_count = 1073741823")


def full(path):
    place, drive = re.escape(str(path)), re.escape(path.anchor)
    return (
        "The disk is full, so this was not saved; make room on the drive of "
        rf"{place} \({drive}.*, \d+(\.\d)? \w+ free\) and do it again\."
    )


def test_a_full_disk_while_deciding(screened, making):
    fill_the_disk(screened)
    unit = making.uid(screened, 6)
    kept, last = 0, None
    told = ""
    while not told:
        verdict = Verdict.EXCLUDE if kept % 2 else Verdict.INCLUDE
        try:
            last = screened.screening.decide(unit, verdict, stage=TA, note=f"n{kept}")
        except UserError as error:
            told = str(error)
        else:
            kept += 1
    assert re.fullmatch(full(screened.path), told)
    assert not screened._file.connection.in_transaction
    now = screened.screening.decision(unit, TA)
    assert (now.event, now.note) == (last.event, f"n{kept - 1}") if kept else now is None
    for _ in range(20):  # trying again loses nothing either
        with pytest.raises(UserError, match="The disk is full"):
            screened.screening.decisions.decide_many(
                [
                    Draft(unit=u, verdict=Verdict.EXCLUDE, note="long " * 4000)
                    for u in screened.screening.queues.queue(TA)
                ],
                stage=TA,
            )
    assert screened.verify() == []
    make_room(screened)
    screened.screening.decide(unit, Verdict.MAYBE, stage=TA)
    assert screened.screening.decision(unit, TA).verdict is Verdict.MAYBE
    assert screened.verify() == []


def test_a_full_disk_while_importing_and_merging(pair, making, tmp_path):
    before = making.shown_at(pair.project)
    making.write_ris(tmp_path / "more.ris", 300, mark="more")
    with open_project(pair.project) as review:
        fill_the_disk(review, room=2)
        for work in (
            lambda: review.sources.import_file(tmp_path / "more.ris", source="Embase"),
            lambda: review.consensus.merge(pair.a, pair.b),
        ):
            with pytest.raises(UserError) as told:
                work()
            assert re.fullmatch(full(review.path), str(told.value))
            assert not review._file.connection.in_transaction
            assert making.shown(review) == before
        make_room(review)
        review.sources.import_file(tmp_path / "more.ris", source="Embase")
        assert review.sources.count() == 308
        assert review.verify() == []
    with open_project(pair.project) as review:
        review.consensus.merge(pair.a, pair.b)


def test_a_cancelled_import_leaves_nothing(project, making, tmp_path):
    making.write_ris(tmp_path / "more.ris", 1200, mark="more")
    words = set()

    def progress(done, total, what):
        words.add(what)
        if what == "Saving records":
            raise Cancelled

    with pytest.raises(Cancelled):
        project.sources.import_file(tmp_path / "more.ris", source="PubMed", progress=progress)
    assert len(words) > 1
    assert project.sources.count() == 0
    assert project.sources.batches() == []
    project.sources.import_file(tmp_path / "more.ris", source="PubMed")
    assert project.sources.count() == 1200


def test_a_folder_that_cannot_be_written(pair, making, read_only):
    before = making.contents(pair.folder)
    for words in (
        ["decide", "a.screener", "1", "include", "--stage", "title-abstract"],
        ["remove", "p.screener", "1", "--why", "w"],
        ["merge", "a.screener", "--into", "p.screener"],
        ["merge", "a.screener", "--into", "new.screener"],
        ["new", "new.screener", "--title", "T"],
        ["export", "p.screener", "out.csv"],
        ["flow", "p.screener", "--svg", "out.svg"],
        ["copy", "p.screener", "--reviewer", "R", "--out", "out.screener"],
        ["backup", "p.screener", "out.screener"],
        ["restore", "a.screener", "out.screener"],
        ["convert", "plain-1.ris", "out.csv"],
        ["example", "out"],
    ):
        found = read_only(pair.folder, *words)
        assert (found.returncode, found.stdout) == (1, ""), words
        assert found.stderr.count("\n") == 1, found.stderr
        assert found.stderr.endswith(".\n")
    assert making.contents(pair.folder) == before


def test_a_settings_folder_that_cannot_be_written(pair, making, tmp_path):
    (tmp_path / "file").write_text("in the way")
    found = making.process(
        "decide", pair.a, "1", "include", "--stage", "title-abstract",
        env={"SCREENER_HOME": str(tmp_path / "file" / "home")},
    )  # fmt: skip
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.count("\n") == 1, found.stderr


def test_a_file_that_is_open_elsewhere(pair, making):
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            (
                "import sys; from screener import open_project; p = open_project(sys.argv[1]); "
                "print('open', flush=True); sys.stdin.read(); p.close()"
            ),
            str(pair.project),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout.readline() == "open\n"
        note = json.loads(pair.project.with_name(".~lock.p.screener#").read_text("utf-8"))
        with pytest.raises(UserError) as told:
            open_project(pair.project)
        since = note["since"][:16].replace("T", " ")
        assert str(told.value) == (
            f"p.screener is open ({note['who']} on {note['where']} since {since}); close it there "
            "and try again."
        )
        with pytest.raises(UserError, match=r"p\.screener is open \("):
            open_project(pair.project, write=False)
        child.stdin.close()
        child.wait()
    with open_project(pair.project) as review:
        assert review.verify() == []


def test_a_left_over_note_without_a_lock_is_ignored(pair):
    pair.project.with_name(".~lock.p.screener#").write_text("who knows", encoding="utf-8")
    with open_project(pair.project) as review:
        assert review.writable
    assert not pair.project.with_name(".~lock.p.screener#").exists()


DECISIONS = [
    ("nothing", {}, "There is no record nothing in this review; see its list of records."),
    (6, {"reason": "participants"}, "Only an exclusion has a reason; leave the reason out."),
    (
        6,
        {"verdict": "exclude", "reason": "late"},
        (
            "“late” is no reason of this protocol; it has participants, interventions, "
            "study-design, no-full-report, other."
        ),
    ),
    (
        6,
        {"verdict": "exclude", "reason": "other"},
        "Write a note that says what the other reason is.",
    ),
    (
        6,
        {"judgements": {"outcomes": "met"}},
        (
            "“outcomes” is no criterion of this protocol; it has participants, interventions, "
            "study-design."
        ),
    ),
    (
        6,
        {"judgements": {"participants": "yes"}},
        "A judgement is met, not-met or unclear, not “yes”.",
    ),
    (
        6,
        {"stage": FT, "verdict": "exclude"},
        "Choose the reason for excluding this report.",
    ),
    (6, {"stage": FT}, "Record 6 is not open for full text; a newer copy may open it."),
]


@pytest.mark.parametrize(
    ("number", "how", "sentence"), DECISIONS, ids=[d[2][:40] for d in DECISIONS]
)
def test_a_decision_that_cannot_be(screened, making, number, how, sentence):
    before = making.shown(screened)
    unit = number if number == "nothing" else making.uid(screened, number)
    given = {"stage": TA, **how}
    with pytest.raises(UserError) as told:
        screened.screening.decide(unit, Verdict(given.pop("verdict", "include")), **given)
    assert str(told.value) == sentence
    assert making.shown(screened) == before


def test_a_decision_on_a_record_that_was_removed_or_is_no_unit(tmp_path, making):
    project = making.review(tmp_path, records=3, reviewers=())
    with open_project(project) as review:
        one, two = making.uid(review, 1), making.uid(review, 2)
        review.duplicates.same([one, two], kept=one)
        review.sources.remove(["3"], "retracted")
        gone = making.uid(review, 3)
        review.consensus.write_copy("Maya", tmp_path / "a.screener")
    with open_copy(tmp_path / "a.screener") as mine:
        for unit, number in ((two, 2), (gone, 3)):
            with pytest.raises(UserError) as told:
                mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
            assert str(told.value) == (
                f"Record {number} is not to be screened; see the list of records."
            )
        assert mine.screening.progress(TA).all == 1


def test_deciding_on_a_closed_stage(screened, making):
    screened.screening.close(TA)
    with pytest.raises(UserError) as told:
        making.decide(screened, 6, "include")
    assert str(told.value).startswith("This stage is closed; reopen it")
    with pytest.raises(UserError, match="This stage is closed"):
        screened.undo()
    with pytest.raises(UserError, match="is closed already; its code is"):
        screened.screening.close(TA)
    with pytest.raises(UserError, match="Say why the stage is opened again"):
        screened.screening.reopen(TA, " ")
    screened.screening.reopen(TA, "one more")
    with pytest.raises(UserError, match="is not closed; there is nothing to reopen"):
        screened.screening.reopen(TA, "again")
    making.decide(screened, 6, "include")


def test_many_decisions_all_or_none(screened, making):
    drafts = [
        Draft(unit=making.uid(screened, 6), verdict=Verdict.INCLUDE),
        Draft(unit=making.uid(screened, 7), verdict=Verdict.EXCLUDE, reason="late"),
    ]
    before = making.shown(screened)
    with pytest.raises(UserError, match="is no reason"):
        screened.screening.decisions.decide_many(drafts, stage=TA)
    assert making.shown(screened) == before
    twice = [Draft(unit=making.uid(screened, 6), verdict=v) for v in ("include", "exclude")]
    screened.screening.decisions.decide_many(twice, stage=TA)
    assert screened.screening.decision(making.uid(screened, 6), TA).verdict is Verdict.EXCLUDE
    screened.undo()
    assert making.shown(screened) == before


BAD_TOML = [
    ("title = 'T'", "p.toml has no criteria; add at least one [[criteria]] with an id."),
    ("criteria = 3", "p.toml: “criteria” is written as [[criteria]], once for each."),
    ("what = 1", ("p.toml has an unknown key “what”; known are criteria, previous, question, "
     "reasons, registration, reviewers-per-record, stages, title.")),
    ("[[criteria]]\nid = 'A b'", ("p.toml: “A b” is no id; use lower-case letters and digits, "
     "with hyphens between them (not “other”).")),
    ("[[criteria]]\nid = 'a'\n[[criteria]]\nid = 'a'",
     "p.toml uses the id “a” twice; give each its own."),
    ("[[criteria]]\nid = 'a'\n[stages.full-text]\nreason-required = false",
     "p.toml: at full text every exclusion needs a reason; set reason-required = true."),
    ("[[criteria]]\nid = 'a'\n[stages.title-abstract]\nmaybe = 'never'",
     "p.toml: “maybe” is advances, discuss or strict."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), BAD_TOML, ids=[s[:40] for _, s in BAD_TOML])
def test_a_protocol_that_is_none(project, making, text, sentence):
    path = project.path.with_name("p.toml")
    path.write_text(text, encoding="utf-8")
    before = project.protocol.current
    with pytest.raises(UserError) as told:
        project.protocol.read(path)
    assert str(told.value) == sentence
    assert project.protocol.current == before
    with pytest.raises(UserError) as told:
        create_project(project.path.with_name("n.screener"), title="T", protocol=path)
    assert str(told.value) == sentence
    assert not project.path.with_name("n.screener").exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"title = ", b"\x00\x01", b"[[[["])
def test_a_protocol_file_that_is_something_else(project, content):
    path = project.path.with_name("p.toml")
    path.write_bytes(content)
    with pytest.raises(UserError) as told:
        project.protocol.read(path)
    assert "\n" not in str(told.value)


def test_making_a_project_where_something_is(pair, making):
    before = making.contents(pair.folder)
    with pytest.raises(UserError) as told:
        create_project(pair.a, title="T")
    assert str(told.value) == f"{pair.a} is there already; choose another name."
    with pytest.raises(UserError, match="There is no folder"):
        create_project(pair.folder / "no" / "x.screener", title="T")
    with pytest.raises(UserError, match="Give the review a title"):
        create_project(pair.folder / "x.screener", title=" ")
    with pytest.raises(UserError, match="is there already"):
        restore(pair.a, pair.project)
    assert making.contents(pair.folder) == before


def test_a_project_without_criteria_has_nothing_to_judge_but_can_be_screened(tmp_path, making):
    making.review(tmp_path, records=1, protocol=Protocol(title="T"))
    with open_copy(tmp_path / "a.screener") as mine:
        making.decide(mine, 1, "exclude", reason="other", note="because")
        assert mine.screening.decisions.suggestion({}, TA) is None
        assert mine.screening.close(TA)


def test_several_files_are_imported_all_or_none(pair, making, monkeypatch):
    making.write_ris(pair.folder / "good.ris", 2, mark="good")
    (pair.folder / "bad.ris").write_bytes(b"\x00\x01\x02" * 50)
    before = making.shown_at(pair.project)
    for files in (["good.ris", "bad.ris"], ["good.ris", "good.ris"], ["good.ris", "plain-1.ris"]):
        found = making.cli("import", "p.screener", *files, "--source", "Embase", cwd=pair.folder)
        assert (found.returncode, found.stdout) == (1, "")
        assert found.stderr.count("\n") == 1, found.stderr
        assert making.shown_at(pair.project) == before, "nothing half done"


def test_a_file_whose_identity_is_a_path_is_refused(pair, tmp_path):
    """The project's id names a folder of backups; it may lead nowhere else."""
    connection = sqlite3.connect(pair.a)
    connection.execute("UPDATE meta SET value = '../../../evil' WHERE key = 'project'")
    connection.commit()
    connection.close()
    with pytest.raises(UserError, match=r"a\.screener is damaged"):
        open_copy(pair.a)
    with pytest.raises(UserError, match=r"a\.screener is damaged"):
        merge_into(pair.project, pair.a)


def test_a_file_of_an_older_version_is_brought_up_to_date_on_a_copy(pair, making):
    """There is one version so far: one less stands for an older one."""
    with pair.a.open("r+b") as handle:
        handle.seek(60)
        handle.write(bytes(4))
    before = making.digest(pair.a)
    merge_into(pair.project, pair.a)
    with open_project(pair.a, write=False) as mine:
        assert mine.screening.progress(TA).decided == 8
    assert making.digest(pair.a) == before
    with open_copy(pair.a) as mine:
        assert mine.verify() == []
        assert mine.backups()[0].own, "it was backed up before"


@pytest.mark.parametrize("bad", ["no JSON", "{}", '{"body":{}}', "[]"])
def test_an_author_is_named_by_the_first_entry_that_can_be_read(bad):
    class Rows:
        def __init__(self, *bodies):
            self.bodies = bodies

        def rows(self, _query, _values):
            return [(body,) for body in self.bodies]

    assert name_of(Rows(bad, '{"body":{"name":"Maya"}}'), "an-id") == "Maya"
    assert name_of(Rows(bad), "an-id") == "an-id"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux what is open")
def test_a_file_that_could_not_be_made_is_not_left_open(tmp_path):
    """Windows could not remove it either, and would say that and not what was wrong."""
    with pytest.raises(UserError, match="is damaged") as told:
        create(tmp_path / "a.screener", kind=FileKind.COPY, reviewer="nobody")
    assert told.value.kind is ErrorKind.DAMAGED
    open_now = [os.path.realpath(each) for each in Path("/proc/self/fd").iterdir()]
    assert not [each for each in open_now if str(tmp_path) in each]
    assert not (tmp_path / "a.screener").exists()


def test_an_empty_file_says_that_it_is_empty(tmp_path):
    empty = tmp_path / "a.screener"
    empty.touch()
    with pytest.raises(UserError, match=r"a\.screener is empty, there is nothing in it") as told:
        open_project(empty)
    assert told.value.kind is ErrorKind.NOT_OURS


def test_what_sqlite_says_of_a_page_is_in_the_check_only(pair):
    whole = bytearray(pair.a.read_bytes())
    size = int.from_bytes(whole[16:18], "big")
    with closing(sqlite3.connect(pair.a)) as db:
        ((page,),) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'")
    whole[(page - 1) * size + 7] += 5  # bytes that a page says it has left over
    pair.a.write_bytes(whole)
    with pytest.raises(UserError) as told:
        open_project(pair.a)
    assert str(told.value) == (
        "a.screener is damaged (its pages do not agree); restore a backup of it (File, Backups), "
        "nothing was changed."
    )
    with open_project(pair.a, write=False, check_up_to=-1) as mine:
        assert any("on page" in problem.message for problem in mine.verify())
