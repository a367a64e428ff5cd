"""Storing while reading gives the project that reading first and storing then gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener import create_project
from screener.model import Entry, Search, UserError
from screener.sources.reading import read
from screener.sources.streaming import store_reading
from screener.store.file import File

OWN = Path(__file__).parent / "data"


def test_records_are_those_of_the_file_and_the_project_verifies(tmp_path: Path) -> None:
    text = (OWN / "embase.ris").read_text("utf-8-sig")
    many = tmp_path / "many.ris"
    many.write_text("".join(text.strip() + "\n\n" for _ in range(600)), encoding="utf-8")
    reading = read(many)
    expected = [found.fields for found in reading if isinstance(found, Entry)]
    with create_project(tmp_path / "a.screener", title="A review") as project:
        batch = store_reading(_file(project.sources), reading, many.name, Search(source="Embase"))
        assert batch.parsed == len(expected) > 500
        assert [record.fields for record in project.sources.records()] == expected
        assert list(project.verify()) == []


def test_the_same_file_is_refused_the_second_time(tmp_path: Path) -> None:
    reading = read(OWN / "embase.ris")
    with create_project(tmp_path / "a.screener", title="A review") as project:
        file = _file(project.sources)
        store_reading(file, reading, "embase.ris", Search(source="Embase"))
        before = project.sources.count()
        with pytest.raises(UserError, match="already"):
            store_reading(file, reading, "embase.ris", Search(source="Embase"))
        assert project.sources.count() == before


def test_what_stops_it_on_the_way_stores_nothing(tmp_path: Path) -> None:
    def stop(_done: int, _whole: int | None, what: str) -> None:
        if what == "Storing records":
            raise KeyboardInterrupt

    with create_project(tmp_path / "a.screener", title="A review") as project:
        reading = read(OWN / "embase.ris")
        with pytest.raises(KeyboardInterrupt):
            store_reading(
                _file(project.sources), reading, "embase.ris", Search(source="Embase"), stop
            )
        assert project.sources.count() == 0
        assert project.sources.batches() == []


def _file(sources: object) -> File:
    found = getattr(sources, "_file")  # noqa: B009 - the seam is below the public API
    assert isinstance(found, File)
    return found
