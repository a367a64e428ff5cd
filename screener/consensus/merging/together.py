"""What files must not do together: looked at when they were taken in, before anything is kept.

Each file may be what it says and the union still be what nobody decided: a copy whose project log
was made longer by hand would show what others have not closed, or take somebody out of the review.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screener.consensus.coverage import Coverage, Taking
from screener.consensus.merging.findings import (
    Admitted,
    Check,
    MergeRefused,
    Refusal,
    Result,
    Step,
)
from screener.consensus.naming import Naming
from screener.consensus.people import reviewers
from screener.consensus.standing import Standing
from screener.model import folded_name
from screener.model.step import Step as AtStep
from screener.model.words import grouped, listed
from screener.store import history, logs, protocols, union
from screener.store.file import File
from screener.store.history import Entry
from screener.store.kinds.project import Form, Joins, Leaves, Protocol, Reviewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a file was before others were taken into it; nothing, when it is made from them.

    `confirmed` are the changes to the review that were said to be the coordinator's before.
    """

    review: frozenset[str] | None = None
    confirmed: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, target: File) -> Before:
        """Return what a file is now."""
        return cls(
            review=frozenset(logs.project_events(target)),
            confirmed=union.confirmed(target),
            strangers=frozenset(_strangers(target)),
            names=frozenset(_taken_names(target)),
        )


def require_people(target: File, found: Sequence[Admitted], before: Before) -> None:
    """Raise `MergeRefused` where somebody whose logs are here would be no reviewer any more.

    So too where somebody would have the name that another had at that moment. What was so before
    the merge is no reason.
    """
    gone = _strangers(target)
    for who in sorted(gone.keys() - before.strangers):
        _refuse(
            found,
            _who_has(found, {gone[who][1]}),
            f"{{file}} takes “{gone[who][0]}” out of the review, whose decisions are here; ask the "
            "coordinator for a fresh copy.",
        )
    taken = _taken_names(target)
    for event in sorted(taken.keys() - before.names):
        _refuse(
            found,
            _who_has(found, {event}),
            f"{{file}} gives “{taken[event]}” the name of another person of the review; ask the "
            "coordinator for a fresh copy.",
        )


def _strangers(file: File) -> dict[str, tuple[str, str]]:
    """Return whose logs are here who is no reviewer: the last name, and the event that says so."""
    gone = set(logs.authors(file)) - {str(one.id) for one in reviewers(file)}
    found = {who: (who, "") for who in gone}
    for entry in history.of_kinds(file, "reviewer") if gone else ():
        event, body = entry.event, entry.event.body
        if event.subject in found:
            name = body.name if isinstance(body, Reviewer) else found[event.subject][0]
            found[event.subject] = name, event.id
    return found


def _taken_names(file: File) -> dict[str, str]:
    """Return the events that give somebody the name another had then, with the name."""
    names: dict[str, str] = {}
    found = {}
    for entry in history.of_kinds(file, "reviewer"):
        event, body = entry.event, entry.event.body
        names.pop(event.subject, None)
        if isinstance(body, Reviewer):
            if folded_name(body.name) in names.values():
                found[event.id] = body.name
            names[event.subject] = folded_name(body.name)
    return found


def require_hidden(
    target: File,
    found: Sequence[Admitted],
    standings: Iterable[Standing],
    before: Before,
    *,
    confirmed: bool,
    only_read: bool = False,
) -> frozenset[str]:
    """Raise `MergeRefused` where answers would be shown by changes that not every file has.

    In a file made by merging nobody asked the coordinator whether they are meant: what one copy
    says alone (somebody left, fewer reviewers) must not show what others have not closed. Where it
    is `confirmed` that they are, the file that brings them says what they show, and these changes
    are returned: nobody is asked about them again, whichever older file is merged later.
    """
    known = _known(found, before)
    lacking = frozenset().union(*known) - frozenset.intersection(*known)
    if not lacking:
        return frozenset()
    naming, shows = Naming(target), set[str]()
    for here in standings:
        said = _shown_by(target, here, known)
        if not said:
            continue
        causes = [e for e in _about(target, here.step) if e.event.id in lacking]
        named = grouped(naming.words(one.event) for one in causes)
        ids = {each.event.id for each in causes}
        words, one = here.step.words, _who_has(found, ids)
        shows |= ids
        if confirmed:
            message = f"{words}: {said} shown before it is closed, because of {named}."
            (one or found[-1]).add(Check.STAGE, Result.REMARK, message)
            continue
        what = "compare with it shown early" if only_read else "take them in"
        _refuse(
            found,
            one,
            f"{words}: {said} shown before it is closed, because of changes to the review that "
            f"{{file}} has and not every file ({named}); {what} only if the coordinator made them.",
            Step.OPEN_EARLY if only_read else Step.TAKE_CHANGES,
        )
    return frozenset(shows)


