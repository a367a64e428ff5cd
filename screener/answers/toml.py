"""A form as TOML, read and written (docs/command-line.md, "Forms")."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import msgspec
import tomli_w

from screener.answers.form import Band, Form, FormKind, FormList, Overall, Section
from screener.answers.sound import own_id, what_is_wrong
from screener.model import (
    SPECIAL_VALUES,
    AnswerState,
    Compare,
    Option,
    Question,
    UserError,
    When,
)
from screener.model.words import as_name, is_blank
from screener.protocol.toml import read_toml
from screener.store import paths
from screener.store.problems import told

_RATING = "rating"
_STRICT: dict[str, Any] = {"frozen": True, "forbid_unknown_fields": True, "kw_only": True}


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file: unknown keys and values of a wrong kind are refused."""


class _When(_Table, frozen=True, rename={"options": "is"}):
    field: str
    options: tuple[str, ...]


class _Option(_Table, frozen=True):
    id: str
    text: str = ""
    score: int | float | None = None
    retired: bool = False


class _Field(_Table, frozen=True):
    id: str
    type: str
    label: str = ""
    code: str = ""
    required: bool = False
    role: str = ""
    help: str = ""
    options: tuple[_Option, ...] = ()
    ordered: bool = False
    unit: str = ""
    units: tuple[str, ...] = ()
    min: int | float | None = None
    max: int | float | None = None
    special: tuple[AnswerState, ...] | None = None
    when: _When | None = None
    compare: Compare | None = None
    retired: bool = False


class _Loose(_Field, frozen=True):
    """A field of a form without sections, which says itself of which rows it is asked."""

    per: str | tuple[str, ...] = ()


class _Rated(_Table, frozen=True):
    options: tuple[str, ...]
    rule: str = ""


class _Section(_Table, frozen=True):
    id: str
    title: str = ""
    per: str | tuple[str, ...] = ()
    when: _When | None = None
    rating: _Rated | None = None
    fields: tuple[_Field, ...] = ()


class _List(_Table, frozen=True):
    id: str
    title: str = ""
    row: str = "row"
    key: str = ""


class _Band(_Table, frozen=True, rename={"score": "from"}):
    score: int | float
    text: str
    provenance: str = ""
    on: bool = False


class _Overall(_Table, frozen=True):
    how: str = "none"
    per: str = ""
    bands: tuple[_Band, ...] = ()


class _Form(_Table, frozen=True):
    id: str
    title: str
    kind: FormKind
    reviewers: int = 2
    designs: tuple[str, ...] = ()
    reference: str = ""
    provenance: str = ""
    licence: str = ""
    lists: tuple[_List, ...] = ()
    sections: tuple[_Section, ...] = ()
    fields: tuple[_Loose, ...] = ()
    overall: _Overall | None = None


def read(path: Path) -> Form:
    """Return the form of a file; `UserError` as `parse` has it, or when it cannot be read."""
    with told(path), paths.open_for_reading(path) as handle:
        raw = handle.read()
    try:
        return parse(raw.decode("utf-8-sig"), name=path.name)
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is not written in UTF-8; save it so.") from None


def parse(text: str, *, name: str = "The form") -> Form:
    """Return the form a TOML text holds.

    `UserError` names the key that is unknown, the value that is of a wrong kind, the id that stands
    twice, the type or list or option that there is not, or says that there are no fields.
    """
    try:
        read = msgspec.convert(read_toml(text, name), type=_Form)
    except msgspec.ValidationError as error:
        raise UserError(f"{name} cannot be taken ({error}); mend that place.") from None
    questions = [q for section in read.sections for q in _questions(section, read.kind, name)]
    questions += [_question(one, "", _lists(one.per), read.kind, name) for one in read.fields]
    overall = read.overall
    form = Form(
        id=_id(read.id, name),
        title=read.id if is_blank(read.title) else as_name(read.title),
        questions=tuple(questions),
        lists=tuple(
            FormList(
                id=_id(one.id, name), title=one.title or one.id, row=one.row or "row", key=one.key
            )
            for one in read.lists
        ),
        kind=read.kind,
        reviewers=read.reviewers,
        sections=tuple(_section(one, name) for one in read.sections),
        overall=None if overall is None else _overall(overall),
        designs=read.designs,
        reference=read.reference,
        provenance=read.provenance,
        licence=read.licence,
    )
    if wrong := what_is_wrong(form):
        raise UserError(f"{name}: {wrong}")
    return form


def _section(one: _Section, name: str) -> Section:
    return Section(
        id=_id(one.id, name),
        title=one.title or one.id,
        when=_when(one.when),
        rule=one.rating.rule if one.rating else "",
    )


def _overall(one: _Overall) -> Overall:
    bands = tuple(
        Band(score=_number(b.score), text=b.text, provenance=b.provenance, on=b.on)
        for b in one.bands
    )
    return Overall(how=one.how, per=one.per, bands=bands)


def _when(one: _When | None) -> When | None:
    return None if one is None else When(field=one.field, options=one.options)


def _questions(section: _Section, kind: FormKind, name: str) -> list[Question]:
    per = _lists(section.per)
    found = [_question(one, section.id, per, kind, name) for one in section.fields]
    if wrong := own_id(section.id, [one.id for one in section.fields]):
        raise UserError(f"{name}: {wrong}")
    if section.rating is not None:
        rated = Question(
            id=section.id,
            words=section.title or section.id,
            type=_RATING,
            required=True,
            list=per,
            options=tuple(Option(id=_id(one, name)) for one in section.rating.options),
            ordered=True,
            section=section.id,
        )
        found.append(rated)
    return found


