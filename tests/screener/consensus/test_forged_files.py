"""Files that Screener does not write: each is refused by name, before and after it was merged."""

import json
import shutil
import sqlite3

import pytest

from screener import merge_into, open_copy, open_project
from screener.cli import main
from screener.consensus.merging.findings import Check, MergeRefused, Step
from screener.model import Stage, UserError
from screener.store import caches, events
from screener.store.kinds.reviewer import Note
from screener.store.logs import last_project_event
from tests.screener.consensus.planting import log_of, plant, spoil

TA = Stage.TITLE_ABSTRACT
DECISION = '{"verdict":"include"}'


@pytest.fixture
def ids(pair):
    """The ids of the two reviewers and of the first record."""
    with open_project(pair.project, write=False) as review:
        maya, jonas = (str(r.id) for r in review.consensus.reviewers())
        return {"Maya": maya, "Jonas": jonas, "record": review.units.find("1")}


def refusal(pair, making, path, **answers):
    """Assert that a file is refused in one sentence and nothing changed; return the finding."""
    before = making.contents(pair.folder)
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(path, **answers)
        assert found.refused is not None, [f.message for f in found.findings]
        with pytest.raises(MergeRefused) as told:
            review.consensus.merge(path, **answers)
        assert str(told.value) == found.refused.message
        if found.refused.message.endswith("for a fresh copy."):
            assert found.refused.step is Step.FRESH_COPY, "the button is what the sentence says"
    assert making.contents(pair.folder) == before
    return found.refused


# --- whose logs a file holds ----------------------------------------------------------------------


def test_a_decision_of_another_reviewer(pair, making, ids):
    plant(pair.a, "decision", DECISION, author=ids["Jonas"], subject=ids["record"], step=TA)
    found = refusal(pair, making, pair.a)
    assert found.message == (
        "a.screener: this copy holds a decision of Jonas; ask Maya for a fresh copy."
    )
    assert (found.check, found.step) == (Check.REVIEWER, Step.FRESH_COPY)
    # Salvage takes what is whole, and that is still another's.
    assert refusal(pair, making, pair.a, salvage=True).message == found.message


def test_a_forged_close_of_another(pair, making, ids):
    plant(pair.a, "close", "{}", author=ids["Jonas"], step=TA)
    assert refusal(pair, making, pair.a).message == (
        "a.screener: this copy holds a closing of Jonas; ask Maya for a fresh copy."
    )


def test_a_consensus_in_a_copy(pair, making, ids):
    body = json.dumps({"by": [ids["Maya"]], "mode": "discussion", "value": "include", "why": "w"})
    plant(pair.a, "consensus", body, log="meeting", subject=ids["record"], step=TA)
    assert refusal(pair, making, pair.a).message == (
        "a.screener: this copy holds a consensus of the meeting; ask Maya for a fresh copy."
    )


@pytest.mark.parametrize(
    ("kind", "body", "words", "writer"),
    [
        ("remove", {"record": "?", "why": "w"}, "a removal", "the coordinator's project"),
        ("withdraw", {"batch": "a" * 32, "why": "w"}, "a withdrawal", "the coordinator's project"),
        (
            "same",
            {"by_hand": True, "kept": "?", "records": ["?", "b" * 32], "rule": "r"},
            "a join of records",
            "the coordinator's project",
        ),
        ("retrieval", {"state": "retrieved"}, "a retrieval", "the coordinator's project"),
        ("reviewer", {"id": "f" * 32, "name": "Eve"}, "a reviewer", "the coordinator's project"),
        ("joins", {"reviewer": "f" * 32}, "a joining", "the coordinator's project"),
        ("continued", {"why": "w"}, "a continuation", "the coordinator's project"),
        ("opened-early", {}, "an opening early", "the meeting"),
        (
            "consensus",
            {"by": ["f" * 32], "mode": "discussion", "value": "include", "why": "w"},
            "a consensus",
            "the meeting",
        ),
    ],
)
def test_a_kind_in_a_reviewers_log_that_does_not_belong_there(
    pair, making, ids, kind, body, words, writer
):
    text = json.dumps(body, sort_keys=True).replace('"?"', f'"{ids["record"]}"')
    plant(pair.a, kind, text, author=ids["Maya"], step=TA if kind == "joins" else "")
    found = refusal(pair, making, pair.a)
    assert found.message == (
        f"In a.screener Maya's log holds {words}, which only {writer} writes; ask Maya for a fresh "
        "copy."
    )
    # What is whole before it comes in, the forged entry does not.
    with open_project(pair.project) as review:
        review.consensus.merge(pair.a, salvage=True)
        assert review.verify() == []
        assert not review._file.rows(
            "SELECT 1 FROM event e JOIN log l ON l.id = e.log "
            "WHERE l.kind = 'reviewer' AND e.kind = ?",
            (kind,),
        )


