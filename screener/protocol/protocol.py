"""The protocol of an open project: its versions, and how it is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from screener.model import (
    TAKEN_IDS,
    Changes,
    Criterion,
    Element,
    Kind,
    MaybeRule,
    Previous,
    Protocol,
    Stage,
    UserError,
)
from screener.model.arguments import public
from screener.model.words import as_lines, as_name
from screener.store import paths, protocols
from screener.store.file import COORDINATOR, File
from screener.store.heads import head_ids, heads
from screener.store.history import of_kinds
from screener.store.kinds import project
from screener.store.kinds.body import VERSION
from screener.store.problems import damaged


def read_protocol(path: Path | str) -> Protocol:
    """Read a protocol from a TOML file; `UserError` says which line or key is wrong."""
    place = Path(path)
    with paths.open_for_reading(place) as handle:
        whole = handle.read()
    try:
        text = whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{place.name} is not a text in UTF-8; save it as UTF-8.") from None
    from screener.protocol import toml

    return toml.parse(text, name=place.name)


class ProtocolVersions:
    """The versions of the protocol, linear and made only in the project."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._kept: dict[tuple[int, str], Protocol] = {}
        self._current: Protocol | None = None
        self._every: list[Protocol] | None = None
        file.listeners.append(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Kind.PROTOCOL):
            self._current = self._every = None

    @property
    def current(self) -> Protocol:
        """The version in force."""
        if self._current is None:
            found = heads(self._file, project.Protocol)
            if not found:
                raise damaged(self._file.path, "it has no protocol")
            self._current = self._load(found[-1].body)
        return self._current

    @public
    def version(self, number: int) -> Protocol:
        """Return one version by its number; `UserError` when there is none."""
        found = next((known for known in self.every() if known.version == number), None)
        if found is None:
            raise UserError(f"There is no version {number} of the protocol.")
        return found

    def by_id(self, id16: str) -> Protocol | None:
        """Return the version named by the first 16 digits of its digest, None when not known here.

        A protocol that was set back to what it was before has two numbers of one content: the
        newer one counts, because nothing has changed for what was decided by the older one.
        """
        return next((known for known in reversed(self.every()) if known.id == id16), None)

    def number_of(self, id16: str) -> int:
        """Return the number of the version of that id, as `by_id` does; 0 when not known here."""
        found = self.by_id(id16)
        return found.version if found else 0

    def every(self) -> list[Protocol]:
        """Return every version, in the order they were made."""
        if self._every is None:
            bodies = (entry.event.body for entry in of_kinds(self._file, "protocol"))
            self._every = [self._load(b) for b in bodies if isinstance(b, project.Protocol)]
        return self._every

    def whys(self) -> list[tuple[int, str]]:
        """Return the number of every version with what was said of its change, "" for nothing."""
        return [(number, why) for number, _, why in self.made()]

    def made(self) -> list[tuple[int, str, str]]:
        """Return the number of every version, when it was made (ISO 8601), and `whys`' words."""
        events = (entry.event for entry in of_kinds(self._file, "protocol"))
        return [
            (event.body.version, event.time, event.body.why)
            for event in events
            if isinstance(event.body, project.Protocol)
        ]

    def _load(self, body: project.Protocol) -> Protocol:
        key = body.version, body.digest
        if key not in self._kept:
            content = protocols.content(self._file, "protocol", body.digest)
            self._kept[key] = replace(
                _from_json(content), version=body.version, id=body.digest[:VERSION]
            )
        return self._kept[key]

    @public
    def set(self, protocol: Protocol, *, why: str = "") -> Protocol:
        """Make a new version; nothing happens when it equals the one in force.

        `why` is the sentence of what changed and for what reason, kept with the version.
        """
        protocol = cleaned(protocol)
        before = head_ids(self._file, project.Protocol, author=COORDINATOR)
        number, known = 1, set[str]()
        if before:
            now = self.current
            number, known = now.version + 1, set(_ids(now))
            if replace(protocol, version=now.version) == now:
                return now
        _require_ids(protocol, known)
        with self._file.action("Change the protocol" if before else "New review") as action:
            digest = protocols.keep(self._file, "protocol", _to_json(protocol))
            body = project.Protocol(version=number, digest=digest, why=why)
            action.append(body, supersedes=before)
        return replace(protocol, version=number, id=digest[:VERSION])

    @public
    def add_criterion(
        self,
        id_: str,
        *,
        include: str = "",
        exclude: str = "",
        question: str = "",
        element: Element | None = None,
        required_at: Iterable[Stage] = (),
        highlight: Iterable[str] = (),
    ) -> Protocol:
        """Add one criterion after the others; ids such as "participants" name their element."""
        if element is None:
            element = Element(id_) if id_ in set(Element) else Element.OTHER
        added = Criterion(
            id=id_,
            element=element,
            include=include,
            exclude=exclude,
            question=question,
            required_at=frozenset(required_at),
            highlight=tuple(highlight),
        )
        now = self.current
        return self.set(replace(now, criteria=(*now.criteria, added)))

    @public
    def read(self, path: Path | str, *, why: str = "") -> Protocol:
        """Set the protocol from a TOML file; an empty title there keeps the title here.

        `why` is as in `set`.
        """
        found = read_protocol(path)
        if not found.title:
            found = replace(found, title=self.current.title)
        return self.set(found, why=why)

    def toml(self) -> str:
        """Return the version in force as TOML."""
        from screener.protocol import toml

        return toml.text(self.current)

    def changed_criteria(self, since: str) -> frozenset[str]:
        """Return the ids of criteria that versions after the one named by `since` touched.

        `since` is the id of a version (16 digits); one that is not known here counts as before the
        first. A version touches a criterion when its include or exclude text, its order or where
        it is required changes; title, question and highlight words touch nothing.
        """
        number = self.number_of(since)
        touched: set[str] = set()
        for old, new in pairwise(self.every()):
            if new.version > number:
                touched |= _touched(old, new)
        return frozenset(touched)


