"""What a field is when nothing is said of it has the type that is declared for it.

Most figures are given always, so that a wrong default would wait for the one case without.
"""

import dataclasses
import importlib
import pkgutil
import types
import typing

import pytest

import screener

FILLED_IN = "Question.compare"  # by the type of the question, when one is made
MODULES = [found.name for found in pkgutil.walk_packages(screener.__path__, "screener.")]


def fits(value, hint):
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return any(fits(value, one) for one in typing.get_args(hint))
    if hint is None or hint is type(None):
        return value is None
    kind = typing.get_origin(hint) or hint
    wanted = (int, float) if kind is float else kind
    return not isinstance(kind, type) or isinstance(value, wanted)


def unasked(one, names):
    """Yield name, default and type of the fields whose type is known when the program runs."""
    for field in dataclasses.fields(one):
        try:
            hint = eval(field.type, dict(names))
        except NameError:
            continue
        if field.default is not dataclasses.MISSING:
            yield field.name, field.default, hint
        elif field.default_factory is not dataclasses.MISSING:
            yield field.name, field.default_factory(), hint


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_defaults_have_the_types_that_are_declared(name):
    module = importlib.import_module(name)
    for one in vars(module).values():
        if isinstance(one, type) and dataclasses.is_dataclass(one) and one.__module__ == name:
            for field, value, hint in unasked(one, vars(module)):
                place = f"{one.__name__}.{field}"
                assert fits(value, hint) or place == FILLED_IN, f"{place} = {value!r}"
