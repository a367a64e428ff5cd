"""Forty generated studies on the command line, with differences of every type planted in them.

Each is found, each once, and nothing else; in both orders of merging; then all are settled, and the
tables hold what was agreed.
"""

import csv
import json
import random
import shutil
from collections import Counter

import pytest

from tests.screener.conftest import Making

STUDIES = 40
EXTRACTION = """
id = "wide"
title = "Wide"
kind = "extraction"
lists = [{id = "arms", title = "Arms", row = "arm", key = "Arm"}]

[[sections]]
id = "all"
title = "All"
fields = [
  {id = "setting", label = "Setting", type = "text", required = true},
  {id = "n", label = "Number", type = "integer", required = true},
  {id = "length", label = "Length", type = "decimal", units = ["weeks", "months"]},
  {id = "began", label = "Began", type = "date"},
  {id = "blinded", label = "Blinded", type = "yes-no"},
  {id = "told", label = "What was told", type = "long-text"},
  {id = "remark", label = "Remark", type = "text", compare = "none"},
]

[[sections]]
id = "chosen"
title = "Chosen"

[[sections.fields]]
id = "design"
label = "Design"
type = "choice"
role = "design"
required = true
options = [{id = "rct", text = "Trial"}, {id = "pre-post", text = "Pre-post"}]

[[sections.fields]]
id = "means"
label = "Means"
type = "choices"
options = [
  {id = "chat", text = "Chat"},
  {id = "post", text = "Post"},
  {id = "phone", text = "Phone"},
]

[[sections]]
id = "by-arm"
title = "Arms"
per = "arms"
fields = [{id = "arm-n", label = "Number in the arm", type = "integer"}]
"""
RATING = """
id = "rated"
title = "Rated"
kind = "appraisal"

[[sections]]
id = "items"
title = "Items"

[[sections.fields]]
id = "a"
label = "Allocation"
type = "score"
required = true
options = [
  {id = "zero", text = "None", score = 0},
  {id = "some", text = "Some", score = 1},
  {id = "best", text = "Best", score = 3},
]

[[sections.fields]]
id = "b"
label = "Bias"
type = "rating"
ordered = true
required = true
options = [{id = "low", text = "Low"}, {id = "high", text = "High"}]

[overall]
how = "sum"
"""
BASE = {
    ("wide", "setting", ""): "A clinic",
    ("wide", "n", ""): "30",
    ("wide", "length", ""): "12 weeks",
    ("wide", "began", ""): "2018-05",
    ("wide", "design", ""): "rct",
    ("wide", "means", ""): "chat;post",
    ("wide", "blinded", ""): "yes",
    ("wide", "told", ""): "They met every week.",
    ("wide", "remark", ""): "Mine.",
    ("wide", "arm-n", "Telephone"): "15",
    ("wide", "arm-n", "Waiting list"): "not-reported",
    ("rated", "a", ""): "some",
    ("rated", "b", ""): "low",
}
# The cell, what the other reviewer says (None: nothing), the kind that this is, and its place.
PLANTS = {
    "text": (("wide", "setting", ""), "A ward", "value"),
    "number": (("wide", "n", ""), "31", "value"),
    "decimal": (("wide", "length", ""), "12.5 weeks", "value"),
    "unit": (("wide", "length", ""), "12 months", "value"),
    "date": (("wide", "began", ""), "2018", "value"),
    "choice": (("wide", "design", ""), "pre-post", "value"),
    "several choices": (("wide", "means", ""), "chat", "value"),
    "yes or no": (("wide", "blinded", ""), "no", "value"),
    "not reported": (("wide", "n", ""), "not-reported", "value"),
    "missing": (("wide", "setting", ""), None, "missing"),
    "optional, of one alone": (("wide", "blinded", ""), None, "missing"),
    "in a row": (("wide", "arm-n", "Telephone"), "16", "value"),
    "reported in a row": (("wide", "arm-n", "Waiting list"), "15", "value"),
    "a row of one": (("wide", "arm-n", "Post"), "4", "row"),
    "score": (("rated", "a", ""), "best", "rating"),
    "rating": (("rated", "b", ""), "high", "rating"),
    "missing rating": (("rated", "b", ""), None, "missing"),
}
# What is alike though it is not written alike, what is compared by wording or not at all.
ALIKE = {
    ("wide", "setting", ""): "a  CLINIC ",
    ("wide", "n", ""): "030",
    ("wide", "length", ""): "12.0 weeks",
    ("wide", "began", ""): "2018/5",
    ("wide", "means", ""): "post;chat",
    ("wide", "told", ""): "Weekly meetings.",
    ("wide", "remark", ""): None,
}


