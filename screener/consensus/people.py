"""The people of a review, and who takes part in what."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence

from screener.consensus.coverage import Coverage
from screener.consensus.standing import Standing
from screener.model import ErrorKind, Reviewer, ReviewerId, Status, UserError, folded_name
from screener.model.words import as_name, is_blank, listed
from screener.store import history, logs
from screener.store.file import COORDINATOR, Action, File, FileKind
from screener.store.heads import head_ids, heads
from screener.store.kinds.meeting import OpenedEarly
from screener.store.kinds.project import Joins, Leaves
from screener.store.kinds.project import Reviewer as ReviewerBody


def people(file: File) -> list[Reviewer]:
    """Return everybody of the review, in the order they were added; a new name changes no place."""
    order = [*dict.fromkeys(e.event.subject for e in history.of_kinds(file, "reviewer"))]
    return [
        Reviewer(id=ReviewerId(h.body.id), name=as_name(h.body.name), arbitrator=h.body.arbitrator)
        for h in sorted(heads(file, ReviewerBody), key=lambda head: order.index(head.subject))
    ]


def reviewers(file: File) -> list[Reviewer]:
    """Return the reviewers of the review, in the order they were added; arbitrators are none."""
    return [one for one in people(file) if not one.arbitrator]


def person_named(file: File, name: str) -> Reviewer | None:
    """Return the person of that name, or None; how names are compared: `folded_name`."""
    wanted = folded_name(name)
    return next((r for r in people(file) if folded_name(r.name) == wanted), None)


def require_person(file: File, name: str) -> Reviewer:
    """Return the person of that name (or id); `UserError` when there is none."""
    found = next((r for r in people(file) if r.id == name), None) or person_named(file, name)
    if found is None:
        known = ", ".join(r.name for r in people(file)) or "nobody yet"
        raise UserError(
            f"“{name}” takes no part in this review ({known}); add them first, among the "
            "reviewers.",
            kind=ErrorKind.NOBODY,
        )
    return found


def require_people(file: File, names: Iterable[str]) -> list[Reviewer]:
    """Return the people of some names, each once; `UserError` for a name nobody has."""
    return list({r.id: r for r in (require_person(file, name) for name in names)}.values())


def add(file: File, name: str, *, arbitrator: bool = False) -> Reviewer:
    """Return the person of that name, added when new; one who was removed is put back.

    `UserError` for an empty name, or when the person is here in the other role.
    """
    person, new = named(file, name, arbitrator=arbitrator)
    if new:
        with file.action(_adding(person)) as action:
            _write(file, action, person)
    return person


def named(file: File, name: str, *, arbitrator: bool = False) -> tuple[Reviewer, bool]:
    """Return the person of that name, and whether they have yet to be added; see `add`."""
    found = person_named(file, name)
    if found is not None:
        if found.arbitrator != arbitrator:
            role = "an arbitrator" if found.arbitrator else "a reviewer"
            raise UserError(f"{found.name} takes part as {role}; choose another name.")
        return found, False
    _require_name(name, "the reviewer's")
    id_ = _id_of(file, name)
    return Reviewer(id=id_, name=as_name(name), arbitrator=arbitrator), True


_PATH = re.compile(r"^\s*(?:[~./\\]*[/\\]|\w:[/\\])|\\|\.screener\s*$", re.IGNORECASE)


def _require_name(name: str, whose: str) -> None:
    """Raise `UserError` when what is given as a name is empty, or is the place of a file."""
    give = f"Give {whose} name; it stands in the copy and in the report."
    if not folded_name(name) or is_blank(name):
        raise UserError(give)
    if _PATH.search(name):
        raise UserError(f"“{name.strip()}” is the place of a file and no name. {give}")


def _adding(person: Reviewer) -> str:
    return f"Add {'arbitrator' if person.arbitrator else 'reviewer'} {person.name}"


def _joining(person: Reviewer) -> str:
    return f"{person.name} joins"


def entering(
    file: File, person: Reviewer, steps: Sequence[Coverage], *, added: bool
) -> tuple[str, Callable[[Action], None] | None]:
    """Return name and writing of the one action by which somebody is `added` and joins steps.

    The writing is None when there is nothing to write.
    """

    def enter(action: Action) -> None:
        if added:
            _write(file, action, person)
        for one in steps:
            write_joins(file, action, person, one)

    return _adding(person) if added else _joining(person), enter if added or steps else None


def _id_of(file: File, name: str) -> ReviewerId:
    """Return the id of somebody removed who was last called that, else a new one.

    Who was renamed and is still here keeps their id: the old name is free for another person.
    """
    here = {one.id for one in people(file)}
    last: dict[str, str] = {}
    for entry in history.of_kinds(file, "reviewer"):
        body = entry.event.body
        if isinstance(body, ReviewerBody) and body.id not in here:
            last[body.id] = folded_name(body.name)
    found = [id_ for id_, called in last.items() if called == folded_name(name)]
    return ReviewerId(found[-1] if found else os.urandom(16).hex())


def _write(file: File, action: Action, person: Reviewer) -> None:
    action.append(
        ReviewerBody(id=person.id, name=person.name, arbitrator=person.arbitrator),
        subject=person.id,
        supersedes=head_ids(file, ReviewerBody, subject=person.id, author=COORDINATOR),
    )


def rename(file: File, name: str, new: str) -> Reviewer:
    """Correct somebody's name. `UserError` when another person has it."""
    person = require_person(file, name)
    other = person_named(file, new)
    _require_name(new, "the new")
    if other is not None and other.id != person.id:
        raise UserError(f"{other.name} is another person of this review; choose another name.")
    renamed = Reviewer(id=person.id, name=as_name(new), arbitrator=person.arbitrator)
    with file.action(f"Rename {person.name} to {renamed.name}") as action:
        _write(file, action, renamed)
    return renamed


