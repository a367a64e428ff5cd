from __future__ import annotations

from dataclasses import replace

from screener.sources.formats.headings import ALIASES
from screener.sources.reading import Mapping
from ui.session.preferences import PreferencesFile
from ui.sources import columns

HEADINGS = ("A", "B", "C")
USUAL = Mapping(delimiter=",", header=1, headings=HEADINGS, columns={0: ("title",)})


def test_every_field_that_a_heading_can_mean_can_be_chosen():
    assert set(columns.FIELDS) == set(ALIASES)


def test_columns_are_remembered_over_a_restart(qapp):
    used = replace(USUAL, columns={1: ("title",), 2: ("doi", "url")})
    columns.remember(PreferencesFile(), USUAL, used)
    kept = PreferencesFile().current.tables
    other_file = replace(USUAL, delimiter=";", header=4)
    assert columns.remembered(kept, other_file) == replace(other_file, columns=used.columns)
    assert columns.remembered(kept, replace(USUAL, headings=("A", "B"))) is None
    ((name, places),) = kept.items()  # as a file of preferences may say that a person changed
    kept = {name: {**places, "9" * 5000: ("title",)}}
    assert columns.remembered(kept, other_file) == replace(other_file, columns=used.columns)


def test_the_usual_columns_are_not_kept(qapp):
    preferences = PreferencesFile()
    columns.remember(preferences, USUAL, replace(USUAL, columns={1: ("title",)}))
    columns.remember(preferences, USUAL, USUAL)
    assert preferences.current.tables == {}


def test_an_unsure_reading_that_was_confirmed_is_kept(qapp):
    preferences = PreferencesFile()
    unsure = replace(USUAL, sure=False)
    columns.remember(preferences, unsure, unsure)
    known = columns.remembered(preferences.current.tables, unsure)
    assert (known.columns, known.sure) == (USUAL.columns, True)


def test_what_is_no_column_any_more_is_passed_over():
    kept = {columns._name(USUAL): {"0": ("title", "mood"), "7": ("doi",), "x": ("year",)}}
    assert columns.remembered(kept, USUAL).columns == {0: ("title",)}


def test_columns_that_were_changed_say_what_may_not_be_meant():
    heads, usual = ("Name", "Comment", "Published"), {0: ("title",), 2: ("date",)}
    assert columns.remarks(heads, usual, usual) == ""
    lost = columns.remarks(heads, usual, {0: ("title",), 2: ("keywords",)})
    assert lost == "No column is the date any more; it was “Published”."
    moved = columns.remarks(heads, usual, {1: ("title",), 2: ("date",)})
    assert moved == "“Name” is nothing now."
    double = columns.remarks(heads, usual, {0: ("title",), 1: ("title",), 2: ("date",)})
    assert double == ("“Name” and “Comment” have one field, title; the first with a value is read.")
    both = columns.remarks(heads, {1: ("keywords",)}, {1: ("keywords",), 2: ("keywords",)})
    assert both == "“Comment” and “Published” have one field, keywords; they are read together."
