"""Parts of a form are added, moved and removed by keys as a plain model of them says."""

from __future__ import annotations

import random
from copy import deepcopy

import pytest
from PySide6.QtCore import Qt

from ui.forms.draft import WHOLE, Spot, spots

K = Qt.Key
FIXED = {"study", "each-arm", "arms", "design", "how", "enrolled", "dose"}
"""What the version in force has: its fields stay in their sections, and none of it is removed."""


class Parts:
    """Lists, and sections with their fields, as they stand below each other."""

    def __init__(self):
        self.lists = ["arms"]
        self.sections = [["study", ["design", "how", "enrolled"]], ["each-arm", ["dose"]]]
        self.rows = {"dose": "arms"}
        """For the rows of which list a field is asked."""

    def spots(self):
        found = [WHOLE, *(Spot("list", one) for one in self.lists)]
        for section, fields in self.sections:
            found += [Spot("section", section), *(Spot("field", one) for one in fields)]
        return found

    def at(self, spot):
        """The number of the section in which something stands, or which it is."""
        return next((n for n, (section, fields) in enumerate(self.sections)
                     if spot.id == section or spot.id in fields), None)  # fmt: skip

    def add(self, key, spot, new):
        """What a key adds, `new` being the ids of what came."""
        at = self.at(spot)
        if key is K.Key_L:
            place = self.lists.index(spot.id) + 1 if spot.part == "list" else len(self.lists)
            self.lists.insert(place, new[0])
        elif key is K.Key_S:
            place = {"form": len(self.sections), "list": 0}.get(spot.part)
            self.sections.insert(at + 1 if place is None else place, [new[0], []])
        elif spot.part == "list":
            at = next((n for n, (_, fields) in enumerate(self.sections)
                       if fields and self.rows.get(fields[0]) == spot.id), None)  # fmt: skip
            if at is None:
                self.sections.append([new[0], []])
            self.sections[-1 if at is None else at][1].append(new[-1])
            self.rows[new[-1]] = spot.id
        else:
            fields = self.sections[-1 if at is None else at][1]
            self.rows[new[0]] = self.rows.get(fields[0]) if fields else None
            place = fields.index(spot.id) + 1 if spot.part == "field" else len(fields)
            fields.insert(place, new[0])

    def move(self, spot, by):
        at = self.at(spot)
        order = {"list": self.lists, "section": self.sections}.get(spot.part)
        if spot.part == "form":
            return
        if order is None:
            order = self.sections[at][1]
        place = at if spot.part == "section" else order.index(spot.id)
        if 0 <= place + by < len(order):
            order[place], order[place + by] = order[place + by], order[place]
        elif spot.part == "field" and spot.id not in FIXED and 0 <= at + by < len(self.sections):
            there = self.sections[at + by][1]
            self.rows[spot.id] = self.rows.get(there[0]) if there else self.rows.get(spot.id)
            order.remove(spot.id)
            there.insert(0 if by > 0 else len(there), spot.id)

    def remove(self, spot):
        if spot.id in FIXED or spot == WHOLE:
            return
        asked = {self.rows.get(one) for _, fields in self.sections for one in fields}
        if spot.part == "list" and spot.id not in asked:
            self.lists.remove(spot.id)
        elif spot.part == "section":
            del self.sections[self.at(spot)]
        elif spot.part == "field":
            self.sections[self.at(spot)][1].remove(spot.id)


def shown(person):
    return spots(person.form)


def go_to(person, spot):
    person.editor.outline.setFocus()
    person.press(K.Key_Home)
    person.press(K.Key_Down, times=shown(person).index(spot))
    assert person.editor.draft.spot == spot


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_added_moved_and_removed_stands_where_it_should_and_undo_restores(person, seed):
    chance = random.Random(seed)
    person.mark("What was done")
    person.press(K.Key_E)
    model, before = Parts(), []
    for _ in range(40):
        spot = chance.choice(shown(person))
        go_to(person, spot)
        was, kind = deepcopy(model), chance.choice(("add", "add", "move", "move", "remove", "undo"))
        if kind == "add":
            key, there = chance.choice((K.Key_N, K.Key_S, K.Key_L)), {*shown(person)}
            person.press(key)
            model.add(key, spot, [one.id for one in shown(person) if one not in there])
            person.press(K.Key_Escape)
        elif kind == "move":
            by = chance.choice((-1, 1))
            person.alt(K.Key_Down if by > 0 else K.Key_Up)
            model.move(spot, by)
            assert person.editor.draft.spot == spot
        elif kind == "remove" and spot.id not in FIXED:  # a fixed field is retired, and stays
            person.press(K.Key_Delete)
            model.remove(spot)
        elif kind == "undo":
            person.ctrl(K.Key_Z)
            model = before.pop() if before else model
            assert shown(person) == model.spots()
            continue
        assert shown(person) == model.spots(), (kind, spot)
        if model.spots() != was.spots():
            before.append(was)
    last = shown(person)
    person.editor.outline.setFocus()
    for was in reversed(before):
        person.ctrl(K.Key_Z)
        assert shown(person) == was.spots()
    assert person.form == person.kept()
    for _ in before:
        person.ctrl(K.Key_Y)
    assert shown(person) == last


def test_a_section_comes_behind_the_list_and_every_part_goes_to_every_place_of_its_kind(person):
    person.mark("What was done")
    person.press(K.Key_E)
    person.mark("Arms")
    person.press(K.Key_L)
    person.type("Outcomes")
    person.press(K.Key_Escape, K.Key_S)
    order = shown(person)
    assert order.index(person.editor.draft.spot) > order.index(Spot("list", "outcomes"))
    person.press(K.Key_Escape)
    here = person.editor.draft.spot
    person.alt(K.Key_Down, K.Key_Down, K.Key_Down)
    assert shown(person)[-1] == here
    person.mark("Outcomes")
    person.alt(K.Key_Up)
    assert [one.id for one in person.form.lists] == ["outcomes", "arms"]


def test_a_field_that_was_answered_says_why_it_stays_and_a_new_one_goes_on(person):
    person.mark("What was done")
    person.press(K.Key_E)
    person.mark("Enrolled")
    before = person.form
    person.alt(K.Key_Down)
    assert person.form == before
    assert "“Enrolled” stays in its section" in person.echo
    person.press(K.Key_N)
    person.type("Sites")
    person.press(K.Key_Escape)
    person.alt(K.Key_Down)
    field = person.editor.draft.question
    assert (field.section, field.list) == ("each-arm", ("arms",))
    assert [q.id for q in person.form.questions][-2:] == ["sites", "dose"]
    person.alt(K.Key_Up)
    assert (person.editor.draft.question.section, person.editor.draft.question.list) == (
        "study", (),
    )  # fmt: skip
