"""A review into which all is planted that a report has to tell, and the letters of documents."""

from __future__ import annotations

import html as html_module
import io
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import docx
import openpyxl
import pytest

from screener import create_project, open_copy, open_project
from screener.answers.form import Form, FormList
from screener.model import Mode, Outcome, Previous, Question, Stage
from screener.printing.writing import encoded

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
FORM = Form(
    id="setting",
    title="Where and how long",
    lists=(FormList(id="arms", title="Arms", row="arm"),),
    questions=(
        Question(id="place", words="Place of the study", type="text", required=True),
        Question(id="weeks", words="Weeks it took", type="integer"),
        Question(id="given", words="What was given", type="text", list=("arms",)),
    ),
)


@dataclass(frozen=True)
class Planted:
    """The project, and the closing codes that were given."""

    path: Path
    codes: tuple[str, ...]


def import_all(review, folder, making):
    """Six imports: two databases, a register, a website, citations, and one that is taken back."""
    making.fill(
        review, folder, 8, platform="NLM", searched="2026-02-03", claimed=9,
        strategy="peer*[tiab] AND digital[tiab]\nNOT 1950:1960[dp]", limits="humans only",
        filters="the Cochrane filter for trials",
    )  # fmt: skip
    making.fill(review, folder, 2, source="CENTRAL", mark="central", kind="register")
    same = folder / "again.ris"
    same.write_text(making.ris_text(1) + "\n", encoding="utf-8")
    review.sources.import_file(same, source="Embase", platform="Embase.com", searched="2026-02-04")
    making.fill(review, folder, 3, source="Trials near us", mark="web", kind="website")
    making.fill(review, folder, 1, source="Wrong base", mark="wrong")
    review.sources.withdraw("5", "It was the search of another review")
    review.sources.remove(["8"], "Published before 1995")
    review.sources.remove(["7"], "Not in English, by the language filter", automatic=True)
    review.sources.remove(["14"], "It is an advertisement")
    review.sources.correct("2", {"journal": "A Mended Journal"})
    found = review.duplicates.find()
    review.duplicates.join(found.certain)


def plant(folder, making):
    """Make the review; everything that issue 13 names happens in it once."""
    path = folder / "planted.screener"
    codes = []
    protocol = replace(making.protocol, registration="CRD42020139037")
    with create_project(path, title=protocol.title, protocol=protocol) as review:
        import_all(review, folder, making)
        review.consensus.add_person("Ruth Amsler", arbitrator=True)
        for name in ("Maya", "Jonas", "Lena"):
            review.consensus.write_copy(name, folder / f"{name}.screener")
        review.consensus.leave("Lena", TA, "Lena has a new post")
        review.consensus.leave("Lena", FT, "Lena has a new post")
    maya = {1: "include", 2: "include", 3: "include", 4: "include", 5: "exclude", 6: "include"}
    maya |= {9: "include", 10: ("exclude", "participants"), 12: "include", 13: "maybe"}
    jonas = maya | {3: "exclude", 6: ("exclude", "study-design"), 13: "include"}
    codes.append(making.screen(folder / "Maya.screener", maya))
    with open_copy(folder / "Maya.screener") as mine:
        mine.screening.reopen(TA, "Record 13 was misread")
        codes.append(mine.screening.close(TA))
    with open_project(path) as review:
        now = review.protocol.current
        first = replace(now.criteria[0], include="adults of 18 years or more")
        changed = replace(
            now, criteria=(first, *now.criteria[1:]), previous=Previous(studies=12, reports=14)
        )
        review.protocol.set(changed, why="The panel asked for an age")
        review.consensus.write_copy("Jonas", folder / "Jonas-2.screener")
    codes.append(making.screen(folder / "Jonas-2.screener", jonas))
    with open_project(path) as review:
        review.consensus.merge(folder / "Maya.screener", folder / "Jonas-2.screener")
        review.consensus.reveal(2)
        settle(review, making)
        review.screening.open(FT)
        review.fulltext.set_retrieval(making.uid(review, 9), "not-retrieved", "No library has it")
        for name in ("Maya", "Jonas"):
            review.consensus.write_copy(name, folder / f"{name}-ft.screener")
    read = {1: "include", 2: "include", 12: "include", 5: "include"}
    read |= {3: ("exclude", "no-full-report"), 4: ("exclude", "participants")}
    codes.append(
        making.screen(
            folder / "Maya-ft.screener", read | {13: ("exclude", "participants")}, stage=FT
        )
    )
    other = read | {4: ("exclude", "interventions")}
    making.screen(folder / "Jonas-ft.screener", other, stage=FT, close=False)
    with open_project(path) as review:
        copies = (folder / "Maya-ft.screener", folder / "Jonas-ft.screener")
        review.consensus.merge(*copies, open_early=True, why="The conference was near")
        review.consensus.add_person("Omar")
        review.consensus.join("Omar", FT, opened_after=True)
        say(review, making, 4, Outcome.EXCLUDE, reason="participants", step=FT)
        say(review, making, 5, Outcome.AWAITING, step=FT, overturn=True, why="Authors were asked")
    fill_form(path, folder)
    return Planted(path, tuple(codes))


