"""The report of a review put together: methods, results, tables, appendices, checklists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from screener.model import Progress, UserError, silent
from screener.model.arguments import public
from screener.printing import document as d
from screener.printing import writing
from screener.printing.manuscript import agreement, checklists, results, searching, selecting
from screener.printing.manuscript import tables as made
from screener.printing.manuscript.facts import Facts, FormFacts
from screener.printing.manuscript.gathering import PARTS, WHAT, gather
from screener.printing.manuscript.stages import Stages
from screener.printing.manuscript.voice import Spelling, Voice
from screener.report import typeface
from screener.report.diagram import diagram
from screener.report.drawing import Drawing, Text
from screener.store.file import File, FileKind

_DIAGRAM = "PRISMA 2020 flow diagram"


class Manuscript:
    """The report of one open project as a document; it changes nothing."""

    def __init__(self, file: File, of: Stages) -> None:
        self._file = file
        self._of = of

    @public
    def facts(self, progress: Progress = silent) -> Facts:
        """Return what the report tells, as values; `UserError` in a reviewer's copy."""
        if self._file.kind is not FileKind.PROJECT:
            raise UserError(
                "The report is written from the coordinator's project; this file holds only what"
                " one person did."
            )
        return gather(self._file, self._of, progress)

    @public
    def document(
        self,
        spelling: Spelling | str = Spelling.BRITISH,
        *,
        sheets: bool = False,
        progress: Progress = silent,
    ) -> d.Document:
        """Return the report; with `sheets` its tables are as wide as a workbook has them.

        `UserError` in a reviewer's copy, and for another spelling than british and american.
        """
        try:
            voice = Voice(Spelling(spelling))
        except ValueError:
            raise UserError("The spelling of a report is british or american.") from None
        return document_of(self.facts(progress), voice, sheets=sheets)

    @public
    def write(
        self,
        path: Path | str,
        spelling: Spelling | str = Spelling.BRITISH,
        progress: Progress = silent,
    ) -> str:
        """Write the report; the ending chooses: .docx, .pdf, .html, or .xlsx with the tables only.

        Returns what is open, as the document says it; "" of a review that is finished.
        `UserError` for another ending or spelling, in a reviewer's copy, for letters that a PDF
        cannot show, and where no file can be put.
        """
        path = Path(path)
        ending = writing.require_ending(path, what="The report")
        document = self.document(spelling, sheets=ending == ".xlsx", progress=progress)
        progress(PARTS, PARTS, WHAT)
        writing.write(document, path)
        return document.draft


def document_of(facts: Facts, voice: Voice, *, sheets: bool = False) -> d.Document:
    """Return the document of what is told."""
    open_ = results.draft(facts, voice)
    last = facts.versions[-1] if facts.versions else None
    version = f"protocol version {last.number} of {last.day}" if last else ""
    parts = (
        [made.facts_of(facts, open_, voice)],
        _methods(facts, voice, sheets=sheets),
        _results(facts, voice, sheets=sheets),
        _missing(facts, voice),
        _appendices(facts, voice, sheets=sheets),
    )
    return d.Document(
        title=facts.protocol.title or "Review without a title",
        subtitle=voice("Methods and results as they are recorded in the project file"),
        running=d.Running(
            review=facts.protocol.title, what=voice("Report of the review"), details=version
        ),
        blocks=tuple(block for part in parts for block in part),
        draft=open_,
        language=voice.spelling.language,
    )


def _section(title: str, said: Iterable[str], *more: Iterable[d.Block]) -> Iterator[d.Block]:
    """Yield a heading with its paragraphs and tables; nothing where there is neither."""
    blocks: list[d.Block] = [d.Paragraph(words=d.words(one)) for one in said if one]
    blocks += [block for several in more for block in several]
    if blocks:
        yield d.Heading(text=title, level=2)
        yield from blocks


def _part(title: str, *sections: Iterable[d.Block]) -> Iterator[d.Block]:
    blocks = [block for section in sections for block in section]
    if blocks:
        yield d.Heading(text=title)
        yield from blocks


def _methods(facts: Facts, voice: Voice, *, sheets: bool) -> Iterator[d.Block]:
    data = [one for one in facts.forms if not one.appraisal]
    ratings = [one for one in facts.forms if one.appraisal]
    yield from _part(
        voice("Methods"),
        _section(
            voice("Protocol and registration"),
            [" ".join(searching.protocol(facts, voice))],
            made.versions(facts.versions, voice("Versions of the protocol"), voice),
        ),
        _section(
            voice("Eligibility criteria"),
            [" ".join(searching.criteria(facts, voice))],
            made.criteria(facts, voice),
        ),
        _section(
            voice("Information sources"),
            [" ".join(searching.sources(facts, voice))],
            made.sources(facts, voice, whole=sheets),
        ),
        _section(
            voice("Duplicates and records removed"),
            [*searching.duplicates(facts), " ".join(searching.records(facts, voice))],
        ),
        _section(
            voice("Selection of studies"),
            selecting.selection(facts, voice),
            made.people(facts, voice),
        ),
        _section(
            voice("Consensus"),
            selecting.consensus(facts, voice),
            made.settled(facts, voice),
            made.overturned(facts, voice),
        ),
        _section(voice("Data collection"), _of_forms(data, voice), _versions(data, voice)),
        _section(
            voice("Appraisal of the studies"), _of_forms(ratings, voice), _versions(ratings, voice)
        ),
        _section(voice("Automation"), [" ".join(selecting.automation(facts, voice))]),
    )