def remove(file: File, name: str, standings: Sequence[Standing], why: str = "") -> bool:
    """Remove somebody who has written nothing; returns whether that shows what was hidden.

    It does where only they had not closed a step: then the reason is recorded as that of opening
    early, and the report names it. `UserError` when entries of theirs are here, or no reason is
    given where one is needed.
    """
    person = require_person(file, name)
    if person.id not in removable(file, [person]):
        raise UserError(
            f"{person.name} has recorded something in this review and stays in its history; "
            "let them leave a stage instead.",
            kind=ErrorKind.STAYS,
        )
    shown = [one for one in standings if shows_without(person, one)]
    if shown and not why.strip():
        raise UserError(
            f"Without {person.name}, who has not closed {shown[0].step.words.lower()}, what was "
            "decided there is shown; say why, the report names it.",
            kind=ErrorKind.SHOWS,
        )
    early = [(one.step.id, one.coverage.visible_up_to_without(person.id)) for one in shown]
    with file.action(f"Remove {person.name}") as action:
        _void_person(file, action, person)
        _void_joins(file, action, person, [one.step.id for one in standings])
        for step, review in early:
            action.append(OpenedEarly(review=review, why=why.strip()), step=step)
    return bool(shown)


def removable(file: File, everybody: Iterable[Reviewer]) -> set[str]:
    """Return the ids of those of some people who have recorded nothing and settled nothing."""
    wrote = {log.author for log in logs.logs(file)}
    for entry in history.of_kinds(file, "consensus"):
        wrote.update(entry.event.body.to_json().get("by", ()))
    return {str(one.id) for one in everybody} - wrote


def _void_person(file: File, action: Action, person: Reviewer) -> None:
    action.void(
        ReviewerBody,
        subject=person.id,
        supersedes=head_ids(file, ReviewerBody, subject=person.id, author=COORDINATOR),
    )


def _void_joins(file: File, action: Action, person: Reviewer, steps: Iterable[str]) -> None:
    for step in steps:
        before = head_ids(file, Joins, step=step, subject=person.id, author=COORDINATOR)
        if before:
            action.void(Joins, subject=person.id, step=step, supersedes=before)


def take_out_again(file: File, person: Reviewer, steps: Iterable[str], *, added: bool) -> None:
    """Void that somebody joined steps, and was `added`, for a copy that could not be written."""
    with file.action(f"{person.name} got no copy") as action:
        _void_joins(file, action, person, steps)
        if added:
            _void_person(file, action, person)


def shows_without(person: Reviewer, at: Standing) -> bool:
    """Say whether what is hidden at a step is visible once nobody waits for a reviewer."""
    if not at.hidden():
        return False
    hidden = (subject for subject, found in at.places() if found.status is Status.HIDDEN)
    return at.coverage.shows_without(person.id, hidden)


def join(
    file: File, person: Reviewer, steps: Sequence[Coverage], *, opened_after: bool = False
) -> list[Coverage]:
    """Let a reviewer take part in steps; returns those they had not joined yet.

    What is visible already they need not answer: nobody waits for them there.
    """
    _require_reviewer(person)
    new = [one for one in steps if not takes_part(person, one)]
    if new:
        with file.action(_joining(person)) as action:
            for one in new:
                write_joins(file, action, person, one, opened_after=opened_after)
    return new


