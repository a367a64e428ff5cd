"""One review through the window, by keys: from a new file to the flow diagram."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from screener import open_copy, open_project
from screener.model import Outcome, Stage, Verdict
from ui.widgets.card import lies_over

MAYA, JONAS = "Maya Lindqvist", "Jonas Roth"
TEXT = "Text messages from peers after relapse"
LETTERS = "Letters from peers in rural districts"
PHONE = "Peer support by smartphone for adults with schizophrenia"
REMINDER = "A telephone reminder service in primary care"
FORUM = "Online forum moderated by peers after discharge"
EXERCISE = "Exercise groups for students"

PUBMED = (
    (TEXT, "2015", "DO  - 10.5555/wj.1\nVL  - 3\nSP  - 11"),
    (LETTERS, "2012", "AB  - Letters were read by two people."),
    (PHONE, "2017", "AB  - Adults with schizophrenia used an app with peers."),
    (REMINDER, "2016", "AB  - Reminders by telephone reached most patients."),
    (FORUM, "2018", "AB  - Loneliness after discharge was less with a forum."),
)
EMBASE = (
    (TEXT, "2015", "DO  - 10.5555/wj.1\nVL  - 3\nSP  - 11"),
    (LETTERS.removesuffix("s"), "2012", ""),
    (EXERCISE, "2014", "AB  - Students exercised twice a week."),
)
CRITERIA = {
    "Participants": "Adults with a serious mental illness",
    "Interventions": "Support by peers through technology",
    "Comparisons": "Any or none",
    "Outcomes": "Any",
    "Study design": "Any study with data",
}

# What each reviewer presses on each record. A step that begins with "note:" is typed as a note.
ALL_MET = ("A", "A", "A", "A", "A", "Enter")
FIRST = {
    MAYA: {
        TEXT: ALL_MET,
        LETTERS: ("I",),
        PHONE: ("note:Which app is it?", "I"),
        REMINDER: ("A", "S", "Enter"),
        FORUM: ("E", "Back", "I"),
        EXERCISE: ("2",),
    },
    JONAS: {
        TEXT: ALL_MET,
        LETTERS: ("I",),
        PHONE: ("F", "I"),
        REMINDER: ("E",),
        FORUM: ("A", "S", "Enter"),
        EXERCISE: ("M",),
    },
}
SECOND = {
    MAYA: {TEXT: ("I",), PHONE: ("E", "1"), FORUM: ("I",)},
    JONAS: {TEXT: ("I",), PHONE: ("E", "2"), FORUM: ("E", "3")},
}
# What the meeting presses before it says why.
SETTLED = {
    Stage.TITLE_ABSTRACT: {FORUM: ("I",), EXERCISE: ("2",)},
    Stage.FULL_TEXT: {PHONE: ("1",), FORUM: ("I",)},
}


def ris(records, authors=("Marchetti, Paola", "Dunne, Sean")):
    named = "".join(f"AU  - {author}\n" for author in authors)
    return "".join(
        f"TY  - JOUR\nTI  - {title}\n{named}PY  - {year}\n{more}\nER  - \n\n"
        for title, year, more in records
    )


@pytest.fixture
def exports(tmp_path):
    places = []
    for name, records in (("pubmed.ris", PUBMED), ("embase.ris", EMBASE)):
        places.append(tmp_path / name)
        places[-1].write_text(ris(records), encoding="utf-8")
    return places


def named(window, name):
    """Return the widget that has this accessible name."""
    return next(w for w in window.findChildren(QWidget) if w.accessibleName() == name)


def titles(project, units):
    return {project.units.get(unit).fields.title for unit in units}


# --- the parts of the journey -------------------------------------------------------------------


def begin_review(person, path):
    """Make a new review with five criteria and a further reason."""
    person.press("Ctrl+N")
    person.type("Digital peer support")
    person.press("Tab")
    person.type("Does it help?")
    for name, text in CRITERIA.items():
        field = named(person.window, f"Include, {name}")
        assert isinstance(field, QPlainTextEdit)
        field.setFocus()
        person.type(text)
    named(person.window, "Further reasons").setFocus()
    person.type("No full report")
    person.dialogs.answer(path)
    person.press("Ctrl+Enter")
    person.wait(lambda: person.session is not None)
    assert person.problem() == ""


def import_files(person, exports):
    """Import two files at once, each with its source."""
    person.press("Ctrl+2")
    person.dialogs.answer(*exports)
    person.press("Ctrl+I")
    for source in ("PubMed", "Embase"):
        importing = person.page.importing
        person.wait(lambda: person.page.importing.form.isVisible())
        person.rest()
        assert person.project.sources.count() == 0
        importing.form.source.setFocus()
        importing.form.source.selectAll()
        person.type(source)
        person.press("Enter")
    person.rest()
    person.wait(lambda: person.project.sources.count() == 8)
    person.press("Enter")  # away from the summary
    assert [b.search.source for b in person.page.overview.batches] == ["PubMed", "Embase"]


def find_duplicates(person):
    """Join the certain pair by rule and answer the doubtful one."""
    person.press("Ctrl+3")
    person.press("Enter")
    person.rest()
    person.wait(lambda: person.page.group.side is not None)
    assert len(person.project.duplicates.groups()) == 1
    asked = person.page.group.side
    assert {c.fields.title for c in map(person.project.sources.record, asked.uids)} == {
        LETTERS,
        LETTERS.removesuffix("s"),
    }
    person.press("D")
    person.press("Back")
    person.wait(lambda: person.page.group.side is not None)
    person.press("S")
    assert len(person.project.duplicates.groups()) == 2
    assert len(person.project.units.ids()) == 6


def write_copy(person, name):
    """Write a reviewer's copy (a newer one for somebody known) and return its place."""
    person.window.perform(f"add-reviewer:{name}")
    card = person.card()
    place = named(card, "Where the copy goes").text()
    person.press("Enter")
    person.rest()
    person.press("Esc")
    assert person.card() is None
    return person.project.path.with_name(place.rpartition("/")[2])


