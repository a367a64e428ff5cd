"""Names and titles are one line without turning signs: given so, and shown so."""

import pytest

from screener import create_project, open_project
from screener.model import UserError
from screener.model.words import as_name
from screener.store import caches
from tests.screener.consensus.planting import canonical, plant

BAD = "\u202eEve\u202c\x1b[31m\nand  Ann\u2028"
GOOD = "Eve [31m and Ann"
UNSEEN = "\u3164\u200b \u2800"


def test_a_name_is_one_line():
    assert as_name(BAD) == GOOD


def test_what_is_given_is_kept_so(tmp_path, making):
    with create_project(tmp_path / "p.screener", title=BAD) as review:
        assert review.protocol.current.title == GOOD
        making.fill(review, tmp_path, 2)
        assert review.consensus.add_person(BAD).name == GOOD
        assert review.consensus.rename_person(GOOD, "\u2067Ann").name == "Ann"


@pytest.mark.parametrize("name", ["", " ", UNSEEN])
def test_what_nobody_can_see_is_no_name(tmp_path, making, name):
    with pytest.raises(UserError, match="Give the review a title"):
        create_project(tmp_path / "new.screener", title=name)
    with open_project(making.review(tmp_path)) as review, pytest.raises(UserError, match="name"):
        review.consensus.add_person(name)


def test_what_a_file_holds_is_shown_so(pair):
    id_ = "e" * 32
    for kind, body in (
        ("reviewer", {"id": id_, "name": BAD}),
        ("study", {"id": id_, "name": BAD}),
        ("intervention", {"id": id_, "name": BAD, "studies": []}),
    ):
        plant(pair.project, kind, canonical(body), log="project", subject=id_)
    caches.rebuild_in(pair.project)
    with open_project(pair.project, write=False) as review:
        assert review.consensus.people()[-1].name == GOOD
        assert review.studies.name_of(id_) == GOOD
        assert [one.name for one in review.studies.interventions()] == [GOOD]