def _lists(per: str | tuple[str, ...]) -> tuple[str, ...]:
    return (per,) if isinstance(per, str) else per


def _question(
    one: _Field, section: str, per: tuple[str, ...], kind: FormKind, name: str
) -> Question:
    special = one.special
    if special is None:
        special = SPECIAL_VALUES if kind is FormKind.EXTRACTION else ()
    return Question(
        id=_id(one.id, name),
        words=one.label.strip() or one.id,
        type=one.type,
        required=one.required,
        compare=one.compare,  # type: ignore[arg-type]  # left out it is the type's
        list=per,
        options=tuple(
            Option(
                id=_id(o.id, name),
                text=o.text,
                score=None if o.score is None else _number(o.score),
                retired=o.retired,
            )
            for o in one.options
        ),
        ordered=one.ordered,
        units=one.units or ((one.unit,) if one.unit else ()),
        minimum=_bound(one.min),
        maximum=_bound(one.max),
        special=tuple(special),
        section=section,
        code=one.code,
        help=one.help,
        role=one.role,
        when=_when(one.when),
        retired=one.retired,
    )


def _id(text: str, name: str) -> str:
    plain = text.replace("-", "")
    if not plain.isascii() or not plain.isalnum() or text != text.lower() or text[:1] == "-":
        raise UserError(f"{name}: “{text}” is no id; use lower-case letters, digits and hyphens.")
    return text


def _number(number: int | float) -> str:
    return _plainly(Decimal(str(number)))


def _bound(number: int | float | None) -> Decimal | None:
    return None if number is None else Decimal(_number(number))


def _plainly(exact: Decimal) -> str:
    """Return a number as it comes back from being written: no 0 at the end, no minus before 0."""
    return format(exact.normalize() + 0 if exact.is_finite() else exact, "f")


# --- writing --------------------------------------------------------------------------------------


def text(form: Form) -> str:
    """Return a form as TOML that `parse` reads back."""
    whole = _filled(
        id=form.id,
        title=form.title,
        kind=str(form.kind),
        reviewers=form.reviewers,
        designs=list(form.designs),
        reference=form.reference,
        provenance=form.provenance,
        licence=form.licence,
        lists=[_filled(id=one.id, title=one.title, row=one.row, key=one.key) for one in form.lists],
        sections=[_section_table(form, one) for one in form.sections],
        fields=[_loose(one, form.kind) for one in form.questions] if not form.sections else [],
    )
    if form.overall is not None:
        bands = [
            {"text": b.text, "from": _plain(b.score)} | _filled(provenance=b.provenance, on=b.on)
            for b in form.overall.bands
        ]
        whole["overall"] = _filled(how=form.overall.how, per=form.overall.per, bands=bands)
    return tomli_w.dumps(whole)


def _section_table(form: Form, section: Section) -> Mapping[str, Any]:
    here = [one for one in form.questions if one.section == section.id]
    rating = next((one for one in here if one.id == section.id), None)
    return _filled(
        id=section.id,
        title=section.title,
        per=_per(here[0]) if here else [],
        when=_when_table(section.when),
        rating=rating and _filled(options=[one.id for one in rating.options], rule=section.rule),
        fields=[_field_table(one, form.kind) for one in here if one is not rating],
    )


def _per(one: Question) -> str | list[str]:
    return one.list[0] if len(one.list) == 1 else list(one.list)


def _loose(one: Question, kind: FormKind) -> Mapping[str, Any]:
    return {**_field_table(one, kind), **_filled(per=_per(one))}


def _field_table(one: Question, kind: FormKind) -> Mapping[str, Any]:
    usual = Question(id=one.id, words=one.words, type=one.type).compare
    offered = SPECIAL_VALUES if kind is FormKind.EXTRACTION else ()
    options = [
        _filled(id=o.id, text=o.text, retired=o.retired)
        | ({} if o.score is None else {"score": _plain(o.score)})
        for o in one.options
    ]
    found = _filled(
        id=one.id,
        type=one.type,
        label=one.words,
        code=one.code,
        required=one.required,
        role=one.role,
        help=one.help,
        options=options,
        ordered=one.ordered,
        units=list(one.units),
        when=_when_table(one.when),
        compare=None if one.compare is usual else str(one.compare),
        retired=one.retired,
    )
    for key, bound in (("min", one.minimum), ("max", one.maximum)):
        if bound is not None:
            found[key] = _plain(str(bound))
    if one.special != offered:
        found["special"] = [str(state) for state in one.special]
    return found


def _when_table(when: When | None) -> Mapping[str, Any] | None:
    return None if when is None else {"field": when.field, "is": list(when.options)}


def _filled(**values: object) -> dict[str, Any]:
    """Return what says something; a key with nothing behind it is left out."""
    return {key: value for key, value in values.items() if value not in (None, "", False, [])}


def _plain(number: str) -> int | float:
    try:
        exact = Decimal(number)
    except InvalidOperation:
        raise UserError(f"“{number}” is no number.") from None
    return int(exact) if exact == exact.to_integral_value() else float(exact)
