"""The protocol file: read and written as TOML (docs/command-line.md)."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from typing import Any

from screener.model import (
    ID,
    LONGEST_ID,
    OTHER_REASON,
    Criterion,
    Element,
    MaybeRule,
    Previous,
    Protocol,
    Stage,
    UserError,
)

_TOP = {
    "title",
    "question",
    "registration",
    "reviewers-per-record",
    "criteria",
    "reasons",
    "previous",
    "stages",
}
_CRITERION = {"id", "element", "include", "exclude", "question", "required-at", "highlight"}
_REASON = {"id", "text"}
_STAGE = {"maybe", "reason-required"}
_PREVIOUS = {"studies", "reports"}
_STANDARD = Protocol(title="")
_LONGEST = 1_000_000  # characters; the criteria of a review are some thousand
_LONGEST_LINE = 100_000
_DOTTED = re.compile(r"^[ \t\[]{0,9}(?:[\w\"'-]{1,60}[ \t]{0,2}\.[ \t]{0,2}){20}", re.M)
_SHOWN = 60
_ID = re.compile(ID)


def _refuse_endless(text: str, name: str) -> None:
    """Raise `UserError` for what would take the reader of TOML minutes, or all of the memory."""
    if len(text) > _LONGEST or max(map(len, text.split("\n"))) > _LONGEST_LINE:
        raise UserError(f"{name} is far larger than any protocol or form is; choose another file.")
    if _DOTTED.search(text):
        raise UserError(f"{name} is nested far too deeply; no protocol or form is so.")


def read_toml(text: str, name: str) -> dict[str, Any]:
    """Return what a TOML text of a person says; `UserError` when it cannot be read."""
    _refuse_endless(text, name)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{name} is not valid TOML ({error}); mend that line.") from None
    except ValueError:  # Python reads no number of thousands of digits
        raise UserError(f"{name} has a number that is far too long; mend it.") from None
    except RecursionError:
        raise UserError(f"{name} is nested far too deeply; no protocol or form is so.") from None


def parse(text: str, *, name: str = "The protocol") -> Protocol:
    """Return the protocol a TOML text holds.

    `UserError` names the key that is unknown, the value that is of a wrong kind, the id that is
    used twice, or says that there are no criteria.
    """
    whole = read_toml(text, name)
    _known(whole, _TOP, name)
    criteria = tuple(_criterion(c, name) for c in _tables(whole, "criteria", name))
    reasons = tuple(_reason(r, name) for r in _tables(whole, "reasons", name))
    if not criteria:
        raise UserError(f"{name} has no criteria; add at least one [[criteria]] with an id.")
    ids = [c.id for c in criteria] + [id_ for id_, _ in reasons]
    for id_, count in Counter(ids).items():
        if count > 1:
            raise UserError(f"{name} uses the id “{id_[:_SHOWN]}” twice; give each its own.")
    stages = whole.get("stages", {})
    _known(stages, {str(s) for s in Stage}, name)
    title_abstract, full_text = (_rules(stages.get(str(s), {}), name) for s in Stage)
    if "maybe" in full_text:
        raise UserError(f"{name}: “maybe” has a rule at title-abstract only; take it out.")
    return Protocol(
        title=_text(whole, "title", name),
        question=_text(whole, "question", name),
        registration=_text(whole, "registration", name),
        reviewers_per_record=_number(whole, "reviewers-per-record", 2, name),
        criteria=criteria,
        further_reasons=reasons,
        previous=_previous(whole, name),
        maybe=_maybe(title_abstract, name),
        reason_required={
            Stage.TITLE_ABSTRACT: title_abstract.get(
                "reason-required", _STANDARD.requires_reason(Stage.TITLE_ABSTRACT)
            ),
            Stage.FULL_TEXT: _always(full_text, name),
        },
    )


def _previous(whole: Mapping[str, Any], name: str) -> Previous | None:
    if "previous" not in whole:
        return None
    table = whole["previous"]
    if not isinstance(table, dict):
        raise UserError(f"{name}: “previous” is a table, written as [previous].")
    _known(table, _PREVIOUS, name)
    counts = [table.get(key) for key in ("studies", "reports")]
    known = [one for one in counts if isinstance(one, int) and _is_count(one)]
    if len(known) < len(counts):
        raise UserError(
            f"{name}: [previous] says how many studies and how many reports the earlier version "
            "included, each a number from 0 to 999999."
        )
    found = Previous(studies=known[0], reports=known[1])
    require_previous(found, name)
    return found


def require_previous(previous: Previous, name: str = "The protocol") -> None:
    """Raise `UserError` unless every study of the earlier version has a report."""
    if previous.reports < previous.studies:
        raise UserError(
            f"{name}: the earlier version cannot have included fewer reports than studies; "
            "exchange the numbers, or mend them."
        )


def _is_count(value: int) -> bool:
    return not isinstance(value, bool) and 0 <= value < 1_000_000


def _always(rules: Mapping[str, Any], name: str) -> bool:
    if rules.get("reason-required", True) is not True:
        raise UserError(
            f"{name}: at full text every exclusion needs a reason; set reason-required = true."
        )
    return True


def _maybe(rules: Mapping[str, Any], name: str) -> MaybeRule:
    try:
        return MaybeRule(rules.get("maybe", "advances"))
    except ValueError:
        raise UserError(f"{name}: “maybe” is advances, discuss or strict.") from None


def _rules(table: Any, name: str) -> Mapping[str, Any]:  # noqa: ANN401 - whatever the file holds
    if not isinstance(table, dict):
        raise UserError(f"{name}: a stage is a table, such as [stages.full-text].")
    _known(table, _STAGE, name)
    if not isinstance(table.get("reason-required", False), bool):
        raise UserError(f"{name}: “reason-required” is true or false.")
    return table


def _tables(whole: Mapping[str, Any], key: str, name: str) -> list[Mapping[str, Any]]:
    found = whole.get(key, [])
    if not isinstance(found, list) or not all(isinstance(t, dict) for t in found):
        raise UserError(f"{name}: “{key}” is written as [[{key}]], once for each.")
    return found


def _criterion(table: Mapping[str, Any], name: str) -> Criterion:
    _known(table, _CRITERION, name)
    id_ = _id(table, name)
    try:
        element = Element(table.get("element", id_ if id_ in set(Element) else "other"))
    except ValueError:
        raise UserError(f"{name}: the element of “{id_}” is one of {', '.join(Element)}.") from None
    try:
        required = frozenset(Stage(s) for s in _texts(table, "required-at", name))
    except ValueError:
        raise UserError(f"{name}: required-at of “{id_}” is title-abstract, full-text.") from None
    return Criterion(
        id=id_,
        element=element,
        include=_text(table, "include", name),
        exclude=_text(table, "exclude", name),
        question=_text(table, "question", name),
        required_at=required,
        highlight=_texts(table, "highlight", name),
    )


def _reason(table: Mapping[str, Any], name: str) -> tuple[str, str]:
    _known(table, _REASON, name)
    id_ = _id(table, name)
    return id_, _text(table, "text", name) or id_.replace("-", " ").capitalize()


def check_id(id_: str, name: str = "The protocol") -> str:
    """Return an id of a criterion or reason; `UserError` when it is not as `ID` says."""
    if not _ID.fullmatch(id_) or len(id_) > LONGEST_ID or id_ == OTHER_REASON:
        raise UserError(
            f"{name}: “{id_[:_SHOWN]}” is no id; use lower-case letters and digits, with hyphens "
            "between them (not “other”)."
        )
    return id_


def _id(table: Mapping[str, Any], name: str) -> str:
    return check_id(_text(table, "id", name), name)


def _known(table: Mapping[str, Any], keys: set[str], name: str) -> None:
    for key in table:
        if key not in keys:
            raise UserError(
                f"{name} has an unknown key “{key[:_SHOWN]}”; known are {', '.join(sorted(keys))}."
            )


def _text(table: Mapping[str, Any], key: str, name: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise UserError(f"{name}: “{key}” is a text in quotes.")
    return value.strip()


def _texts(table: Mapping[str, Any], key: str, name: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise UserError(f"{name}: “{key}” is a list of texts in quotes.")
    return tuple(v.strip() for v in value if v.strip())


def _number(table: Mapping[str, Any], key: str, default: int, name: str) -> int:
    value = table.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 9:
        raise UserError(f"{name}: “{key}” is a number from 1 to 9.")
    return value


def text(protocol: Protocol) -> str:
    """Return the protocol as TOML that `parse` reads back."""
    lines = [
        f"title = {_quoted(protocol.title)}",
        f"question = {_quoted(protocol.question)}",
        f"registration = {_quoted(protocol.registration)}",
        f"reviewers-per-record = {protocol.reviewers_per_record}",
    ]
    for c in protocol.criteria:
        required = [_quoted(str(s)) for s in Stage if s in c.required_at]
        lines += [
            "",
            "[[criteria]]",
            f"id = {_quoted(c.id)}",
            f"element = {_quoted(str(c.element))}",
            f"include = {_quoted(c.include)}",
            f"exclude = {_quoted(c.exclude)}",
            f"question = {_quoted(c.question)}",
            f"required-at = [{', '.join(required)}]",
            f"highlight = [{', '.join(map(_quoted, c.highlight))}]",
        ]
    for id_, words in protocol.further_reasons:
        lines += ["", "[[reasons]]", f"id = {_quoted(id_)}", f"text = {_quoted(words)}"]
    if protocol.previous is not None:
        lines += [
            "",
            "[previous]",
            f"studies = {protocol.previous.studies}",
            f"reports = {protocol.previous.reports}",
        ]
    required_at_first = protocol.requires_reason(Stage.TITLE_ABSTRACT)
    lines += [
        "",
        "[stages.title-abstract]",
        f"maybe = {_quoted(str(protocol.maybe))}",
        f"reason-required = {str(required_at_first).lower()}",
        "",
        "[stages.full-text]",
        "reason-required = true",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # JSON's string escapes are TOML's, except for DEL, which TOML wants escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
