"""How an abstract is laid out: its headings and their paragraphs, found in the plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADINGS = (
    "abstract", "aim", "aims", "aims and objectives", "aim and objectives", "aim of the study",
    "analysis", "authors' conclusions", "author's conclusions", "background",
    "background and aim", "background and aims", "background and objective",
    "background and objectives", "background/aims", "background/objectives", "case report",
    "clinical implications", "clinical relevance", "clinical significance",
    "clinical trial registration", "comparison", "conclusion", "conclusions",
    "conclusions and implications", "conclusions and relevance", "conclusion and relevance",
    "conclusions/implications", "context", "data analysis", "data collection",
    "data collection and analysis", "data extraction", "data extraction and synthesis",
    "data source", "data sources", "data synthesis", "declaration of interest", "design",
    "design and methods", "design and setting", "design/methodology/approach",
    "design, setting, and participants", "design, setting and participants",
    "discussion", "ethics and dissemination", "evidence acquisition", "evidence synthesis",
    "exposure", "exposures", "findings", "funding", "hypothesis", "implications",
    "implications for practice", "importance", "interpretation", "intervention",
    "interventions", "introduction", "key messages", "limitations", "main outcome measure",
    "main outcome measures", "main outcomes", "main outcomes and measures", "main results",
    "material and methods", "materials and methods", "materials & methods", "measurements",
    "measurements and main results", "measures", "method", "methodology",
    "methodology/principal findings", "methods", "methods and analysis", "methods and findings",
    "methods and materials", "methods and results", "methods/design", "objective", "objectives",
    "originality/value", "outcome", "outcome measures", "outcomes", "participants",
    "participants and methods", "patient or public contribution", "patients",
    "patients and methods", "population", "practical implications", "practice implications",
    "purpose", "rationale", "recommendations", "registration", "research design",
    "research design and methods", "research question", "result", "results",
    "results and conclusion", "results and conclusions", "results and discussion", "sample",
    "sample size", "search methods", "search strategy", "selection criteria", "setting",
    "settings", "significance", "significance of results", "social implications", "statistics",
    "study design", "study population", "study registration", "study selection", "subjects",
    "subjects and methods", "summary", "systematic review registration", "trial registration",
    "trial registration number", "trial status", "unassigned", "unlabeled", "unlabelled",
    "unstructured",
    "aims and methods", "aims and method", "aims/hypothesis", "approach", "areas covered",
    "areas of agreement", "areas of controversy", "basic procedures", "clinical question",
    "data availability", "design/methods", "eligibility criteria", "expert commentary",
    "expert opinion", "growing points", "highlights", "inclusion criteria", "information sources",
    "key findings", "key points", "key results", "lay summary", "learning objectives",
    "level of evidence", "limitations, reasons for caution", "main findings", "main outcome",
    "new findings", "objectives and methods", "objectives/aims", "patient summary",
    "plain language summary", "practitioner points", "primary outcome", "primary outcomes",
    "principal conclusions", "problem", "public health relevance", "purpose of review",
    "purpose of the review", "purpose of the study", "purpose of this review", "recent findings",
    "relevance", "results and limitations", "review question", "scope", "secondary outcomes",
    "sources of data", "state of the art", "strengths and limitations",
    "strengths and limitations of this study", "study question", "summary answer",
    "target audience", "trial design", "what is known already", "what this study adds",
    "wider implications of the findings",
    "hintergrund", "einleitung", "ziel", "ziele", "fragestellung", "methode", "methoden",
    "methodik", "material und methoden", "ergebnis", "ergebnisse", "diskussion",
    "schlussfolgerung", "schlussfolgerungen", "fazit", "zusammenfassung",
    "contexte", "objectif", "objectifs", "méthode", "méthodes", "résultats",
    "antecedentes", "introducción", "objetivo", "objetivos", "método", "métodos", "resultados",
    "conclusión", "conclusiones", "contexto", "conclusão", "conclusões",
)  # fmt: skip
"""Headings that databases print in structured abstracts, in the languages met most often."""

_NAMES = "|".join(re.escape(name) for name in sorted(_HEADINGS, key=len, reverse=True))
# Several words in capitals before a colon, or a long one, are a heading whatever they say; a short
# one may be an abbreviation that is explained.
_CAPITALS = r"[A-Z][A-Z()'’-]+"
_IN_CAPITALS = (
    rf"(?:{_CAPITALS}(?:(?:, | ?/ ?| & | ){_CAPITALS}){{1,8}}|[A-Z][A-Z()'’-]{{5,}})(?=[ \t]*:)"
)
# A heading opens the text or follows the end of a sentence. It ends in a colon, or stands alone
# on its line, or is in capitals with white space or a full stop after it (ProQuest, Ovid).
_HEADING = re.compile(
    rf"(?:^|(?<=[.!?)\]\"”’%;])[ \t]+|\n[ \t]*|(?<=[.!?])(?=[A-Z]))"
    rf"(?P<name>{_IN_CAPITALS}|(?i:{_NAMES}))"
    rf"(?P<stop>[ \t]*:(?!//)[ \t]*\n?|[ \t]*\.[ \t]+(?=[A-Z])|[ \t]+[-–—][ \t]+|[ \t]*\n|[ \t]+)"
)
_MARKED_BY_COLON = re.compile(r"[ \t]*(?::|\n)")
_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an abstract: its heading (or none) and where its text begins and ends."""

    heading: str
    start: int
    end: int


def parts(abstract: str) -> tuple[Part, ...]:
    """Find the headings of a structured abstract and the text under each.

    Offsets count characters of `abstract`. An abstract with fewer than two headings is one part
    without a heading, unless the one it begins with is in capitals with a colon; nothing but a
    heading and the white space around it is left out.
    """
    found = [match for match in _HEADING.finditer(abstract) if _is_heading(match)]
    if len(found) < _LEAST and not (found and _is_set_off(found[0])):
        return _trimmed(abstract, "", 0, len(abstract))
    laid: list[Part] = [*_trimmed(abstract, "", 0, found[0].start())]
    ends = [match.start() for match in found[1:]] + [len(abstract)]
    for match, end in zip(found, ends, strict=True):
        part = _trimmed(abstract, _heading(match["name"]), match.end(), end)
        laid += part or (Part(heading=_heading(match["name"]), start=end, end=end),)
    return tuple(laid)


def _is_heading(match: re.Match[str]) -> bool:
    """Say whether the word is set off as a heading is, and not merely used in a sentence."""
    name, stop = match["name"], match["stop"]
    if _MARKED_BY_COLON.match(stop):
        return name[0].isupper() or match.start() == 0
    return name.isupper()


def _is_set_off(match: re.Match[str]) -> bool:
    """Say whether a heading opens the text so that it can be nothing else ("UNLABELLED: ")."""
    return match.start() == 0 and match["name"].isupper() and ":" in match["stop"]


def _heading(name: str) -> str:
    return name.capitalize() if name.isupper() or name.islower() else name


def _trimmed(text: str, heading: str, start: int, end: int) -> tuple[Part, ...]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (Part(heading=heading, start=start, end=end),) if end > start else ()
