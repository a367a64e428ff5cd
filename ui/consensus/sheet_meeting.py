"""The meeting of a step whose subjects have many items: the list has subjects, each a sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256

from screener.consensus.progress import subjects_standing
from screener.consensus.reveal import Level
from screener.model import Discrepancy, RecordId, Status, Unit
from screener.model.gathering import gathered
from screener.model.step import WHOLE, Item
from screener.studies.listing import waiting_row
from ui.consensus.history import settlements, warning
from ui.consensus.meeting import Group, Meeting
from ui.consensus.painter import Choice, ItemId, Line, id_of
from ui.consensus.sheet import Sheet, SheetItem, SheetPainter, SheetRow


class SheetMeeting(Meeting):
    """The discrepancies of a form, study by study."""

    @property
    def sheets(self) -> SheetPainter:
        """The painter of the step."""
        assert isinstance(self.painter, SheetPainter)
        return self.painter

    # --- the list --------------------------------------------------------------------------------

    def line_of(self, at: ItemId) -> ItemId:
        """Return the row of the subject of an item."""
        return ItemId(at.subject, WHOLE)

    def _group(self) -> list[Group]:
        subjects = dict.fromkeys(state.subject for state in self._shown())
        items = tuple(ItemId(subject, WHOLE) for subject in subjects)
        return [Group(heading="", items=items)] if items else []

    def to_list_again(self) -> set[ItemId] | None:
        """Return the subjects of what changed since this was asked last; None for all of them."""
        found = super().to_list_again()
        return None if found is None else {self.line_of(at) for at in found}

    def lines(self, items: Iterable[ItemId]) -> list[Line]:
        """Return some subjects with how much of each is to settle."""
        wanted = list(items)
        of_subject = gathered((at.subject, at) for at in self._states)
        subjects = {at.subject for at in wanted} & of_subject.keys()
        firsts = {subject: of_subject[subject][0] for subject in subjects}
        read = self.read(firsts.values())
        return [
            self.sheets.line(read[firsts[at.subject]], self._open_of(of_subject[at.subject]))
            if at.subject in firsts
            else Line(at=at)
            for at in wanted
        ]

    def _open_of(self, items: Iterable[ItemId]) -> int:
        return sum(self._states[at].open for at in items)

    def waits(self, at: ItemId) -> bool:
        """Say whether anything of a subject is to settle."""
        return any(s.open for one, s in self._states.items() if one.subject == at.subject)

    def item(self, at: ItemId) -> Discrepancy | None:
        """Return one item with answers, or of a subject the first that differs; or None."""
        if at.item == WHOLE:
            first = next((one for one in self._states if one.subject == at.subject), None)
            return super().item(first) if first else None
        return super().item(at)

    def of_subject(self, subject: str) -> ItemId | None:
        """Return the first item of a subject that changed; the subject where none did."""
        changed = (at for at in self._changed if at.subject == subject)
        return next(changed, ItemId(subject, WHOLE))

    @property
    def share(self) -> tuple[float | None, str]:
        """How many subjects are settled: nothing of them is to settle."""
        counts = subjects_standing(self._project.consensus.at(self.step))
        every = counts.settled + counts.open
        words = f"{counts.settled:,} of {every:,} {self.sheets.subjects} settled"
        return counts.settled / every if every else None, words

    # --- one subject -----------------------------------------------------------------------------

    def items(self, subject: str) -> list[SheetItem]:
        """Return everything that is compared on a subject, in the order in which it was asked."""
        consensus = self._project.consensus
        here, form = consensus.at(self.step), self._project.forms.step(self.step)
        rows = form.rows_on(here.said(subject), here.pairings(subject))
        return self.sheets.ordered(
            [
                SheetItem(
                    found=found,
                    rows=rows.named(found.item),
                    waiting=waiting_row(here, form, subject, found.item),
                    warning=self._warning(found),
                )
                for found in consensus.items(subject, self.step)
            ]
        )

    def _warning(self, found: Discrepancy) -> str:
        """Return what became of an item since, or what two meetings settled on it."""
        painter, level = self.painter, self.level
        said = warning(found, level, painter, self.since(found), self.waited_for(found))
        both = settlements(found, level, painter)
        told = (", ".join(filter(None, (one.words, one.who, one.why))) for one in both)
        return "\n".join(filter(None, (said, *told)))

    def reviewers(self, subject: str, items: Iterable[SheetItem]) -> list[str]:
        """Return the ids of those who answered anything of a subject or closed it, in order."""
        here = self._project.consensus.at(self.step)
        answered = {said.author for said in here.said(subject)} | here.coverage.closed_by(subject)
        answered |= {str(one.reviewer) for item in items for one in item.found.answers}
        return [who for who in self.painter.names if who in answered]

    def reports(self, subject: str) -> list[Unit]:
        """Return the reports of a subject, the primary one first."""
        studies = self._project.studies
        study = next((one for one in studies.all() if one.id == subject), None)
        if study is None:
            return []
        units = {unit.id: unit for unit in self._project.units.load(study.reports)}
        order = sorted(study.reports, key=lambda id_: id_ != study.primary)
        return [units[RecordId(id_)] for id_ in order]

    def sheet(
        self, subject: str, items: Sequence[SheetItem], *, every: bool, kept: Collection[ItemId]
    ) -> Sheet:
        """Return a subject as it is shown: what the list is about, those `kept`, or everything."""
        painter, level = self.sheets, self.level
        reviewers = self.reviewers(subject, items)
        if level < Level.NAMES:  # one order for a subject, which tells nothing of another's
            reviewers.sort(key=lambda who: sha256(f"{subject} {who}".encode()).digest())
        title, byline = painter.title(items[0].found) if items else ("", "")
        wanted = {id_of(state) for state in self._in_group()}
        rows: list[SheetRow] = []
        section = ""
        for item in items:
            at = id_of(item.found)
            if not (every or at in wanted or at in kept):
                continue
            if (heading := painter.section(item)) != section:
                section = heading
                rows += [SheetRow(heading=heading)] if heading else []
            rows.append(painter.row(item, reviewers, level))
        return Sheet(
            title=title,
            byline=byline,
            columns=painter.titles(reviewers, level),
            rows=tuple(rows),
            to_settle=sum(one.found.kind is not None and one.found.status is not Status.RESOLVED
                          for one in items),
            alike=sum(one.found.status is Status.AGREED for one in items),
            wordings=sum(one.found.status is Status.WORDING for one in items),
        )  # fmt: skip

    # --- settling --------------------------------------------------------------------------------

    def pair(self, at: ItemId, choice: Choice, why: str) -> ItemId:
        """Record which rows are one, or that there is no such row; returns the row as it is now."""
        wanted = choice.pairing
        assert wanted is not None
        by, mode = self.attendance.deciding()
        self.keep_level()
        done = self._project.consensus.pair(
            at.subject,
            self.step,
            wanted.list,
            wanted.rows,
            key=wanted.key,
            exists=wanted.exists,
            why=why,
            by=by,
            mode=mode,
        )
        return ItemId(at.subject, Item(done.list, done.key))

    def wordings_after(self, before: str, several: Sequence[SheetItem]) -> Choice:
        """Return the wording of the reviewer after one (an id) on items that are worded twice."""
        given = [who for one in several for who in {str(a.reviewer) for a in one.found.answers}]
        reviewers = [who for who in self.sheets.names if who in given]
        place = (reviewers.index(before) + 1) % len(reviewers) if before in reviewers else 0
        who = reviewers[place]
        return self.sheets.wordings(who, given.count(who))

    def take_wordings(self, subject: str, choice: Choice, why: str) -> None:
        """Record one reviewer's wording on all questions of a subject that have several."""
        by, mode = self.attendance.deciding()
        self.keep_level()
        self._project.consensus.take_wordings(
            subject, choice.wordings_of, step=self.step, why=why, by=by, mode=mode
        )