def test_a_decision_in_the_project_log(pair, making, ids):
    plant(pair.a, "decision", DECISION, log="project", subject=ids["record"], step=TA)
    assert refusal(pair, making, pair.a).message == (
        "In a.screener the project log holds a decision, which only a reviewer's copy writes; ask "
        "Maya for a fresh copy."
    )


def test_a_project_log_of_somebody_else(pair, making, ids):
    plant(pair.a, "remove", json.dumps({"record": ids["record"], "why": "w"}), log="project",
          author=ids["Maya"])  # fmt: skip
    assert refusal(pair, making, pair.a).message == (
        "a.screener: this copy holds a removal of Maya, who is not the coordinator; ask Maya for a "
        "fresh copy."
    )


def test_a_change_of_the_review_hidden_in_the_project_log(pair, making, ids):
    plant(pair.b, "remove", json.dumps({"record": ids["record"], "why": "w"}), log="project")
    found = refusal(pair, making, pair.b)
    assert "this project has not (removal)" in found.message
    assert found.step is Step.TAKE_CHANGES


def test_meta_that_names_another_reviewer(pair, making, ids):
    spoil(pair.a, "UPDATE meta SET value = ? WHERE key = 'reviewer'", ids["Jonas"])
    assert refusal(pair, making, pair.a).message == (
        "a.screener: this copy holds a decision of Maya; ask Jonas for a fresh copy."
    )


def test_a_copy_that_says_it_is_a_project(pair, making, ids):
    spoil(pair.a, "UPDATE meta SET value = 'project' WHERE key = 'kind'")
    assert "is missing" in refusal(pair, making, pair.a, project=True).message
    spoil(pair.a, "INSERT INTO meta VALUES ('raw', 'incomplete')")
    assert refusal(pair, making, pair.a, project=True).message == (
        "a.screener says that it is a project and that it is Maya's copy; ask Maya for a fresh "
        "copy."
    )
    spoil(pair.a, "UPDATE meta SET value = '' WHERE key = 'reviewer'")
    found = refusal(pair, making, pair.a)
    assert found.message == (
        "a.screener is a project and no reviewer's copy: it brings the logs of Maya; merge it all "
        "the same only if that is meant."
    )
    assert found.step is Step.TAKE_PROJECT


def test_a_project_that_says_it_is_a_copy(pair, making, ids):
    pair.merge()
    other = pair.folder / "other.screener"
    shutil.copy(pair.project, other)
    spoil(other, "UPDATE meta SET value = 'copy' WHERE key = 'kind'")
    spoil(other, "UPDATE meta SET value = ? WHERE key = 'reviewer'", ids["Maya"])
    assert refusal(pair, making, other).message == (
        "other.screener: this copy holds a decision of Jonas; ask Maya for a fresh copy."
    )


def test_a_record_without_a_version(pair, making):
    db = sqlite3.connect(pair.a)
    (batch,) = db.execute("SELECT batch FROM record").fetchone()
    db.execute("INSERT INTO record VALUES (?, 99, ?)", ("e" * 32, batch))
    db.commit()
    db.close()
    found = refusal(pair, making, pair.a)
    assert "Record 99 is without its text" in found.message
    assert found.check is Check.INTEGRITY


# --- what is superseded ---------------------------------------------------------------------------


def test_an_event_in_place_of_anothers_is_refused(pair, making, ids):
    pair.merge(pair.b)
    with open_project(pair.project, write=False) as review:
        ((theirs,),) = review._file.rows(
            "SELECT event FROM current WHERE kind = 'decision' AND author = ? AND subject = ?",
            (ids["Jonas"], ids["record"]),
        )
    plant(pair.a, "decision", DECISION, author=ids["Maya"], subject=ids["record"], step=TA,
          supersedes=f'["{theirs.hex()}"]')  # fmt: skip
    assert refusal(pair, making, pair.a).message == (
        "a.screener holds a decision of Maya in place of an entry of Jonas; ask Maya for a fresh "
        "copy."
    )