def _ids(protocol: Protocol) -> list[str]:
    return [c.id for c in protocol.criteria] + [id_ for id_, _ in protocol.further_reasons]


def _require_ids(protocol: Protocol, known: Container[str]) -> None:
    """Raise `UserError` for an id that is used twice, or cannot be one; what is `known` stays."""
    from screener.protocol import toml

    for id_, count in Counter(_ids(protocol)).items():
        if count > 1:
            raise UserError(f"The id “{id_}” is used twice; give each its own.")
        if id_ in known:
            continue
        if toml.check_id(id_) in TAKEN_IDS:
            raise UserError(
                f"No criterion or reason can have the id “{id_}”, which is a column of tables of "
                f"decisions; choose another, such as “{id_}-reason”."
            )


def _touched(old: Protocol, new: Protocol) -> set[str]:
    before = {c.id: (i, c.include, c.exclude, c.required_at) for i, c in enumerate(old.criteria)}
    after = {c.id: (i, c.include, c.exclude, c.required_at) for i, c in enumerate(new.criteria)}
    return {id_ for id_ in before.keys() | after.keys() if before.get(id_) != after.get(id_)}


def _to_json(protocol: Protocol) -> dict[str, object]:
    # Only what updates a review says so: a protocol is named by the digest of this.
    updates = {} if protocol.previous is None else {"previous": asdict(protocol.previous)}
    return {
        **updates,
        "title": protocol.title,
        "question": protocol.question,
        "registration": protocol.registration,
        "reviewers_per_record": protocol.reviewers_per_record,
        "criteria": [
            {
                "id": c.id,
                "element": str(c.element),
                "include": c.include,
                "exclude": c.exclude,
                "question": c.question,
                "required_at": [str(s) for s in Stage if s in c.required_at],
                "highlight": list(c.highlight),
            }
            for c in protocol.criteria
        ],
        "further_reasons": [[id_, text] for id_, text in protocol.further_reasons],
        "maybe": str(protocol.maybe),
        "reason_required": {str(s): r for s, r in protocol.reason_required.items()},
    }


def _from_json(whole: Mapping[str, Any]) -> Protocol:
    previous = whole.get("previous")
    found = Protocol(
        title=whole["title"],
        question=whole["question"],
        registration=whole["registration"],
        reviewers_per_record=whole["reviewers_per_record"],
        criteria=tuple(
            Criterion(
                id=c["id"],
                element=Element(c["element"]),
                include=c["include"],
                exclude=c["exclude"],
                question=c["question"],
                required_at=frozenset(Stage(s) for s in c["required_at"]),
                highlight=tuple(c["highlight"]),
            )
            for c in whole["criteria"]
        ),
        further_reasons=tuple((id_, text) for id_, text in whole["further_reasons"]),
        previous=None if previous is None else Previous(**previous),
        maybe=MaybeRule(whole["maybe"]),
        reason_required={Stage(s): r for s, r in whole["reason_required"].items()},
    )
    return cleaned(found)


def cleaned(protocol: Protocol) -> Protocol:
    """Return a protocol with its title, criteria and reasons as they are kept and shown."""
    return replace(
        protocol,
        title=as_name(protocol.title),
        question=as_lines(protocol.question),
        registration=as_name(protocol.registration),
        criteria=tuple(
            replace(
                one,
                include=as_lines(one.include),
                exclude=as_lines(one.exclude),
                question=as_lines(one.question),
                highlight=tuple(map(as_name, one.highlight)),
            )
            for one in protocol.criteria
        ),
        further_reasons=tuple((id_, as_name(text)) for id_, text in protocol.further_reasons),
    )
