"""Backups are told apart: of which file each is, how much is in it, also when the file is lost."""

import json
import shutil

import pytest

from screener import find_backups, merge_into, open_copy, open_project, restore
from screener.model import ErrorKind, UserError
from screener.store import computer, shelf


@pytest.fixture
def backed_up(pair):
    """A pair with a backup of the project before the merge, of a copy and an arbitrator's file."""
    merge_into(pair.project, pair.a, pair.b)
    with open_project(pair.project) as review:
        review.consensus.write_arbitrators_file(
            "Ida", "title-abstract", pair.folder / "ida.screener"
        )
    for path in (pair.a, pair.folder / "ida.screener"):
        with open_project(path) as one:
            one.backup()
    return pair


def kinds(found):
    return [(one.own, one.what.whose, one.what.records, one.what.decisions) for one in found]


def of_project(pair, path):
    with open_project(path, write=False) as review:
        return review.backups()


def test_each_says_of_which_file_it_is_and_its_own_come_first(backed_up):
    with open_copy(backed_up.a) as mine:
        reviewer = mine.reviewer
        decided = mine.screening.progress("title-abstract").decided
    found = of_project(backed_up, backed_up.a)
    assert [(one.own, one.what.whose) for one in found] == [
        (True, f"{reviewer}'s copy"),
        (False, "the arbitrator's file (Ida)"),
        (False, "the project"),
        (False, "the project"),
    ]
    assert found[0].what.decisions == decided > 0
    assert found[2].what.decisions == 0
    assert [one.what.records for one in found] == [8, 8, 8, 0], "the last is before the import"
    assert of_project(backed_up, backed_up.project)[0].what.whose == "the project"


def test_the_backups_of_another_reviewers_copy_are_not_its_own(backed_up):
    assert not any(one.own for one in of_project(backed_up, backed_up.b))


def spoil_text(path):
    text = path.read_bytes()
    at = text.rindex(b'"title":"') + 12
    path.write_bytes(text[:at] + bytes([text[at] ^ 1]) + text[at + 1 :])


def spoil_pages(path):
    """Everything but the page of `meta`."""
    text = path.read_bytes()
    keep = text.index(b"project" + find_uuid(path))
    page = keep // 1024 * 1024
    path.write_bytes(b"\xff" * page + text[page : page + 1024] + b"\xff" * 2048)


def find_uuid(path):
    with open_project(path, write=False) as review:
        return review.uuid.encode()


def spoil_schema(path):
    text = bytearray(path.read_bytes())
    text[100:1000] = b"\x00" * 900
    path.write_bytes(text)


@pytest.mark.parametrize("spoil", [spoil_text, spoil_pages, spoil_schema])
def test_a_damaged_file_finds_the_backups_of_its_review(backed_up, spoil, run):
    spoil(backed_up.a)
    found = find_backups(backed_up.a)
    assert len(found) == 4
    assert found[0].own
    assert found[0].what.whose.endswith("copy")
    status, out, err = run("backups", backed_up.a, "--json")
    assert status == 0
    assert [one["own"] for one in json.loads(out)] == [True, False, False, False]
    assert err.count("\n") == (spoil is not spoil_text), "what keeps it from opening is said"


@pytest.mark.parametrize("gone", [True, False], ids=["removed", "nothing of it is left"])
def test_of_a_file_that_says_nothing_all_backups_here_are_listed(backed_up, making, gone, run):
    making.review(backed_up.folder / "other", records=2)
    with open_project(backed_up.folder / "other" / "p.screener") as other:
        other.backup()
    if gone:
        backed_up.a.unlink()
    else:
        backed_up.a.write_bytes(b"\x00" * 5_000)
    assert not any(one.own for one in find_backups(backed_up.a))
    status, out, err = run("backups", backed_up.a)
    assert status == 0
    assert out.count("Files of the review “Peers by telephone”:") == 2
    assert out.count("  the project, ") == 4
    assert "a.screener" in err


def test_the_command_names_file_and_amount_and_keeps_its_fields(backed_up, run):
    status, out, _ = run("backups", backed_up.a)
    assert status == 0
    own, heading, *others = out.splitlines()
    assert "'s copy, 8 records, 8 decisions  " in own
    assert heading == "Other files of the review “Peers by telephone”:"
    assert "  the arbitrator's file (Ida), 8 records, 0 decisions  " in others[0]
    assert "  the project, 8 records, 0 decisions  " in others[1]
    (first, *_) = json.loads(run("backups", backed_up.a, "--json")[1])
    assert list(first) == [
        "file", "made", "size", "kind", "reviewer", "records", "decisions", "answers", "own",
        "title",
    ]  # fmt: skip
    assert (first["kind"], first["records"], first["own"]) == ("copy", 8, True)


def test_restoring_says_what_it_made(backed_up, run):
    (backup, *_) = of_project(backed_up, backed_up.a)
    out = backed_up.folder / "again.screener"
    status, said, _ = run("restore", backup.path, out, "--quiet")
    assert (status, said) == (0, f"{out} is restored: {backup.what.words}.\n")
    assert backup.what.words.endswith("'s copy, 8 records, 8 decisions")
    assert restore(backup.path, backed_up.folder / "twice.screener") == backup.what


@pytest.mark.parametrize("part", [0.3, 0.9, 0.99])
def test_a_backup_that_is_cut_off_is_named_and_nothing_is_made(backed_up, part):
    (backup, *_) = of_project(backed_up, backed_up.a)
    cut, out = backed_up.folder / "cut.screener", backed_up.folder / "again.screener"
    whole = backup.path.read_bytes()
    cut.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(UserError, match=r"^cut\.screener ") as told:
        restore(cut, out)
    assert told.value.kind is ErrorKind.DAMAGED
    assert not out.exists()


def test_a_file_whose_beginning_was_written_over_is_not_told_to_be_called_otherwise(backed_up):
    path = backed_up.project
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    with pytest.raises(UserError) as told:
        open_project(path)
    assert told.value.kind is ErrorKind.NOT_OURS
    assert "backup" in str(told.value)


def test_what_a_person_put_into_the_folder_is_left_alone(backed_up):
    with open_project(backed_up.project, write=False) as review:
        folder = computer.backup_folder(review.uuid)
    shutil.copy(backed_up.b, folder / "mine.screener")
    assert len(of_project(backed_up, backed_up.project)) == 4
    assert not shelf.holds(folder / "mine.screener")
    assert all(shelf.holds(one.path) for one in of_project(backed_up, backed_up.a))


def test_a_backup_that_is_damaged_itself_is_listed_as_such(backed_up):
    (own, *_) = of_project(backed_up, backed_up.a)
    own.path.write_bytes(b"")
    found = of_project(backed_up, backed_up.a)
    (broken,) = (one for one in found if one.path == own.path)
    assert (broken.own, broken.what.whose) == (False, "a file that cannot be read")
    with pytest.raises(UserError):
        restore(own.path, backed_up.folder / "again.screener")


def test_a_name_in_a_file_leads_to_no_other_review(backed_up, making):
    """Only a review whose backups are here is looked for in the bytes of a file."""
    backed_up.a.write_bytes(b"x" * 1_048_570 + b"project" + b"e" * 32 + b"kindcopy")
    assert len({one.path.parent for one in find_backups(backed_up.a)}) == 1
    assert not any(one.own for one in find_backups(backed_up.a))