def test_an_event_that_is_known_nowhere_never_takes_effect_on_anothers(pair, making, ids):
    """Maya's names Jonas's decision before that is here: salvaged, and Jonas's still stands."""
    with open_copy(pair.b) as mine:
        ((theirs,),) = mine._file.rows(
            "SELECT event FROM current WHERE kind = 'decision' AND subject = ?", (ids["record"],)
        )
    plant(pair.a, "decision", DECISION, author=ids["Maya"], subject=ids["record"], step=TA,
          supersedes=f'["{theirs.hex()}"]')  # fmt: skip
    assert refusal(pair, making, pair.a).message == (
        "a.screener holds a decision of Maya in place of an entry that is not in it; ask Maya for "
        "a fresh copy."
    )
    for path in (pair.a, pair.b):
        with open_project(pair.project) as review:
            review.consensus.merge(path, salvage=True)
            assert review.verify() == []
    with open_project(pair.project, write=False) as review:
        assert review._file.rows("SELECT 1 FROM current WHERE event = ?", (theirs,)) == [(1,)]
        authors = {d.reviewer for d in review.consensus.decisions(ids["record"], TA)}
    assert authors == {ids["Maya"], ids["Jonas"]}


# --- well-hashed nonsense -------------------------------------------------------------------------

DEEP = '{"judgements":' * 990 + "1" + "}" * 990
NONSENSE = {
    "a verdict that is a number": ("decision", '{"verdict":7}', {}),
    "a verdict there is none of": ("decision", '{"verdict":"banana"}', {}),
    "no verdict": ("decision", "{}", {}),
    "a judgement there is none of": (
        "decision",
        '{"judgements":{"participants":"perhaps"},"verdict":"include"}',
        {},
    ),
    "judgements that are a list": ("decision", '{"judgements":[1],"verdict":"include"}', {}),
    "a reason that is no text": ("decision", '{"reason":{},"verdict":"exclude"}', {}),
    "a note that is a number": ("note", '{"text":5}', {}),
    "a body that is a list": ("decision", "[1]", {}),
    "an unknown key": ("decision", '{"colour":"red","verdict":"include"}', {}),
    "an unknown kind": ("horoscope", '{"verdict":"include"}', {}),
    "what it supersedes is no id": ("decision", DECISION, {"supersedes": '["zz"]'}),
    "an unknown key of the envelope": ("decision", DECISION, {"more": ',"extra":1'}),
    "depth": ("decision", DEEP, {}),
    "not a number": ("decision", '{"verdict":NaN}', {}),
    "a huge number": ("flag", '{"on":1' + "0" * 5000 + "}", {}),
    "half a character": ("note", '{"text":"\\ud800"}', {}),
    "a record that is not here": ("decision", DECISION, {"subject": "e" * 32}),
    "a step there is none of": ("decision", DECISION, {"step": "astrology"}),
    "a decision without a step": ("decision", DECISION, {"step": ""}),
}


def plant_nonsense(path, author, record, name):
    kind, body, more = NONSENSE[name]
    plant(path, kind, body, author=author, **{"subject": record, "step": TA, **more})


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_with_right_hashes_is_refused(pair, making, ids, name):
    plant_nonsense(pair.a, ids["Maya"], ids["record"], name)
    found = refusal(pair, making, pair.a)
    assert "fresh copy" in found.message
    assert found.message.startswith("a.screener ")
    with pytest.raises(UserError):
        merge_into(pair.folder / "new.screener", pair.a)
    assert not (pair.folder / "new.screener").exists()


def test_a_protocol_of_which_the_content_is_missing(pair, making):
    body = json.dumps({"digest": "e" * 64, "version": 2})
    plant(pair.a, "protocol", body, log="project")
    assert "it names a version that is not here" in refusal(pair, making, pair.a).message


READING = (
    ("status",),
    ("records", "--json"),
    ("discrepancies", "--stage", "title-abstract"),
    ("agreement", "--stage", "title-abstract"),
    ("flow", "--json"),
    ("history", "1"),
    ("export", "OUT.csv"),
    ("fulltext", "status"),
    ("protocol",),
    ("verify",),
    ("undo",),
)


def run(capsys, *words):
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    return ended.value.code, capsys.readouterr().err