def _of_forms(forms: Iterable[FormFacts], voice: Voice) -> Iterator[str]:
    for one in forms:
        yield " ".join(selecting.form(one, voice))


def _versions(forms: Iterable[FormFacts], voice: Voice) -> Iterator[d.Block]:
    for one in forms:
        caption = voice("Versions of {title}", title=one.step.words)
        yield from made.versions(one.versions, caption, voice)


def _results(facts: Facts, voice: Voice, *, sheets: bool) -> Iterator[d.Block]:
    drawn = () if facts.flow.nothing_identified else _picture(diagram(facts.flow), _DIAGRAM)
    yield from _part(
        voice("Results"),
        _section(
            voice("Study selection"), [" ".join(results.selection(facts, voice))], drawn
        ),
        _section(
            voice("Agreement of the reviewers"),
            [
                *(" ".join(agreement.sentences(one, voice)) for one in facts.stages),
                " ".join(agreement.methods(facts.steps, facts.forms, voice)),
            ],
            *(agreement.tables(one, voice) for one in facts.stages),
            *(agreement.of_form(one, voice) for one in facts.forms),
        ),
        _section(voice("Included studies"), (), _included(facts, voice, sheets=sheets)),
        _section(
            voice("Reports that were not included"),
            (),
            made.reports(
                facts.excluded, voice("Reports excluded at full text"), "Reason", voice
            ),
            made.reports(facts.not_retrieved, voice("Reports not retrieved"), "Why", voice),
            made.reports(
                facts.awaiting, voice(_AWAITING[bool(facts.flow.ongoing)]), "Why", voice
            ),
            made.removed(facts, voice),
        ),
        _section(voice("Ratings"), (), _ratings(facts, voice, sheets=sheets)),
    )  # fmt: skip


_AWAITING = ("Reports awaiting classification", "Reports awaiting classification or ongoing")


def _included(facts: Facts, voice: Voice, *, sheets: bool) -> Iterator[d.Block]:
    if facts.studies is not None:
        if sheets:
            yield made.sheet(facts.studies, voice("Included studies"), whole=True)
        else:
            caption = voice("Characteristics of included studies")
            yield made.by_study(facts.studies, caption, voice)
    if facts.counts is not None and (sheets or not facts.plots):  # the plots have its numbers
        yield made.sheet(facts.counts, voice("Counts of the included studies"), whole=sheets)
    for words, drawn in facts.plots:
        yield from _picture(drawn, words, _CHART)
    for one in facts.forms:
        if sheets and not one.appraisal:
            for sheet in one.sheets:
                yield made.sheet(
                    sheet, _of(sheet.name, one, voice), f"{sheet.name} {one.step.id}", whole=True
                )


def _ratings(facts: Facts, voice: Voice, *, sheets: bool) -> Iterator[d.Block]:
    for one in facts.forms:
        if one.appraisal:
            for sheet in one.sheets:
                caption = _of(sheet.name, one, voice)
                wide = made.sheet(sheet, caption, f"{sheet.name} {one.step.id}", whole=sheets)
                yield wide if sheets or made.fits(wide) else made.by_study(sheet, caption, voice)
            for words, drawn in one.plots:
                yield from _picture(drawn, f"{words}, {one.step.words}", _CHART)


def _of(name: str, form: FormFacts, voice: Voice) -> str:
    return voice("{name}, {form}", name=voice(name), form=form.step.words)


_CHART = 0.55
"""How much of the width a chart takes: its letters are then about those of the tables."""


def _picture(drawn: Drawing, caption: str, share: float = 1.0) -> Iterator[d.Block]:
    """Yield a drawing; where its faces lack letters, its words stand below it too."""
    yield d.Picture(drawing=drawn, caption=caption, share=share)
    letters = "".join(shape.text for shape in drawn.shapes if isinstance(shape, Text))
    if typeface.missing(letters):
        yield d.Paragraph(words=d.words(drawn.description), small=True)


def _missing(facts: Facts, voice: Voice) -> Iterator[d.Block]:
    """Yield what the authors have to add, each thing once under what it belongs to."""
    yield d.Heading(text=voice("What is missing"))
    for group, several in checklists.missing(facts).items():
        yield d.Heading(text=voice(group), level=2)
        yield d.Bullets(items=tuple(d.words(_sentence(one)) for one in several))
    yield d.Heading(text=voice("To be written by the authors"), level=2)
    yield d.Paragraph(words=d.words(checklists.to_write(facts, voice)))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."


def _appendices(facts: Facts, voice: Voice, *, sheets: bool) -> Iterator[d.Block]:
    yield from _part(
        voice("Appendices"),
        _section(voice("Search strategies"), (), _strategies(facts, voice)),
        _section(voice("Fields of the forms"), (), _fields(facts, voice)),
        _section(voice("Checklists"), (), checklists.tables(facts, voice)),
    )


def _strategies(facts: Facts, voice: Voice) -> Iterator[d.Block]:
    for one in facts.standing:
        if strategy := one.search.strategy.strip("\r\n"):
            day = f", {one.search.searched}" if one.search.searched else ""
            yield d.Heading(text=f"{one.search.source}{day}", level=3)
            yield d.Paragraph(words=d.words(strategy.replace("\r\n", "\n")), code=True)


def _fields(facts: Facts, voice: Voice) -> Iterator[d.Block]:
    rows = [(one.step.words, *question) for one in facts.forms for question in one.questions]
    if rows:
        heads = [voice(head) for head in ("Form", "Section", "Field")]
        yield d.table(voice("Fields of the forms"), heads, rows, widths=(3, 3, 6))
