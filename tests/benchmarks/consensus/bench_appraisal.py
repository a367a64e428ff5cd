"""Totals and overall ratings on every combination of answers, against their definitions."""

from __future__ import annotations

import sys
import tomllib
from itertools import product
from time import process_time

from screener.answers.appraisal import appraise
from screener.answers.shipped import FOLDER, shipped
from screener.answers.values import Value
from screener.model import AnswerState

ORDERS = {
    "rob2": ("low", "some-concerns", "high"),
    "robins-i": ("low", "moderate", "no-information", "serious", "critical"),
}


def main() -> int:
    began, tried, wrong = process_time(), 0, 0
    fields = tomllib.loads((FOLDER / "mqrs.toml").read_text(encoding="utf-8"))["sections"]
    scores = [
        {option["id"]: int(option["score"]) for option in field["options"]}
        for section in fields
        for field in section["fields"]
    ]
    form = shipped("mqrs")
    for chosen in product(*scores):
        values = (Value(AnswerState.VALUE, word) for word in chosen)
        said = {(q.id, ""): value for q, value in zip(form.questions, values, strict=True)}
        total = sum(each[word] for each, word in zip(scores, chosen, strict=True))
        tried, wrong = tried + 1, wrong + (appraise(form, said).words != f"{total} of 17")
    for name, order in ORDERS.items():
        form = shipped(name)
        row = "hope" if form.questions[0].list else ""
        for chosen in product(order, repeat=len(form.questions)):
            said = {
                (q.id, row): Value(AnswerState.VALUE, word)
                for q, word in zip(form.questions, chosen, strict=True)
            }
            worst = max(chosen, key=order.index)
            tried, wrong = tried + 1, wrong + (appraise(form, said, row).overall != worst)
    print(f"{tried:,} combinations, {wrong} otherwise, {process_time() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