@pytest.mark.parametrize("name", NONSENSE)
@pytest.mark.parametrize("where", ["project", "copy"])
def test_nonsense_that_is_here_already_is_named(pair, making, ids, capsys, name, where):
    """A file may have it from elsewhere: a sentence with what and whose, never a traceback."""
    pair.merge()
    path = pair.project if where == "project" else pair.a
    plant_nonsense(path, ids["Maya"], ids["record"], name)
    told = []
    for command, *more in READING:
        words = [w.replace("OUT", str(pair.folder / "out")) for w in more]
        code, err = run(capsys, command, path, *words)
        assert "Traceback" not in err
        assert code in (0, 1, 2), (command, code)
        if code == 1:
            assert len(err.strip().splitlines()) == 1, err
            told.append((command, err))
    assert "verify" in dict(told) or len(told) == len(READING) - 1
    named = [err for _, err in told if "holds an entry that Screener does not write" in err]
    assert named, told
    assert all("Maya" in err for err in named)


def test_a_protocol_that_is_missing_here_is_named(pair, capsys):
    plant(pair.project, "protocol", json.dumps({"digest": "e" * 64, "version": 2}), log="project")
    for command in ("status", "protocol", "flow"):
        code, err = run(capsys, command, pair.project)
        assert code == 1
        assert err.strip() == (
            "p.screener lacks a version of its protocol; restore a backup of it, or ask for a "
            "fresh copy."
        )


# --- the last reading -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "subject", "words"),
    [
        ("banana", None, "holds a consensus of the meeting log that cannot be (title and abstract"),
        (
            "include",
            "e" * 32,
            "holds a consensus of the meeting log on a record or study that is not here",
        ),
    ],
    ids=["value", "record"],
)
def test_what_pages_cannot_read_takes_the_merge_back(pair, making, ids, value, subject, words):
    """A consensus of a value that no step has is sound by its kind; no page could show it."""
    pair.merge()
    other = pair.folder / "other.screener"
    shutil.copy(pair.project, other)
    body = json.dumps({"by": [ids["Maya"]], "mode": "discussion", "value": value, "why": "w"})
    plant(other, "consensus", body, log="meeting", subject=subject or ids["record"], step=TA)
    before = making.digest(pair.project)
    with pytest.raises(UserError) as told:
        merge_into(pair.project, other, project=True)
    assert words in str(told.value)
    assert making.digest(pair.project) == before
    with open_project(pair.project) as review:
        assert review.verify() == []
        review.derive()  # as a page does: what listens to the file is there from then on
        listeners = len(review._file.listeners)
        with pytest.raises(UserError):
            review.consensus.merge(other, project=True)
        assert len(review._file.listeners) == listeners


def test_a_log_without_entries_is_named_too(pair, making, ids):
    db = sqlite3.connect(pair.a)
    log_of(db, "reviewer", ids["Jonas"])
    db.commit()
    db.close()
    assert refusal(pair, making, pair.a).message == (
        "a.screener: this copy holds a log of Jonas; ask Maya for a fresh copy."
    )


# --- what an event may take the place of ----------------------------------------------------------


def events_of_kind(path, kind):
    db = sqlite3.connect(path)
    found = [id_.hex() for (id_,) in db.execute("SELECT id FROM event WHERE kind = ?", (kind,))]
    db.close()
    return found


def stands(path, ids):
    """Which of some events stand once the caches were computed anew."""
    db = sqlite3.connect(path)
    caches.rebuild_current(db)
    found = {id_.hex() for (id_,) in db.execute("SELECT event FROM current")}
    db.close()
    return found & set(ids)


@pytest.mark.parametrize(("kind", "words"), [("decision", "a decision"), ("close", "a closing")])
def test_a_note_takes_the_place_of_nothing_but_a_note(pair, making, ids, kind, words):
    old = events_of_kind(pair.a, kind)
    plant(pair.a, "note", '{"text":"x"}', author=ids["Maya"], subject=ids["record"], step=TA,
          supersedes=json.dumps(sorted(old), separators=(",", ":")))  # fmt: skip
    assert refusal(pair, making, pair.a).message == (
        f"a.screener holds a note of Maya in place of {words} at another place; ask Maya for a "
        "fresh copy."
    )
    assert stands(pair.a, old) == set(old), "in the file it takes no effect either"