def screen(person, stage, plan):
    """Decide every record of the queue by keys, then close the stage."""
    page, screening = person.page, person.project.screening
    whole = screening.progress(stage).all
    assert whole == len(plan)
    for done in range(whole):
        title = page.model.sheet.fields.title
        for step in plan[title]:
            if step.startswith("note:"):
                person.press("N")
                person.type(step.removeprefix("note:"))
                person.press("Esc")
            elif step == "Back":
                person.wait(lambda at=done: screening.progress(stage).decided == at + 1)
                person.press("Back")
                person.wait(lambda at=done: screening.progress(stage).decided == at)
                assert page.model.sheet.fields.title == title
            else:
                person.press(step)
        person.wait(lambda at=done: screening.progress(stage).decided == at + 1)
    person.wait(lambda: page.nothing.isVisible())
    person.press("Enter")
    assert not screening.closed(stage), "an Enter too many closes nothing"
    person.press("Tab", "Enter")
    person.wait(lambda: bool(screening.stages.code(stage)))
    assert page.closed.isVisible()
    return screening.stages.code(stage)


def merge(person, *copies):
    """Merge the reviewers' files; the inputs stay as they are."""
    before = [copy.read_bytes() for copy in copies]
    person.dialogs.answer(*copies)
    person.press("Ctrl+M")
    person.rest()
    person.wait(lambda: len(person.page.merge.columns) == 2 and not person.page.merge.busy)
    person.press("Enter")
    person.rest()
    person.wait(lambda: person.page.current() is person.page.meeting)
    assert [copy.read_bytes() for copy in copies] == before


def settle(person, stage):
    """Settle every discrepancy of the stage by keys; who is present is asked first, once."""
    consensus = person.project.consensus
    if lies_over(person.window):
        person.press("Enter")
    for _ in SETTLED[stage]:
        found = person.page.meeting.item.found
        left = consensus.standing(stage).pending
        person.press(*SETTLED[stage][found.unit.fields.title])
        person.type(f"Agreed on {found.unit.fields.title}")
        person.press("Enter")
        person.wait(lambda was=left: consensus.standing(stage).pending == was - 1)
    assert person.page.meeting.done.isVisible()


def retrieve(person):
    """Say of every report whether it was obtained: one was not."""
    person.press("Ctrl+6")
    fulltext = person.project.fulltext
    for _ in range(4):
        report = person.page.chosen()
        if report.unit.fields.title == LETTERS:
            person.press("N")
            person.type("The library does not have it")
            person.press("Enter")
        else:
            person.press("R")
        person.wait(
            lambda unit=report.unit.id: next(
                str(s.state) != "sought" for s in fulltext.reports() if s.unit.id == unit
            )
        )


def read_flow(person):
    """Read the numbers that the diagram shows; each opens as many records, by keys alone."""
    canvas = person.page.canvas
    drawn = {}
    for place, link in enumerate(canvas._links):
        canvas.setFocus()
        canvas.choose(place)
        drawn[link.link, link.item] = int(link.text.strip("()").removeprefix("n = "))
        person.press("Enter")
        behind = person.page.behind
        assert behind.isVisible()
        if link.link not in ("new_studies", "total_studies"):  # a study may have several reports
            assert behind.model.rowCount() == drawn[link.link, link.item]
        person.press("Esc")
        assert canvas.isVisible()
    return drawn


EXPECTED = {
    "database_results": 8,
    "duplicates": 2,
    "records_screened": 6,
    "records_excluded": 2,
    "dbr_sought_reports": 4,
    "dbr_notretrieved_reports": 1,
    "dbr_assessed": 3,
    "new_studies": 2,
    "new_reports": 2,
}


