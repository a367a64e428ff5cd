"""A review with everything long, and every page and card of its project and of a copy, one by one.

What walks over all pages takes them from here, so that a new page is in all such tests.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from screener import create_project, open_copy, open_project
from screener.answers.draft import Place
from screener.answers.form import Form, FormKind, FormList, Section
from screener.model import (
    SPECIAL_VALUES,
    Criterion,
    Element,
    Judgement,
    Option,
    Protocol,
    Question,
    Stage,
    Verdict,
)
from screener.screening.screening import Draft, OrderBy
from tests.screener.conftest import Making
from tests.ui.included import include
from ui.widgets.card import Card

LONG = "Peer-led digital support for adults with severe mental illness after a stay in hospital: "
TITLE = (LONG * 4)[:319] + "."  # 320 letters
TITLES = (TITLE, "Letters from peers", "Letters from peers: part 2", "A forum", "Forum", "Groups")
NAMES = ("Maya Lindqvist", "Jonas Roth", "Amelie von Droste-Hülshoff")
REASONS = ("Protocol or conference abstract only", "Not published in a peer-reviewed journal",
           "Same data as another report and nothing new")  # fmt: skip
SAID = "with a severe and enduring mental illness, or those who care for them, whatever the setting"
TA = Stage.TITLE_ABSTRACT


def ris(titles=TITLES):
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Haverkamp, Johanna\nAU  - Osei-Bonsu, Akosua\n"
        f"PY  - 2016\nT2  - Annals of Fictional Mental Health Services\nAB  - Background: Words. "
        f"{LONG * 6} Methods: Adults were asked. Results: Most answered.\nKW  - peer support\n"
        f"DO  - 10.5555/long.{place}\nER  - \n\n"
        for place, title in enumerate(titles)
    )


def write_review(folder):
    """Write a project that three reviewers screened, their copies, one of them not begun."""
    found, table = folder / "found.ris", folder / "from a colleague.csv"
    found.write_text(ris(), encoding="utf-8")
    (folder / "more.ris").write_text(ris(["Text messages"]) + "no record\n", encoding="utf-8")
    table.write_text("Nr;Bezeichnung;Wer\n1;Peers by text;Okonedo\n", encoding="utf-8")
    protocol = Protocol(
        title=TITLE,
        question="Does it help?",
        criteria=tuple(
            Criterion(id=str(e), element=e, include=f"People {SAID}", exclude=f"Nobody {SAID}",
                      required_at=frozenset(Stage), highlight=("peer*",))
            for e in list(Element)[:5]
        ),
        further_reasons=tuple((f"reason-{n}", words) for n, words in enumerate(REASONS)),
    )  # fmt: skip
    path, copies = folder / "project.screener", [folder / f"{name[0]}.screener" for name in NAMES]
    with create_project(path, title=TITLE, protocol=protocol) as project:
        project.sources.import_file(found, source="PubMed", strategy=SAID, limits=SAID)
        project.duplicates.find()
        project.consensus.write_copy("Not begun", folder / "fresh.screener")
    with open_project(path) as project:
        project.consensus.remove_person("Not begun", "left")
        for name, copy in zip(NAMES, copies, strict=True):
            project.consensus.write_copy(name, copy)
    for place, copy in enumerate(copies):
        _screen(copy, place)
    write_included(folder)
    return path


def write_included(folder):
    """Write a project of which every report is included, some of them in studies."""
    text = ris().replace("Most answered.", "Most answered. NCT00000417.")
    path = include(folder, text, title=TITLE, name="included")
    with open_project(path) as project:
        units = {number: unit for unit, number in project.units.numbered()}
        first = project.studies.link([units[1]], name=LONG + "the first of them")
        project.studies.link([units[2], units[3]])
        both = project.studies.link([units[4], units[3]], also=True, name="Haverkamp 2016: a forum")
        project.studies.group(LONG, [first.id, both.id])
    return path


def _screen(copy, place):
    """Decide as nobody else does."""
    verdicts = [*Verdict][:3]
    with open_copy(copy) as mine:
        mine.screening.queues.set_order(OrderBy.IMPORTED)
        drafts = [
            Draft(unit=unit, verdict=(verdict := verdicts[(place + n) % 3]),
                  reason="reason-2" if verdict is Verdict.EXCLUDE else "",
                  judgements={"comparisons": [Judgement.MET, Judgement.UNCLEAR][place % 2]})
            for n, unit in enumerate(mine.screening.to_screen(TA)[: 4 if place else 3])
        ]  # fmt: skip
        mine.screening.decisions.decide_many(drafts, stage=TA)


def write_forms(folder):
    """Write a copy in which an extraction form and an instrument are open, with all that is long.

    The second study has rows in its table, and something that is no answer.
    """
    options = (Option(id="a", text=SAID.capitalize()), Option(id="b", text="Pre-post"))
    questions = (
        Question(id="design", words="Study design, as the authors did it", type="choice",
                 section="one", help=SAID, options=options, special=SPECIAL_VALUES, required=True),
        Question(id="weeks", words="Length", type="decimal", section="one", required=True,
                 units=("weeks", "months"), special=SPECIAL_VALUES),
        Question(id="story", words="What was done", type="long-text", section="one"),
        *(Question(id=f"n-{n}", words=f"Number of people in week {n}", type="integer",
                   list=("arms",), section="two", special=SPECIAL_VALUES) for n in range(9)),
    )  # fmt: skip
    extraction = Form(
        id="extraction", title=LONG, questions=questions,
        lists=(FormList(id="arms", title="Arms", row="arm", key="Arm"),),
        sections=(Section(id="one", title=LONG), Section(id="two", title="Arms")),
    )  # fmt: skip
    scale = Form(
        id="scale", title=LONG, kind=FormKind.APPRAISAL, provenance="unverified",
        questions=(Question(id="q", code="A", words=LONG, type="score", required=True,
                            options=tuple(replace(o, score="1") for o in options)),),
    )  # fmt: skip
    copy = folder / "forms.screener"
    Making.opened(folder / "forms", extraction, scale, copy=copy)
    with open_copy(copy) as mine:
        study = mine.studies.all()[1].id
        at = mine.forms.answering("extraction")
        for key in ("Monday group", SAID):
            at.add_row(study, "arms", key)
        place = Place(page="4", quote=SAID)
        at.answer(study, "design", "a", place=place, note=SAID)
        at.keep_typed(study, {("weeks", ""): {"text": "some"}})
    return copy


class Walk:
    """One window that is led from page to page; every scene leaves it as the next one needs it."""

    def __init__(self, window, path, qtbot):
        self.window, self.path, self._qtbot = window, path, qtbot

    @property
    def page(self):
        return self.window.frame.page

    def rest(self):
        QApplication.processEvents()
        session = self.window.session
        self._qtbot.waitUntil(lambda: session is None or not session.running)
        QApplication.processEvents()

    def go(self, stage):
        self.window.frame.go(stage)
        self._qtbot.waitUntil(lambda: not self.page.stale)
        self.rest()
        return self.page

    def card(self):
        return next((c for c in self.window.findChildren(Card) if c.isVisible()), None)

    def cards(self, *actions):
        """Show the card of one action of the window after the other."""
        for action in actions:
            self.window.perform(action)
            self.rest()
            assert self.card() is not None, action
            yield action
            self.card().close_card()

    def without_file(self):
        yield "start"
        self.window.perform("new")
        yield "new-review"
        self.window._opening._new.ask_leave()
        self.rest()

    def project(self):
        with open_project(self.path) as project:
            copies = [self.path.with_name(f"{name[0]}.screener") for name in NAMES]
            project.consensus.merge(*copies)
            project.consensus.open_early("to see all pages")
        assert self.window.open(self.path)
        page = self.go("protocol")
        yield "protocol"
        page.begin_edit()
        yield "protocol-edited"
        page.end_edit()
        yield from self._sources()
        page = self.go("duplicates")
        yield "duplicates"
        for view in ("certain", "runs"):
            page.show_at(view)
            yield f"duplicates-{view}"
        page.choose_settings()
        yield "duplicates-settings"
        self.go("screening")
        yield "reviewers"
        yield from self._meeting()
        self.go("full-text")
        yield "full-text"
        page = self.go("report")
        yield "report"
        page.show_behind("records_screened")
        yield "report-records"
        yield from self.cards("all-keys", "change-keys", "add-reviewer", "backups", "about")
        self.window.say_problem("The disk is full; the decision was not saved. Make room, then "
                                "decide again.", ("backups", "Backups…"))  # fmt: skip
        yield "problem"
        self.window.frame.problem.dismiss()
        yield from self._studies()

    def _studies(self):
        assert self.window.open(self.path.with_name("included.screener"))
        page = self.go("forms")
        self._follow(page.overview.preview)
        yield "forms"
        page.take()
        page.begin_edit()
        page.editor.add_field()
        self._follow(page.editor.preview)
        yield "forms-edited"
        page.end_edit()
        page = self.go("studies")
        self._qtbot.waitUntil(lambda: page.left.list.chosen().study is not None)
        yield "studies"
        yield from self.cards("another-study", "open-form", "name-study", "study-intervention")
        page.right.list.setFocus()
        rows = page.right.list.rows
        report = next(n for n in range(rows.rowCount()) if rows.row(n).report is not None)
        page.right.list.setCurrentIndex(rows.index(report, 0))
        self._qtbot.waitUntil(page.right.buttons["take-out"].isVisible)
        yield "studies-report"
        page.focus_search()
        yield "studies-search"
        page.perform("leave")
        for one in page._listing.loose:
            self.window.session.project.studies.link([one.report.unit])
        assert not page.left.isVisible()
        yield "studies-linked"

    def _follow(self, preview):
        """Have the preview show the form, laid as it stays."""
        preview.follow()
        timers = (preview.view._settle, preview.view._soon)
        self._qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))

    def _sources(self):
        page = self.go("sources")
        yield "sources"
        page.overview.detail.records.click()
        yield "sources-records"
        page.show_searches()
        page.add_by_hand()
        yield "by-hand"
        page.by_hand.leave()
        for file in ("more.ris", "from a colleague.csv"):
            page.import_files([self.path.with_name(file)])
            self.rest()
            yield f"import {file}"
            page.importing.leave()

    def _meeting(self):
        page = self.go("consensus")
        if (asked := self.card()) is not None:
            yield "present"
            asked.close_card()
        yield "consensus-blind"
        for _ in range(3):
            page.perform("reveal")
        assert len(page.meeting.item.columns) == len(NAMES)
        yield "consensus"
        page.perform("settle-exclude")
        yield "consensus-settling"
        page.perform("leave")
        page.perform("projector")
        yield "consensus-projector"
        page.perform("projector")
        page.show_agreement()
        yield "agreement"
        page.show_meeting()
        page.check_files([self.path.with_name(f"{name[0]}.screener") for name in NAMES])
        self.rest()
        yield "merge"
        page.show_meeting()

    def form(self):
        assert self.window.open(self.path.with_name("forms.screener"))
        page = self.go("extraction")
        yield "form"
        page.model.go_to(page.model.studies[1].id)
        for cell in (("design", ""), ("weeks", ""), ("story", ""), ("n-8", "monday-group")):
            page.view.go_to(cell)
            self.rest()
            yield f"form {cell[0]}"
        page.perform("answer-place")
        yield "form place"
        page.perform("form-record")
        self.rest()
        yield "form record"
        page.ask_close()
        yield "form end"
        page.nothing.button.click()
        yield "form closed"
        page.closed.look.click()
        yield "form read"
        self.go("scale")
        yield "scale"
        yield from self.cards("all-keys", "send")

    def copy(self):
        assert self.window.open(self.path.with_name("fresh.screener"))
        self.rest()
        yield "before-you-begin"
        assert self.window.open(self.path.with_name("M.screener"))
        self.go("protocol")
        yield "protocol-to-read"
        page = self.go("title-abstract")
        for keys in ("as", "p", "v", "e", "n", "t", "="):
            for key in keys:
                self._qtbot.keyClick(self.window.focusWidget(), key)
            self.rest()
            yield f"title-abstract {keys}"
            if keys == "v":
                self._qtbot.keyClick(self.window.focusWidget(), "v")
            page.perform("leave")
            page.focus_first()
        page.perform("details")
        yield "details"
        page.perform("leave")
        page.model.close_stage()
        self.rest()
        yield "title-abstract closed"
        self.go("full-text")
        yield "full-text not opened"
        yield from self.cards("all-keys", "send", "take-decisions", "backups")
