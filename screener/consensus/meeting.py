"""The meeting: what it settles, who is there, how much of the decisions it sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from screener.consensus import people, settling
from screener.consensus.given import ToSettle, unsettled
from screener.consensus.many import Foreseen, foresee, resolve_many
from screener.consensus.standing import Standing
from screener.consensus.table import Marks, marks
from screener.model import AnswerState, Consensus, Details, Mode, UserError
from screener.model.arguments import public
from screener.model.settled import NO_DETAILS
from screener.model.step import WHOLE, Item, Pairing
from screener.store.file import File, FileKind
from screener.store.heads import head_ids, heads
from screener.store.kinds import LogKind
from screener.store.kinds.meeting import Present, Reveal


class Meeting:
    """What a meeting settles, who is there, and how much of the decisions it sees.

    It is the part of `ConsensusStage` that writes into the log of the meeting.
    """

    _file: File

    def at(self, step: str) -> Standing:
        """Return where the subjects of a step stand."""
        raise NotImplementedError

    def agreed(
        self, step: str, subjects: Iterable[str] | None = None
    ) -> dict[str, list[Consensus]]:
        """Return the consensus that stands and may be seen, by subject."""
        raise NotImplementedError

    def _require_project(self) -> None:
        raise NotImplementedError

    def unsettled(self) -> list[ToSettle]:
        """Return what of an arbitrator's file is not settled yet; nothing in any other."""
        return unsettled(self._file)

    @public
    def present(self, names: Iterable[str]) -> None:
        """Record who is at the meeting, by the names or ids of people of the review."""
        self._require_meeting()
        named = people.require_people(self._file, names)
        body = Present(people=tuple(str(one.id) for one in named))
        self._record("Present at the meeting", body)

    def names_present(self) -> list[str]:
        """Return who was last said to be at the meeting (at any of two); else the reviewers.

        Who was removed since is left out.
        """
        found = heads(self._file, Present)
        if not found:
            return [one.name for one in people.reviewers(self._file)]
        names = {str(one.id): one.name for one in people.people(self._file)}
        every = dict.fromkeys(who for head in found for who in head.body.people)
        return [names[who] for who in every if who in names]

    @public
    def reveal(self, level: int) -> None:
        """Record how much of the decisions the meeting sees from now on (0 to 3)."""
        self._require_meeting()
        self._record(f"Show level {level}", Reveal(level=level))

    def revealed(self) -> int:
        """Return the reveal level in force; 1 (decisions, no names) before anybody chose one.

        Of two meetings the one that shows less counts.
        """
        return min((head.body.level for head in heads(self._file, Reveal)), default=1)

    def _require_meeting(self) -> None:
        if self._file.kind is FileKind.ARBITRATOR:
            raise UserError(
                "No meeting is held in an arbitrator's file; only its items are settled."
            )

    def _record(self, name: str, body: Present | Reveal) -> None:
        before = head_ids(self._file, type(body), author=self._file.author(LogKind.MEETING))
        with self._file.action(name) as action:
            action.append(body, supersedes=before)

    # --- settling ------------------------------------------------------------------------------

    @public
    def resolve(
        self,
        subject: str,
        value: str,
        *,
        step: str,
        why: str,
        by: Iterable[str],
        item: Item = WHOLE,
        state: AnswerState = AnswerState.VALUE,
        reason: str = "",
        details: Details = NO_DETAILS,
        mode: Mode = Mode.DISCUSSION,
        overturn: bool = False,
    ) -> Consensus:
        """Record the consensus (or adjudication) on an item; see `settling.resolve`."""
        if self._file.kind is not FileKind.ARBITRATOR:
            self._require_project()
        said = settling.Settlement(str(value), why, tuple(by), state, reason, mode, details)
        event = settling.resolve(self._file, self.at(step), subject, item, said, overturn=overturn)
        return next(c for c in self.agreed(step, [subject])[subject] if c.event == event)

    def resolve_many(
        self,
        step: str,
        wanted: Sequence[tuple[str, str, Item, settling.Settlement]],
        *,
        overturn: bool = False,
    ) -> int:
        """Settle many items as one action, all or none; see `many.resolve_many`."""
        self._require_project()
        return resolve_many(self._file, self.at(step), wanted, overturn=overturn)

    def foresee(
        self, step: str, wanted: Sequence[tuple[str, str, Item, settling.Settlement]]
    ) -> list[Foreseen]:
        """Say what would become of each; nothing is written, see `many.foresee`."""
        self._require_project()
        return foresee(self._file, self.at(step), wanted)

    def marks(self, step: str) -> Marks:
        """Return what marks the answers on the table; a sheet for the meeting carries it."""
        return marks(self._file, self.at(step))

    @public
    def take_wordings(
        self,
        subject: str,
        name: str,
        *,
        step: str,
        why: str,
        by: Iterable[str],
        mode: Mode = Mode.DISCUSSION,
    ) -> int:
        """Take one reviewer's wording on a whole subject; see `many.take_wordings`."""
        from screener.consensus import many

        self._require_project()
        said = settling.Settlement("", why, tuple(by), mode=mode)
        return many.take_wordings(self._file, self.at(step), subject, name, said)

    @public
    def pair(
        self,
        subject: str,
        step: str,
        list_: str,
        rows: Iterable[tuple[str, str]],
        *,
        key: str = "",
        exists: bool = True,
        why: str = "",
        by: Iterable[str] = (),
        mode: Mode = Mode.DISCUSSION,
    ) -> Pairing:
        """Record that rows of a list are one row, or that there is none; see `settling.pair`."""
        self._require_project()
        return settling.pair(
            self._file, self.at(step), subject, list_, rows, key=key, exists=exists,
            why=why, by=by, mode=Mode(mode),
        )  # fmt: skip