def report(person, folder):
    """Read the flow diagram, save it, and write the records with their outcomes."""
    person.press("Ctrl+9")
    page, flow = person.page, person.project.report.flow()
    assert not flow.draft
    drawn = read_flow(person)
    assert {name: n for (name, item), n in drawn.items() if name in EXPECTED} == EXPECTED
    assert drawn["dbr_excluded", "Participants"] == 1
    assert all(getattr(flow, name) == n for (name, item), n in drawn.items() if not item)
    person.dialogs.answer(folder / "flow.svg")
    page.save_diagram()
    assert "(n = 6)" in (folder / "flow.svg").read_text(encoding="utf-8")
    person.dialogs.answer(folder / "records.csv")
    person.press("Ctrl+E", "Enter")
    person.rest()
    with (folder / "records.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["title"]: row["Full text: outcome"] for row in rows} == {
        TEXT: "include",
        LETTERS: "",
        PHONE: "exclude",
        FORUM: "include",
        REMINDER: "",
        EXERCISE: "",
    }


# --- the journey --------------------------------------------------------------------------------


def test_a_review_from_a_new_file_to_the_flow_diagram(person, exports, tmp_path):
    path = tmp_path / "peers.screener"
    first, full = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
    begin_review(person, path)
    assert [c.include for c in person.project.protocol.current.criteria] == list(CRITERIA.values())
    import_files(person, exports)
    find_duplicates(person)
    copies = {name: write_copy(person, name) for name in (MAYA, JONAS)}

    codes = {}
    for name, copy in copies.items():
        person.open(copy)
        person.press("Enter")  # begin
        codes[name] = screen(person, first, FIRST[name])
        assert person.project.reviewer == name

    person.open(path)
    merge(person, *copies.values())
    standing = person.project.consensus.standing(first)
    assert {r.reviewer.name: r.code for r in standing.reviewers} == codes
    settle(person, first)
    person.press("Tab", "Enter")  # open full text
    person.wait(lambda: person.project.screening.opened(full))
    passed = titles(person.project, person.project.screening.open_units(full))
    assert passed == {TEXT, LETTERS, PHONE, FORUM}
    retrieve(person)
    newer = {name: write_copy(person, name) for name in (MAYA, JONAS)}
    assert not set(newer.values()) & set(copies.values())

    # One takes the newer copy into the copy in use, the other goes on in the newer one.
    person.open(copies[MAYA])
    person.dialogs.answer(newer[MAYA])
    person.window.perform("take-in")
    person.rest()
    person.wait(lambda: person.project.screening.opened(full))
    person.press("Ctrl+3")
    screen(person, full, SECOND[MAYA])
    person.open(newer[JONAS])
    assert person.window.frame.current == full
    screen(person, full, SECOND[JONAS])

    person.open(path)
    merge(person, copies[MAYA], newer[JONAS])
    settle(person, full)

    report(person, tmp_path)
    person.press("Ctrl+W")
    assert person.session is None
    check_files(path, copies[MAYA])


def check_files(path, copy):
    """What the core reads from the files is what was pressed."""
    first, full = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
    with open_copy(copy) as mine:
        decided = {
            mine.units.get(unit).fields.title: mine.screening.decision(unit, first)
            for unit in mine.units.ids()
        }
        assert decided[TEXT].verdict is Verdict.INCLUDE
        assert set(decided[TEXT].judgements.values()) == {"met"}
        assert decided[REMINDER].reason == decided[EXERCISE].reason == "interventions"
        assert decided[FORUM].verdict is Verdict.INCLUDE
        phone = next(u for u in mine.units.ids() if mine.units.get(u).fields.title == PHONE)
        assert mine.screening.notes.note(phone, first) == "Which app is it?"
        assert not mine.verify()
    with open_project(path) as review:
        agreed = {
            (stage, review.units.get(unit).fields.title): one
            for stage in (first, full)
            for unit, (one,) in review.consensus.agreed(stage).items()
        }
        assert agreed[first, FORUM].value == agreed[full, FORUM].value == Outcome.INCLUDE
        assert agreed[first, EXERCISE].reason == "interventions"
        assert agreed[full, PHONE].reason == "participants"
        assert all(one.why == f"Agreed on {title}" for (_, title), one in agreed.items())
        assert all(set(one.by) == {MAYA, JONAS} for one in agreed.values())
        assert set(agreed) == {(s, t) for s, found in SETTLED.items() for t in found}
        assert not review.verify()


def test_focus_is_never_lost_between_the_stages(person, exports, tmp_path):
    begin_review(person, tmp_path / "peers.screener")
    import_files(person, exports)
    for number in range(1, 8):
        person.press(f"Ctrl+{number}")
        person.rest()
        focus = QApplication.focusWidget()
        assert focus is not None, person.window.frame.current
        assert person.page.isAncestorOf(focus) or focus is person.page, person.window.frame.current
