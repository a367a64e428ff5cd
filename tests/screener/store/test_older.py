"""An older version of a file, or another file, in the place of what was saved is noticed."""

import json
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from screener import create_project, open_copy, open_project, restore
from screener.cli import commands
from screener.model import Stage, UserError, Verdict
from screener.store import left

TA = Stage.TITLE_ABSTRACT
NOWHERE = "is in no backup of this computer, look for it where it was moved to"
RIS = "".join(f"TY  - JOUR\nTI  - Title number {n}\nER  - \n\n" for n in range(4))


@pytest.fixture
def copies(tmp_path):
    """Maya's and Tom's copies of a review of four records, beside the project."""
    (tmp_path / "one.ris").write_text(RIS, encoding="utf-8")
    with create_project(tmp_path / "review.screener", title="Sleep") as project:
        project.sources.import_file(tmp_path / "one.ris", source="PubMed")
        project.consensus.write_copy("Maya", tmp_path / "maya.screener")
        project.consensus.write_copy("Tom", tmp_path / "tom.screener")
    return tmp_path / "maya.screener", tmp_path / "tom.screener"


def decide(path, many=1):
    with open_copy(path) as copy:
        for unit in list(copy.screening.queues.queue(TA))[:many]:
            copy.screening.decide(unit, Verdict.INCLUDE, stage=TA)


def said(path, *, write=False):
    with open_project(path, write=write) as project:
        older = project.older()
        return older.sentence if older is not None else ""


@pytest.fixture
def older(copies):
    """Maya's copy, put back as it was before the last two of three decisions."""
    maya, _ = copies
    decide(maya)
    before = maya.read_bytes()
    decide(maya, 2)
    maya.write_bytes(before)
    return maya


def test_an_older_version_in_its_place_is_noticed_until_it_is_written_to(older):
    for write in (False, True, True):
        sentence = said(older, write=write)
        assert sentence.startswith("maya.screener is older than what was last saved in it on this")
        assert "2 entries more" in sentence
        assert sentence.endswith(f"the newer {NOWHERE}.")
    decide(older)
    assert said(older) == ""


def test_the_newer_is_among_the_backups_when_one_has_all_of_it(copies):
    maya, tom = copies
    decide(maya)
    before = maya.read_bytes()
    with open_project(maya) as copy:
        copy.backup()
    decide(maya)
    newer = maya.read_bytes()
    maya.write_bytes(before)
    assert said(maya).endswith(f"the newer {NOWHERE}."), "the backup is as old as it is"
    maya.write_bytes(newer)
    with open_project(maya) as copy:
        copy.backup()
    for other in (before, tom.read_bytes()):
        maya.write_bytes(other)
        assert said(maya).endswith(" is among its backups.")


def test_a_version_without_the_log_of_this_computer_is_noticed(copies):
    maya, _ = copies
    before = maya.read_bytes()
    decide(maya)
    maya.write_bytes(before)
    assert "is older than" in said(maya)


def test_who_takes_it_as_it_is_is_not_told_again(older):
    with open_project(older) as project:
        project.older().accept()
    assert said(older) == ""


def test_a_file_that_was_left_as_it_is_or_went_on_elsewhere_is_not_older(copies, monkeypatch, home):
    maya, _ = copies
    decide(maya)
    assert said(maya, write=True) == ""
    monkeypatch.setenv("SCREENER_HOME", str(home / "of-another-computer"))
    decide(maya)
    assert said(maya) == ""
    monkeypatch.setenv("SCREENER_HOME", str(home))
    assert said(maya) == ""


def test_what_the_program_restores_in_its_place_is_not_older(copies):
    maya, _ = copies
    decide(maya)
    with open_project(maya) as copy:
        backup = copy.backup()
    decide(maya)
    maya.unlink()
    restore(backup, maya)
    assert said(maya, write=True) == ""


def test_another_file_under_the_name_says_whose_it_is(copies):
    maya, tom = copies
    decide(maya)
    shutil.copy(tom, maya)
    sentence = said(maya, write=True)
    assert sentence.startswith("maya.screener is Tom's copy now, and not the file that was open")
    decide(maya)
    assert said(maya) == ""


def test_an_older_one_that_came_while_it_was_open_names_what_was_kept(copies):
    maya, _ = copies
    decide(maya)
    before = maya.with_name("before")
    shutil.copy(maya, before)
    with open_copy(maya) as copy:
        unit = next(iter(copy.screening.queues.queue(TA)))
        copy.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        before.replace(maya)
        with pytest.raises(UserError, match="was replaced"):
            copy.require_there()
        kept = copy.kept
    assert said(maya).endswith(f"the newer is in {kept}, open that file.")
    assert said(kept, write=True) == ""
    kept.unlink()
    assert said(maya).endswith(f"the newer {NOWHERE}.")


def test_a_note_that_cannot_be_read_says_nothing(older, home):
    (place,) = [p for p in (home / "left").glob("*.json") if "maya" in p.read_text("utf-8")]
    for text in ("", "[]", "{}", json.dumps({"path": 3}), '{"ends": 3}'):
        place.write_text(text, encoding="utf-8")
        assert said(older) == ""


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "no"])
def test_a_time_that_cannot_be_shown_is_unknown(older, home, time):
    (place,) = [p for p in (home / "left").glob("*.json") if "maya" in p.read_text("utf-8")]
    note = json.loads(place.read_text("utf-8")) | {"time": time}
    place.write_text(json.dumps(note), encoding="utf-8")
    assert "(at an unknown time, 2 entries more)" in said(older)


def test_where_a_file_was_left_last_is_known(copies):
    maya, _ = copies
    decide(maya)
    with open_project(maya, write=False) as copy:
        asked = copy._file.uuid, "copy", copy._file.reviewer
    assert left.last_of(*asked) == maya.resolve()
    assert left.last_of("0" * 32, "copy", asked[2]) is None


@pytest.mark.parametrize("command", ["status", "verify"])
def test_the_command_line_says_it_beside_its_output(older, command):
    done = CliRunner().invoke(commands, [command, str(older), "--json"])
    assert done.exit_code == 0
    assert "maya.screener is older than what was last saved" in done.stderr
    assert json.loads(done.stdout)
    decide(older)
    assert CliRunner().invoke(commands, [command, str(older)]).stderr.count("older") == 0


def test_a_command_that_writes_to_it_says_it_before_nothing_tells_any_more(older):
    def decided(number):
        code = "import sys; from screener.cli import main; main(sys.argv[1:])"
        words = ["decide", str(older), number, "include", "--stage", str(TA)]
        done = subprocess.run(
            [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
        )
        return done.stderr

    assert decided("2").startswith("maya.screener is older than what was last saved in it on this")
    assert said(older) == ""
    assert decided("3") == ""