def _known(found: Iterable[Admitted], before: Before) -> list[frozenset[str]]:
    """Return the changes that each file knows; those of a project count as known to all.

    So do those that were confirmed before.
    """
    files = [one.review for one in found] + ([] if before.review is None else [before.review])
    meant = before.confirmed.union(*(one.review for one in found if one.is_project))
    return [one | meant for one in files]


def _shown_by(target: File, here: Standing, known: Sequence[frozenset[str]]) -> str:
    """Return in words whose answers at a step only changes show that not every file has, or ""."""
    if here.coverage.none_visible:
        return ""
    now, then = here.coverage, _AsAllKnow(target, here.step, known)
    shown = {
        one.author
        for subject in here.step.subjects()
        if (said := here.given(subject)) and now.visible(subject) and not then.visible(subject)
        for one in said
    }
    names = [one.name for one in reviewers(target) if one.id in shown]
    if not shown and then.withheld.events() - now.withheld.events():
        return "answers on joined records would be"
    return f"the answers of {listed(names)} would be" if shown else ""


def _about(file: File, step: AtStep) -> list[Entry]:
    """Return the events that say who answers a step, and how many have to."""
    found = history.of_kinds(file, "protocol", "form", "joins", "leaves")
    return [one for one in found if one.event.kind.name == "protocol" or one.event.step == step.id]


class _AsAllKnow(Coverage):
    """What would be visible by what is known to every file that knows of the matter.

    A file that is older than a form knows nothing of who answers it, and is not asked.
    """

    def __init__(self, file: File, step: AtStep, known: Sequence[frozenset[str]]) -> None:
        self._known = known
        self._entries = _about(file, step)
        self._number = self._needed_by_all(file, step)
        super().__init__(file, step)

    @property
    def needed(self) -> int:
        return self._number

    def _by_all(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return those of some entries on one matter that all know who know any of them."""
        ids = {one.event.id for one in entries}
        sets = [one for one in self._known if one & ids]
        return [one for one in entries if all(one.event.id in each for each in sets)]

    def _needed_by_all(self, file: File, step: AtStep) -> int:
        forms = [one for one in self._entries if isinstance(one.event.body, Form)]
        versions = forms or [one for one in self._entries if isinstance(one.event.body, Protocol)]
        for entry in reversed(self._by_all(versions)):
            body = entry.event.body
            if isinstance(body, Form):
                return int(protocols.content(file, "form", body.digest)["reviewers"])
            if isinstance(body, Protocol):
                said = protocols.content(file, "protocol", body.digest)
                return int(said["reviewers_per_record"])
        return step.needed

    def _parts(self) -> dict[str, Taking]:
        of: dict[str, list[Entry]] = {}
        for entry in self._entries:
            if entry.event.kind.body in (Joins, Leaves):
                of.setdefault(entry.event.subject, []).append(entry)
        given = self._file.given
        return {
            who: part
            for who, entries in of.items()
            if (not given or who in given) and (part := self._part(who, entries)) is not None
        }

    def _part(self, who: str, entries: Sequence[Entry]) -> Taking | None:
        part, left = None, False
        for entry in self._by_all(entries):
            body = entry.event.body
            if isinstance(body, Joins):
                part = Taking(reviewer=who, after=self._late_until(body, entry.event.id))
            elif isinstance(body, Leaves):
                left = True
            elif entry.event.kind.body is Joins:
                part = None
            else:
                left = False
        return part and Taking(reviewer=who, after=part.after, left=left)


def _who_has(found: Sequence[Admitted], events: set[str]) -> Admitted | None:
    """Return the first file that has any of some changes; None where they were here before."""
    return next((one for one in found if one.review & events), None)


def _refuse(
    found: Sequence[Admitted], one: Admitted | None, message: str, step: Step = Step.FRESH_COPY
) -> None:
    """Refuse a file (None: the last, for what was here before) and with it the merge."""
    name = one.path.name if one is not None else "this file"
    try:
        (one or found[-1]).refuse(Check.HISTORY, message.replace("{file}", name, 1), step)
    except Refusal:
        raise MergeRefused(list(found)) from None