def test_a_decision_takes_no_place_at_another_step_or_on_another_record(pair, making, ids):
    with open_project(pair.project, write=False) as review:
        second = review.units.find("2")
    old = events_of_kind(pair.a, "decision")[0]
    whole = pair.a.with_name("whole.screener")
    shutil.copy(pair.a, whole)
    for subject, step, words in (
        (ids["record"], Stage.FULL_TEXT, "at another place"),
        (second, TA, "on something else"),
    ):
        shutil.copy(whole, pair.a)
        plant(pair.a, "decision", DECISION, author=ids["Maya"], subject=subject, step=step,
              supersedes=f'["{old}"]')  # fmt: skip
        assert f"in place of a decision {words}" in refusal(pair, making, pair.a).message


def test_a_decision_on_another_record_of_the_unit_is_replaced(tmp_path, making):
    """Records joined and parted since: what took the place of the other's then is admitted."""
    project = making.review(tmp_path, records=3, reviewers=("Maya",))
    copy = tmp_path / "a.screener"
    making.screen(copy, {1: "include", 2: "exclude"}, close=False)
    with open_project(project) as review:
        review.duplicates.same([making.uid(review, n) for n in (1, 2)])
        review.consensus.merge(copy)
        review.consensus.write_copy("Maya", tmp_path / "a2.screener")
    making.screen(tmp_path / "a2.screener", {1: "maybe"}, close=False)
    with open_project(project) as review:
        review.undo()
        review.consensus.merge(tmp_path / "a2.screener")
        assert review.verify() == []


# --- closes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("review_is", ["nowhere", "a decision", "later"])
def test_a_close_after_what_the_copy_does_not_have(pair, making, ids, review_is):
    if review_is == "later":
        with open_project(pair.project) as review:
            making.fill(review, pair.folder, 1, mark="later", first=20)
            named = last_project_event(review._file)
    else:
        named = "c" * 64 if review_is == "nowhere" else events_of_kind(pair.a, "decision")[0]
    close = f'{{"review":"{named}"}}'
    plant(pair.a, "close", close, author=ids["Maya"], step=TA)
    assert refusal(pair, making, pair.a).message == (
        "a.screener holds a closing of Maya after a change of the review it has not; ask Maya for "
        "a fresh copy."
    )


def test_a_close_that_does_not_say_what_was_open(pair, making, ids):
    plant(pair.a, "close", "{}", author=ids["Maya"], step=TA)
    assert "a closing of Maya that does not say what was open" in (
        refusal(pair, making, pair.a).message
    )


def test_a_reopening_of_one_record(pair, making, ids):
    plant(pair.a, "reopen", '{"why":"w"}', author=ids["Maya"], step=TA, subject=ids["record"])
    assert refusal(pair, making, pair.a).message == (
        "a.screener holds a reopening of Maya on a single record; ask Maya for a fresh copy."
    )


def test_a_close_from_before_its_stage_was_open(pair, making, ids):
    """It would be a close that covers nothing, beside decisions that stay hidden."""
    pair.merge()
    with open_project(pair.project) as review:
        before = last_project_event(review._file)
        review.screening.open(Stage.FULL_TEXT)
        pair.a.unlink()
        review.consensus.write_copy("Maya", pair.a)
    honest = pair.folder / "honest.screener"
    shutil.copy(pair.a, honest)
    plant(pair.a, "close", f'{{"review":"{before}"}}', author=ids["Maya"], step=Stage.FULL_TEXT)
    assert refusal(pair, making, pair.a).message == (
        "a.screener holds a closing of Maya from before its stage was open; ask Maya for a fresh "
        "copy."
    )
    making.screen(honest, {}, stage=Stage.FULL_TEXT)
    pair.merge(honest)


def test_a_close_of_one_record_or_of_a_stage_that_is_not_open(pair, making, ids):
    plant(pair.a, "close", "{}", author=ids["Maya"], step=TA, subject=ids["record"])
    assert "a closing of Maya on a single record" in refusal(pair, making, pair.a).message
    plant(pair.b, "close", "{}", author=ids["Jonas"], step=Stage.FULL_TEXT)
    assert "of a stage that is not open in it" in refusal(pair, making, pair.b).message


