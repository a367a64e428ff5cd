"""Lists of units and records as JSON: in parts of any size the same as one by one."""

import pytest

from screener import open_project
from screener.model import Stage, Status
from screener.report import exports, listing

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


@pytest.fixture
def path(making, tmp_path):
    """A project of ten records: a group across parts, one record removed."""
    made = making.review(tmp_path / "review", records=10)
    with open_project(made) as review:
        uids = [record.id for record in review.sources.records()]
        review.duplicates.same([uids[1], uids[8]], kept=uids[8])
        review.sources.remove(["5"], "retracted")
    return made


@pytest.mark.parametrize("stage", [TA, FT])
@pytest.mark.parametrize("at_once", [1, 3, 500])
def test_records_in_parts_are_those_one_by_one(path, monkeypatch, stage, at_once):
    monkeypatch.setattr(listing, "_AT_ONCE", at_once)
    with open_project(path, write=False) as review:
        here = review.consensus.at(stage)
        naive = []
        for record in review.units.records():
            unit = review.units.get(str(record.number))
            state = review.consensus.states(stage)[unit.id]
            naive.append(
                {
                    "number": record.number,
                    "uid": record.id,
                    "title": record.fields.title,
                    "abstract": record.fields.abstract,
                    "unit": unit.number,
                    "members": list(unit.members),
                    "status": str(state.status),
                    "outcome": None,
                }
            )
        found = list(listing.members(review.units, here, review.units.records()))
        assert [{name: one[name] for name in naive[0]} for one in found] == naive
        assert [one["number"] for one in found] == list(range(1, 11))
        assert {one["unit"] for one in found if one["number"] in (2, 9)} == {9}
        assert found[4]["status"] == "removed"
        units = list(listing.listing(review.units, here))
        assert [one["uid"] for one in units] == [str(u) for u in review.consensus.states(stage)]
        removed = listing.listing(review.units, here, Status.REMOVED)
        assert [one["number"] for one in removed] == [5]


@pytest.mark.parametrize("ending", ["csv", "json", "ris"])
def test_an_export_in_parts_is_the_export_at_once(path, tmp_path, monkeypatch, ending):
    whole, parts = tmp_path / f"whole.{ending}", tmp_path / f"parts.{ending}"
    with open_project(path, write=False) as review:
        count = review.report.export(whole)
        monkeypatch.setattr(exports, "_AT_ONCE", 2)
        assert review.report.export(parts) == count == 8
    assert parts.read_bytes() == whole.read_bytes()