def plan(seed):
    """What both say of every study, and what of it must be found."""
    rng, said, found = random.Random(seed), [], Counter()
    every = list(PLANTS)
    for number in range(1, STUDIES + 1):
        both = [dict(BASE), dict(BASE)]
        # Every plant twice at least, and some studies have none.
        chosen = every[(number - 1) % len(every) :][:1] if number <= 2 * len(every) else []
        chosen += rng.sample(every, rng.randrange(3)) if number % 3 else []
        taken = set()
        for name in chosen:
            cell, value, kind = PLANTS[name]
            if cell in taken:
                continue
            taken.add(cell)
            both[rng.randrange(2)][cell] = value
            form, field, row = cell
            place = ("arms", row) if kind == "row" else (field, row)
            found[(form, number, *place, kind)] += 1
        for cell in rng.sample(sorted(ALIKE), 3):
            if cell not in taken:
                both[rng.randrange(2)][cell] = ALIKE[cell]
        said.append(both)
    return said, found


class Told:
    """The review on the command line."""

    def __init__(self, folder, said):
        self.folder, self.said = folder, said
        self.path = Making.included(folder / "r", records=STUDIES)
        self.copies = [folder / f"{letter}.screener" for letter in "mj"]

    def run(self, *words):
        done = Making.cli(*words)
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    def json(self, *words):
        return json.loads(self.run(*words, "--json"))

    def table(self, name, heads, rows):
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([heads, *rows])
        return path

    def opened(self):
        for form, text in (("wide", EXTRACTION), ("rated", RATING)):
            path = self.folder / f"{form}.toml"
            path.write_text(text, encoding="utf-8")
            self.run("form", self.path, "--from", path)
            self.run("open", self.path, "--stage", form)

    def answered(self):
        for who, (name, copy) in enumerate(zip(("Maya", "Jonas"), self.copies, strict=True)):
            self.run("copy", self.path, "--reviewer", name, "--out", copy)
            for form in ("wide", "rated"):
                rows = [
                    (number, row, field, value)
                    for number, both in enumerate(self.said, 1)
                    for (of, field, row), value in both[who].items()
                    if of == form and value is not None
                ]
                told = self.table("answers.csv", ("study", "row", "field", "value"), rows)
                self.run("answer", copy, "--from", told, "--stage", form)
                self.run("close", copy, "--stage", form)

    def found(self, path, numbers):
        return Counter(
            (form, numbers[d["study"]], d["field"] or d["list"], d["row"], d["kind"])
            for form in ("wide", "rated")
            for d in self.json("discrepancies", path, "--stage", form)
            if d["state"] == "open"
        )


@pytest.mark.parametrize("seed", [12])
def test_each_is_found_once_settled_and_in_the_tables(tmp_path, seed):
    said, planted = plan(seed)
    assert {kind for *_, kind in planted} == {"value", "missing", "row", "rating"}
    told = Told(tmp_path, said)
    told.opened()
    told.answered()
    shown = []
    numbers = {s["id"]: s["reports"][0] for s in told.json("studies", told.path)["studies"]}
    for order in (told.copies, told.copies[::-1]):
        path = shutil.copy(told.path, tmp_path / f"{len(shown)}.screener")
        for copy in order:
            told.run("merge", copy, "--into", path)
        assert told.found(path, numbers) == planted
        shown.append(
            [told.json("answers", path, "--stage", "wide"),
             told.json("agreement", path, "--stage", "wide")]
        )  # fmt: skip
    assert shown[0] == shown[1]

    settle(told, path, numbers, planted)
    assert told.found(path, numbers) == Counter()
    stages = {s["stage"]: s.get("studies") for s in told.json("status", path)["stages"]}
    assert stages["wide"] == stages["rated"] == {"settled": STUDIES, "open": 0, "hidden": 0}
    tables(told, path, planted)


def settle(told, path, numbers, planted):
    """Pair what is a row, then settle everything else with what Maya says, or the base."""
    by = ("looked it up", "Maya;Jonas")
    for row in told.json("pairs", path, "--stage", "wide"):
        if row["state"] != "paired":
            (one,) = row["rows"]
            place = (numbers[row["study"]], "arms", f"{one['reviewer']}:{one['id']}")
            told.run("pair", path, *map(str, place), "--no-such", "--stage", "wide")
    for form in ("wide", "rated"):
        rows = [
            (number, row, field, BASE[form, field, row], *by)
            for of, number, field, row, kind in planted
            if of == form and kind != "row"
        ]
        heads = ("study", "row", "field", "value", "why", "by")
        told.run("resolve", path, "--from", told.table("s.csv", heads, rows), "--stage", form)


def tables(told, path, planted):
    out = told.folder / "studies.csv"
    told.run("export", path, out, "--what", "studies")
    with out.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == STUDIES
    assert {row["Setting"].casefold().strip() for row in rows} <= {"a clinic", "a  clinic"}
    assert {row["Number"].lstrip("0") for row in rows} == {"30"}
    assert {row["Length"] for row in rows} <= {"12 weeks", "12.0 weeks"}
    assert {row["Design"] for row in rows} == {"Trial"}
    rated = told.json("appraisal", path, "--stage", "rated")
    assert [(one["total"], one["complete"]) for one in rated] == [(1, True)] * STUDIES
