"""Whose file it is, whose logs it may hold, and which of them are taken.

A copy holds the project log and the logs of one reviewer; an arbitrator's file the project log and
a meeting log of that arbitrator; a project what was merged so far. `meta` proves nothing: it is
compared with the logs there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from screener.consensus import people
from screener.consensus.given import given_to, to_settle
from screener.consensus.merging.findings import Admitted, Check, Choices, Result, Step
from screener.model import Mode, Reviewer
from screener.model.step import Item
from screener.model.words import a, listed
from screener.store import logs
from screener.store.caches import slot
from screener.store.events import Event
from screener.store.file import COORDINATOR, File, FileKind
from screener.store.heads import event_of
from screener.store.kinds import KINDS, LogKind
from screener.store.kinds.meeting import Consensus
from screener.store.logs import Log
from screener.store.verify import Problem

SOMEBODY = "somebody unknown"
_WRITERS = {
    LogKind.PROJECT: "only the coordinator's project writes",
    LogKind.REVIEWER: "only a reviewer's copy writes",
    LogKind.MEETING: "only the meeting writes",
}


Names = Mapping[str, str]
"""The names of people by their ids."""


def refuse_misplaced(one: Admitted, file: File, names: Names, problem: Problem) -> None:
    """Refuse a file by name when a log in it holds what does not belong there."""
    event = event_of(file, problem.where)
    log, author = logs.owners(file, [problem.where])[problem.where]
    assert event is not None
    whose = f"{names.get(author, SOMEBODY)}'s log" if log is LogKind.REVIEWER else f"the {log} log"
    one.refuse(
        Check.REVIEWER,
        f"In {one.path.name} {whose} holds {a(event.kind.words)}, which "
        f"{_WRITERS[event.kind.log]}; ask {_owner(file, names)} for a fresh copy.",
        Step.FRESH_COPY,
    )


def check_takes_adjudications(one: Admitted, file: File, target: File | None) -> None:
    """Refuse an arbitrator's file unless it goes into the project, or that person's own file."""
    if file.kind is not FileKind.ARBITRATOR or (
        target is not None and (target.kind is FileKind.PROJECT or target.reviewer == file.reviewer)
    ):
        return
    copy = target is not None and target.kind is FileKind.COPY
    takes = ", which no reviewer's copy takes in" if copy else ""
    one.refuse(
        Check.REVIEWER,
        f"{one.path.name} is an arbitrator's file{takes}; merge it into the project it was written "
        "from.",
    )


def check_own_logs(one: Admitted, file: File, names: Names, target: File | None) -> None:
    """Refuse a file that holds logs which a file of its kind never has."""
    if file.reviewer:
        one.reviewer_id, one.reviewer = file.reviewer, names.get(file.reviewer, "")
    if file.kind is FileKind.PROJECT and file.reviewer:
        owner = _owner(file, names)
        one.refuse(
            Check.REVIEWER,
            f"{one.path.name} says that it is a project and that it is {owner}'s copy; ask {owner} "
            "for a fresh copy.",
            Step.FRESH_COPY,
        )
    arbitrators = {str(p.id) for p in people.people(file) if p.arbitrator}
    for log in logs.logs(file):
        if not _may_hold(file, log, arbitrators):
            _refuse_log(one, file, names, log)
    if file.kind is FileKind.ARBITRATOR:
        _check_adjudications(one, file, names, target)


def _may_hold(file: File, log: Log, arbitrators: set[str]) -> bool:
    if log.kind is LogKind.PROJECT:
        return log.author == COORDINATOR
    if file.kind is FileKind.COPY:
        return log.kind is LogKind.REVIEWER and log.author == file.reviewer
    if file.kind is FileKind.ARBITRATOR:
        return log.kind is LogKind.MEETING and log.author == file.reviewer
    if log.kind is LogKind.MEETING:
        return log.author == COORDINATOR or log.author in arbitrators
    return log.author != COORDINATOR and log.author not in arbitrators


def _refuse_log(one: Admitted, file: File, names: Names, log: Log) -> None:
    kind = logs.first_kind(file, log.id)
    what = a(KINDS[kind].words) if kind else "a log"
    whose = "the meeting" if log.kind is LogKind.MEETING else names.get(log.author, SOMEBODY)
    if log.kind is LogKind.PROJECT:
        whose += ", who is not the coordinator"
    this = {
        FileKind.COPY: "this copy",
        FileKind.ARBITRATOR: "this arbitrator's file",
        FileKind.PROJECT: "this project",
    }[file.kind]
    one.refuse(
        Check.REVIEWER,
        f"{one.path.name}: {this} holds {what} of {whose}; ask {_owner(file, names)} for a fresh "
        "copy.",
        Step.FRESH_COPY,
    )


def _check_adjudications(one: Admitted, file: File, names: Names, target: File | None) -> None:
    """Refuse an arbitrator's file that brings anything but what that person was given to settle.

    What the target has already was given with an earlier file.
    """
    given = {
        (each.step, each.subject, each.item): frozenset(each.basis) for each in to_settle(file)
    }
    known = given_to(target, file.reviewer) if target is not None else {}
    for author, event in logs.events_in(file, LogKind.MEETING):
        body = event.body
        if event.kind.body is Consensus and not isinstance(body, Consensus):
            continue  # one that was taken back
        own = isinstance(body, Consensus) and body.mode is Mode.ADJUDICATION
        what = ""
        if not own or not isinstance(body, Consensus) or body.by != (author,):
            what = f"{a(event.kind.words)} that is no adjudication by {_owner(file, names)}"
        elif target is None or event_of(target, event.id) is None:
            item = Item(body.question, body.row)
            key, basis = (event.step, event.subject, item), frozenset(body.basis)
            wholes = known.get(key, set())
            if given.get(key) != basis:
                what = "an adjudication on what was not given to be settled"
            elif basis not in wholes and any(basis < whole for whole in wholes):
                what = "an adjudication on less than was given to be settled"
            elif target is not None and not _on_the_table(target, event, item, body.basis):
                what = "an adjudication on what is not on the table of the project"
        if what:
            one.refuse(
                Check.REVIEWER,
                f"{one.path.name} holds {what}; ask {_owner(file, names)} for a fresh file.",
                Step.FRESH_COPY,
            )


def _on_the_table(target: File, event: Event, item: Item, basis: Collection[str]) -> bool:
    """Say whether a basis is answers at this step on this subject, and what was agreed on the item.

    There must be some, and all of it here.
    """
    places = logs.places_of(target, basis)
    unit = target.unit_of(event.subject)
    settled = slot(event.kind.name, event.step, item.question, item.row)
    answers = [
        place
        for place in places.values()
        if KINDS[place.slot[0]].answers and place.slot[1] == event.step
    ]
    agreed = [place for place in places.values() if place.slot == settled]
    return (
        bool(basis)
        and len(answers) + len(agreed) == len(set(basis))
        and all(target.unit_of(place.subject) == unit for place in (*answers, *agreed))
    )


def check_people(
    one: Admitted, known: dict[str, Reviewer], target: File | None, incoming: File
) -> None:
    """Refuse a file of somebody the review does not know, or that a copy does not take."""
    name = one.path.name
    into_copy = target is not None and target.kind is not FileKind.PROJECT
    if into_copy and incoming.reviewer not in ("", target.reviewer if target else ""):
        one.refuse(
            Check.REVIEWER,
            f"{name} is {one.reviewer}'s copy; a reviewer's copy takes in nobody else's decisions.",
        )
    authors = {*logs.authors(incoming), *filter(None, [incoming.reviewer])}
    if authors - known.keys():
        who = one.reviewer or SOMEBODY
        one.refuse(
            Check.REVIEWER,
            f"{name} holds decisions of {who}, who is no reviewer of this project; "
            "write a copy for that name first.",
        )
    for author in sorted(authors):
        if known[author].arbitrator != (incoming.kind is FileKind.ARBITRATOR):
            role = "an arbitrator" if known[author].arbitrator else "a reviewer"
            one.refuse(
                Check.REVIEWER,
                f"{name} is not what {known[author].name} may have, who takes part as {role}; "
                "write a file for that role first.",
            )
    one.given = frozenset(authors) if incoming.kind is not FileKind.ARBITRATOR else frozenset()
    one.add(Check.REVIEWER, Result.OK, one.reviewer or "the coordinator's project")


def check_project_meant(
    one: Admitted, incoming: File, names: Names, choices: Choices, target: File | None
) -> None:
    """Take in a project only where that is meant, and say whose logs it brings or leaves out."""
    if incoming.kind is not FileKind.PROJECT:
        return
    copy = target is not None and target.kind is not FileKind.PROJECT
    authors = set(logs.authors(incoming)) - ({target.reviewer} if copy and target else set())
    whose = [name for id_, name in names.items() if id_ in authors]
    whose += [SOMEBODY] * bool(authors - names.keys())
    if any(log.kind is LogKind.MEETING for log in logs.logs(incoming)):
        whose.append("the meeting")
    brings = f"the logs of {listed(whose)}" if whose else "nobody's logs"
    if not choices.project:
        one.refuse(
            Check.REVIEWER,
            f"{one.path.name} is a project and no reviewer's copy: it brings {brings}; merge it "
            "all the same only if that is meant.",
            Step.TAKE_PROJECT,
        )
    if copy and whose:
        brings = f"{brings.removeprefix('the ')} that are not taken into a copy"
    one.add(Check.REVIEWER, Result.REMARK, f"This is a project; it brings {brings}.")


def taken_logs(
    target: File | None, incoming: File, *, review: bool, answers_only: bool
) -> frozenset[str]:
    """Return the ids of the logs of a file that are taken into a target (None: into a new file).

    `review` says whether its project logs are among them.
    """
    copy = target is not None and target.kind is not FileKind.PROJECT
    owner = target.reviewer if target is not None else ""
    taken = set()
    for log in logs.logs(incoming):
        if log.kind is LogKind.PROJECT:
            wanted = review
        elif log.kind is LogKind.REVIEWER:
            wanted = not copy or log.author == owner
        else:
            wanted = not copy and not answers_only
        if wanted:
            taken.add(log.id)
    return frozenset(taken)


def _owner(file: File, names: Names) -> str:
    """Return whom to ask for a fresh copy."""
    return names.get(file.reviewer, "its owner") if file.reviewer else "the coordinator"
