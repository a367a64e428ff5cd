"""Arguments of the wrong kind are sentences that name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

from screener.model import UserError
from screener.model.arguments import public


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass
class Known:
    id: str


@public
def called(
    name: str,
    colour: Colour | str = "",
    *,
    strict: Colour = Colour.RED,
    names: Iterable[str] = (),
    many: Mapping[str, str] | None = None,
    place: Path | str = "",
    count: int = 0,
    sure: bool = False,
    free: object = None,
) -> tuple[object, ...]:
    return name, colour, strict, names, many, place, count, sure, free


@public
def several(*names: Path | str) -> tuple[object, ...]:
    return names


def test_what_is_meant_goes_through():
    assert called(Known("7"))[0] == "7"
    assert called(7)[0] == "7"
    assert called("x", "blue")[1] is Colour.BLUE
    assert called("x", "")[1] == ""
    assert called("x", strict="blue")[2] is Colour.BLUE
    assert called("x", names=[Known("a"), "b"])[3] == ["a", "b"]
    assert called("x", names={"a"})[3] == {"a"}
    assert called("x", many={"a": "b"}, place=Path("p"), count=3, sure=True)[4:8] == (
        {"a": "b"}, Path("p"), 3, True,
    )  # fmt: skip
    assert several("a", Path("b")) == ("a", Path("b"))


@public
def paired(pairs: Iterable[tuple[str, list[str]]], names: tuple[str, ...] = ()) -> object:
    return pairs, names


def test_a_tuple_of_different_things_is_not_taken_for_a_list_of_one():
    assert paired([("a", ["b"])], names=(1, "c")) == ([("a", ["b"])], ("1", "c"))
    with pytest.raises(UserError, match="in which each is a list"):
        paired([3])


def test_what_is_read_once_is_not_read_for_this():
    names = (name for name in "ab")
    assert called("x", names=names)[3] is names
    assert list(names) == ["a", "b"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": None}, "“name” has to be a text, and is None."),
        ({"name": True}, "“name” has to be a text, and is True."),
        ({"colour": "green"}, "“colour” has to be red or blue, and is “green”."),
        ({"strict": ""}, "“strict” has to be red or blue, and is “”."),
        ({"strict": None}, "“strict” has to be red or blue, and is None."),
        ({"names": "Maya"}, "“names” has to be a list, and is “Maya”."),
        ({"names": 3}, "“names” has to be a list, and is 3."),
        ({"names": ["a", None]}, "in which each is a text (None is not), and is a list."),
        ({"many": []}, "“many” has to be a mapping or None, and is a list."),
        ({"place": None}, "“place” has to be a path or a text, and is None."),
        ({"count": "3"}, "“count” has to be a whole number, and is “3”."),
        ({"count": True}, "“count” has to be a whole number, and is True."),
        ({"sure": 1}, "“sure” has to be True or False, and is 1."),
    ],
    ids=str,
)
def test_what_is_not_is_named(given, words):
    with pytest.raises(UserError) as error:
        called(**{"name": "x"} | given)
    assert str(error.value).endswith(words)


def test_each_of_several_is_checked():
    with pytest.raises(UserError, match="“names” has to be a list in which each is a path"):
        several("a", None)


def test_who_forgets_an_argument_is_told_by_python():
    with pytest.raises(TypeError):
        called()