def _require_reviewer(person: Reviewer) -> None:
    """Raise `UserError` for an arbitrator: nothing that waited for one would ever be shown."""
    if person.arbitrator:
        raise UserError(f"{person.name} is an arbitrator, who settles and does not screen.")


def takes_part(person: Reviewer, at: Coverage) -> bool:
    """Say whether a reviewer has joined a step and not left it."""
    return person.id in at.parts and not at.parts[person.id].left


def write_joins(
    file: File, action: Action, person: Reviewer, at: Coverage, *, opened_after: bool = False
) -> None:
    """Write inside an action that a reviewer joins a step; `UserError` for an arbitrator."""
    _require_reviewer(person)
    step = at.step.id
    gone = head_ids(file, Leaves, step=step, subject=person.id, author=COORDINATOR)
    action.append(
        Joins(
            reviewer=person.id,
            subjects="opened-after" if opened_after else "all",
            late=at.visible_up_to(),
        ),
        step=step,
        subject=person.id,
        supersedes=head_ids(file, Joins, step=step, subject=person.id, author=COORDINATOR),
    )
    if gone:
        action.void(Leaves, step=step, subject=person.id, supersedes=gone)


def leave(file: File, person: Reviewer, standings: Sequence[Standing], why: str) -> None:
    """Let a reviewer leave steps: what they decided stays, nothing more is waited for.

    What is shown by that is opened early, with the reason, and the report names it: what only they
    had not closed, and what is answered where too few reviewers are left who could close it.
    `UserError` when they take no part or no reason is given.
    """
    name = person.name
    steps = [one.coverage for one in standings]
    for at in steps:
        words = at.step.words.lower()
        if person.id not in at.parts:
            raise UserError(f"{name} takes no part in {words}; let {name} join it first.")
        if at.parts[person.id].left:
            raise UserError(f"{name} has left {words} already.")
    if not why.strip():
        raise UserError("Say why the reviewer leaves; the report names it.")
    early = [_shown_by_leaving(file, person, one, why.strip()) for one in standings]
    with file.action(f"{name} leaves {listed([at.step.words.lower() for at in steps])}") as action:
        for at, shown in zip(steps, early, strict=True):
            _write_leaves(file, action, person, at, why.strip())
            if shown is not None:
                action.append(shown, step=at.step.id)


def _shown_by_leaving(
    file: File, person: Reviewer, standing: Standing, why: str
) -> OpenedEarly | None:
    """Return what is opened early when a reviewer leaves a step, or None."""
    at = standing.coverage
    if lost_without(person, standing):
        # What they had closed the others can still close: only what came after is shown.
        last, closed = logs.last_project_event(file), at.closed_up_to(person.id)
        return OpenedEarly(review=last, after=closed, why=why)
    if shows_without(person, standing):
        return OpenedEarly(review=at.visible_up_to_without(person.id), why=why)
    return None


def lost_without(person: Reviewer, standing: Standing) -> bool:
    """Say whether answers at a step could never be seen when a reviewer leaves: too few are left.

    Where nothing is answered there is nothing to show, and another reviewer may take the place.
    """
    at, id_ = standing.coverage, str(person.id)
    if at.can_be_closed_without(id_):
        return False
    hidden = (subject for subject, found in standing.places() if found.status is Status.HIDDEN)
    return bool(at.withheld.events()) or any(
        standing.given(subject)
        and id_ not in at.closed_by(subject)
        and not at.shows_without(id_, [subject])
        for subject in hidden
    )


def _write_leaves(file: File, action: Action, person: Reviewer, at: Coverage, why: str) -> None:
    step = at.step.id
    action.append(
        Leaves(reviewer=person.id, why=why),
        step=step,
        subject=person.id,
        supersedes=head_ids(file, Leaves, step=step, subject=person.id, author=COORDINATOR),
    )


def open_early(
    file: File, standings: Iterable[Standing], why: str = "", *, part: bool = False
) -> None:
    """Show what is answered and not everybody has closed; the report says so.

    It is an action of its own, or a `part` of a transaction that has begun.
    """
    hidden = [
        here
        for here in standings
        if (here.hidden() or here.coverage.withheld.events())
        and any(map(here.given, here.step.subjects()))  # in full or in part
    ]
    if file.kind is FileKind.PROJECT and hidden:
        review = logs.last_project_event(file)
        begin = file.part if part else file.action
        with begin("Open a stage early") as action:
            for here in hidden:
                action.append(OpenedEarly(review=review, why=why.strip()), step=here.step.id)
