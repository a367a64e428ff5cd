"""How the parts of a form are called while it is edited."""

from __future__ import annotations

from screener.answers.form import Form, FormKind
from screener.model import Compare, Question
from screener.model.words import counted

TYPES = {
    "text": "Text, one line",
    "long-text": "Text, several lines",
    "integer": "Whole number",
    "decimal": "Number",
    "date": "Date",
    "choice": "One of several",
    "choices": "Several of several",
    "yes-no": "Yes or no",
    "score": "Score, one of several",
    "rating": "Rating, one of several",
}
"""Every type a field may have."""
ROLES = {
    "": "none",
    "design": "design: studies are counted by it",
    "modality": "modality",
    "peer-role": "role of the peer",
}
COMPARE = {
    str(Compare.VALUE): "a difference is settled",
    str(Compare.WORDING): "both wordings are shown, none is settled",
    str(Compare.NONE): "not at all: a note to oneself",
}
KINDS = {
    str(FormKind.EXTRACTION): "Extraction: what a study is and found",
    str(FormKind.APPRAISAL): "Appraisal: how well it was done",
}
HOW = {
    "none": "nothing",
    "sum": "the sum of the scores",
    "worst": "the worst of the ratings",
    "asked": "a field of its own, “overall”",
    "ahrq": "good, fair, poor (AHRQ)",
}
NEW = "no label yet"


def field_words(question: Question) -> str:
    """Return a field's code and label."""
    return " ".join(part for part in (question.code, question.words or NEW) if part)


def field_below(question: Question) -> str:
    """Return what a field is, in a few words."""
    parts = [TYPES.get(question.type, question.type).partition(",")[0].lower()]
    parts += ["required"] if question.required else []
    parts += ["retired"] if question.retired else []
    return ", ".join(parts)


def about(form: Form) -> str:
    """Return where the wording of a form is from, and under which licence."""
    checked = {"verified": "checked against the source", "unverified": "not checked against the "
               "source"}.get(form.provenance, form.provenance)  # fmt: skip
    parts = (
        f"{form.reference.rstrip('.')}." if form.reference else "",
        f"Wording: {checked}." if checked else "",
        f"Licence: {form.licence}." if form.licence else "",
    )
    return " ".join(part for part in parts if part)


def fields(form: Form) -> str:
    """Return how many fields a form asks."""
    return counted(sum(not one.retired for one in form.questions), "field")