def test_salvage_takes_no_close_after_what_the_copy_does_not_have(pair, making, ids):
    with open_project(pair.project) as review:
        making.fill(review, pair.folder, 1, mark="later", first=20)
        named = last_project_event(review._file)
    whole = events_of_kind(pair.a, "close")
    forged = plant(pair.a, "close", f'{{"review":"{named}"}}', author=ids["Maya"], step=TA)
    plant(pair.a, "horoscope", "{}", author=ids["Maya"])  # what makes it damaged
    with open_project(pair.project) as review:
        review.consensus.merge(pair.a, salvage=True)
        assert review.verify() == []
    here = events_of_kind(pair.project, "close")
    assert set(whole) <= set(here)
    assert forged not in here


def test_salvage_takes_no_entry_whose_number_does_not_follow(pair, making, ids):
    """Its hash and the one before are right; only its number has a gap."""
    db = sqlite3.connect(pair.a)
    log, seq, prev = db.execute(
        "SELECT log, seq, id FROM event WHERE kind = 'close' ORDER BY seq DESC"
    ).fetchone()
    text = events.text_of(action="a" * 32, action_name="x", body=Note(text="x"))
    row = (log, seq + 5, prev, "note", TA, ids["record"], text)
    id_ = events.id_of((b"", *row))
    db.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (id_, *row))
    db.commit()
    db.close()
    with open_project(pair.project) as review:
        review.consensus.merge(pair.a, salvage=True)
        assert review.verify() == []
    assert id_.hex() not in events_of_kind(pair.project, "note")


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_no_clock_says(pair, making, ids, time):
    body = '{"text":"mine"}'
    plant(pair.a, "note", body, author=ids["Maya"], subject=ids["record"], step=TA, time=time)
    assert refusal(pair, making, pair.a).check is Check.INTEGRITY


@pytest.mark.parametrize("take", [True, False])
def test_a_change_of_the_review_is_named_by_what_it_does(pair, making, ids, take):
    """The name of its action says whatever its writer chose."""
    db = sqlite3.connect(pair.a)
    (batch,) = next(db.execute("SELECT batch FROM record"))
    db.close()
    body = json.dumps({"batch": batch, "why": "w"})
    plant(pair.a, "withdraw", body, log="project", subject=batch, name="Add reviewer Zoe")
    if take:
        with open_project(pair.project) as review:
            (found,) = review.consensus.admission(pair.a, take_changes=True)
            message = next(f.message for f in found.findings if f.check is Check.HISTORY)
    else:
        message = refusal(pair, making, pair.a).message
    assert "withdrawal of the import from “PubMed”" in message
    assert "Zoe" not in message


def test_a_change_that_is_taken_back_and_who_joins_are_named(pair, ids):
    newer = pair.folder / "newer.screener"
    shutil.copy(pair.project, newer)
    with open_project(newer) as review:
        review.sources.remove(["1"], "retracted")
        review.undo()
        review.consensus.write_copy("Zoe", pair.folder / "zoe.screener")
    with open_project(pair.project) as review:
        (found,) = review.consensus.admission(pair.folder / "zoe.screener", take_changes=True)
    message = next(f.message for f in found.findings if f.check is Check.HISTORY)
    for words in ("removal; removal taken back", "reviewer “Zoe”", "joining of “Zoe” at title-"):
        assert words in message


def test_history_tells_what_others_did_and_not_what_they_call_it(pair, ids, capsys):
    """Their name of an action may say that somebody else decided something else."""
    body = json.dumps({"judgements": {}, "verdict": "exclude"})
    more = {"author": ids["Maya"], "subject": ids["record"], "step": TA}
    plant(pair.a, "decision", body, name="Jonas: Include", **more)
    pair.merge()
    with pytest.raises(SystemExit):
        main(["history", str(pair.project), "1"])
    told = capsys.readouterr().out
    assert "Jonas: Include" not in told
    assert "Maya: decision at title-abstract (exclude)" in told
    assert "coordinator: Import from PubMed" in told, "what was done in this file has its name"


def test_history_of_a_file_made_of_copies_tells_no_name_that_came_with_them(pair, ids, capsys):
    """The project log in it is that of a copy, whoever wrote there."""
    body = json.dumps({"record": ids["record"], "why": "w"})
    plant(pair.a, "remove", body, log="project", subject=ids["record"], name="Jonas: Include")
    merge_into(pair.folder / "new.screener", pair.a)
    with pytest.raises(SystemExit):
        main(["history", str(pair.folder / "new.screener"), "1"])
    told = capsys.readouterr().out
    assert "Jonas: Include" not in told
    assert "coordinator: removal (w)" in told
    assert "coordinator: import from “PubMed”" in told