def settle(review, making):
    """Settle title and abstract: by discussion, by the arbitrator, and over what was agreed."""
    say(review, making, 3, Outcome.INCLUDE)
    say(review, making, 6, Outcome.EXCLUDE, by=["Ruth Amsler"], mode=Mode.ADJUDICATION)
    say(review, making, 5, Outcome.INCLUDE, overturn=True)


def say(review, making, number, outcome, *, step=TA, why="As we read it", by=(), **more):
    """Record a consensus."""
    by = by or ["Maya", "Jonas"]
    review.consensus.resolve(making.uid(review, number), outcome, step=step, why=why, by=by, **more)


ROWS = {"Maya": ("Usual care", "Ghost"), "Jonas": ("TAU",)}


def _asked(mine):
    """The studies a form is open for in a copy."""
    barred = mine.consensus.at(FORM.id).step.barred()
    return [one.id for one in mine.studies.all() if one.id and one.id not in barred]


def fill_form(path, folder):
    """Answer a form of two versions; one answer differs and is settled."""
    with open_project(path) as review:
        review.forms.keep(FORM)
        added = Question(id="country", words="Country of the study", type="text")
        later = replace(FORM, questions=(*FORM.questions, added))
        review.forms.keep(later, why="The country was forgotten")
        review.studies.open(FORM.id, ["1", "2"], names=["Maya", "Jonas"])  # of three
        for name in ("Maya", "Jonas"):
            review.consensus.write_copy(name, folder / f"{name}-form.screener")
    for name, weeks in (("Maya", "12"), ("Jonas", "30")):
        with open_copy(folder / f"{name}-form.screener") as mine:
            answering = mine.forms.answering(FORM.id)
            for place, study in enumerate(_asked(mine)):
                answering.answer(study, "place", "a clinic")
                answering.answer(study, "weeks", weeks)
                if not place:
                    for row in ROWS[name]:
                        answering.add_row(study, "arms", row)
            answering.close()
    with open_project(path) as review:
        review.consensus.merge(folder / "Maya-form.screener", folder / "Jonas-form.screener")
        every = list(review.consensus.discrepancies(FORM.id))
        one = next(found for found in every if found.item.question == "weeks")
        subject = next(found.subject for found in every if found.item.question == "arms")
        pairs = [("Maya", "usual-care"), ("Jonas", "tau")]
        review.consensus.pair(subject, FORM.id, "arms", pairs)
        review.consensus.pair(subject, FORM.id, "arms", [("Maya", "ghost")], exists=False)
        review.consensus.resolve(
            one.subject, "12", step=FORM.id, item=one.item, why="Page 3", by=["Maya", "Jonas"]
        )


@pytest.fixture(scope="session")
def plants(maker, tmp_path_factory):
    """The review that is planted once, and the computer it was made on."""
    folder, computer = tmp_path_factory.mktemp("planted"), tmp_path_factory.mktemp("computer")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(computer))
        return plant(folder, maker), computer


def docx_text(content):
    """All letters of a Word file, in the order they stand."""
    word = docx.Document(io.BytesIO(content))
    head = [paragraph.text for paragraph in word.sections[0].header.paragraphs]
    return "\n".join([*head, *_paragraphs(word)])


def _paragraphs(word):
    for element in word.element.body.iter():
        if element.tag.endswith("}p"):
            yield "".join(one.text or "" for one in element.iter() if one.tag.endswith("}t"))


def html_text(content):
    """The letters of a web page, without those of its pictures and styles."""
    text = content.decode("utf-8")
    text = re.sub(r"<(style|svg)\b.*?</\1>", "", text, flags=re.S)
    text = re.sub(r"</(p|li|td|th|h\d|pre|caption|div)>", "\n", text)
    return html_module.unescape(re.sub(r"<[^>]+>", "", text))


def xlsx_text(content):
    """Every cell of a workbook, a line for each row."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join(" | ".join("" if one is None else str(one) for one in row) for row in rows)


READERS = {".docx": docx_text, ".html": html_text, ".xlsx": xlsx_text}


def texts(path):
    """The letters of the report of a project, by the ending of each format."""
    with open_project(path, write=False) as review:
        paper = review.manuscript.document()
        book = review.manuscript.document(sheets=True)
    return {
        ending: read(encoded(book if ending == ".xlsx" else paper, ending))
        for ending, read in READERS.items()
    }


@pytest.fixture(scope="session")
def said(plants):
    """The letters of the report of the planted review, by the ending of each format."""
    made, computer = plants
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(computer))
        return texts(made.path)


@pytest.fixture
def copied(plants, tmp_path, home):
    """The planted project, a copy for the test, on the computer it was made on."""
    made, computer = plants
    place = tmp_path / "planted.screener"
    shutil.copy(made.path, place)
    shutil.copytree(computer, home, dirs_exist_ok=True)
    return place


@pytest.fixture
def html_of():
    """The letters of a document as a web page has them."""
    return lambda document: html_text(encoded(document, ".html"))
