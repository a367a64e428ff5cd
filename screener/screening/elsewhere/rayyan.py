"""Rayyan: CSV (`notes`), RIS (`N1`) and BibTeX (`note`) with the decisions in one text.

`RAYYAN-INCLUSION: {"Emily"=>"Included"} | RAYYAN-LABELS: a,b | RAYYAN-EXCLUSION-REASONS: x,y |
USER-NOTES: {"Emily"=>["text"]}`. Labels and reasons are everybody's, without a name.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from screener.model import Entry, Stage, Verdict
from screener.screening.elsewhere.given import Given, joined

_SECTION = re.compile(r"\b(RAYYAN-[A-Z-]{3,30}|USER-NOTES)\s{0,3}:")
# A string that is never closed runs to the end, so that no text is looked at twice.
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)|=>|[\[\]]', re.S)
_ESCAPED = re.compile(r"\\(.)", re.S)
_WORDS = {"included": Verdict.INCLUDE, "maybe": Verdict.MAYBE, "excluded": Verdict.EXCLUDE}


def read(entries: Sequence[Entry], _stage: Stage) -> list[Given] | None:
    """Return the decisions, whatever the stage; None when no record is told by Rayyan."""
    told = [(entry, sections) for entry in entries if (sections := _sections(entry))]
    if not told:
        return None
    decided = [(e, s, _verdicts(s.get("RAYYAN-INCLUSION", ""))) for e, s in told]
    people = {person for _, _, verdicts in decided for person, _ in verdicts}
    found = []
    for entry, sections, verdicts in decided:
        # With several people a label or a reason may be anybody's: it is left where it is.
        labels = _listed(sections.get("RAYYAN-LABELS", "")) if len(people) == 1 else []
        reasons = tuple(_listed(sections.get("RAYYAN-EXCLUSION-REASONS", "")))
        alone = sum(v is Verdict.EXCLUDE for _, v in verdicts) == 1
        told_by = _pairs(sections.get("USER-NOTES", ""))
        notes = {name: joined(*values) for name, values in told_by}
        for person, verdict in verdicts:
            excluded = verdict is Verdict.EXCLUDE
            found.append(
                Given(
                    entry=entry,
                    verdict=verdict,
                    person=person,
                    reasons=reasons if excluded and alone else (),
                    unattributed=bool(reasons) and excluded and not alone,
                    note=joined(
                        notes.get(person, ""),
                        "Labels in Rayyan: " + ", ".join(labels) if labels else "",
                    ),
                )
            )
    return found


def _sections(entry: Entry) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, value in entry.raw:
        if "RAYYAN-" not in value and "USER-NOTES" not in value:
            continue
        text = html.unescape(value) if "=&gt;" in value else value
        marks = list(_SECTION.finditer(text))
        for mark, after in zip_longest(marks, marks[1:]):
            end = after.start() if after else len(text)
            found.setdefault(mark[1], text[mark.end() : end].strip(" |\n\t"))
    # A text that has only notes of users may be anybody's.
    return found if any(name.startswith("RAYYAN-") for name in found) else {}


def _verdicts(text: str) -> list[tuple[str, Verdict]]:
    """Return who decided what; of somebody who decided both ways both, which contradict."""
    words = ((name, values[0].casefold() if values else "") for name, values in _pairs(text))
    return list(dict.fromkeys((name, _WORDS[word]) for name, word in words if word in _WORDS))


def _pairs(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the names and values of a hash as Ruby writes it; a value is a text or a list."""
    name, last = "", ""
    values: list[str] | None = None
    for token in _TOKEN.finditer(text):
        if token[1] is None:
            if token[0] == "=>" and values is None:
                name = last
            elif token[0] == "[" and name:
                values = []
            elif token[0] == "]" and values is not None:
                yield name, values
                name, values = "", None
        elif values is not None:
            values.append(_plain(token[1]))
        elif name:
            yield name, [_plain(token[1])]
            name = ""
        else:
            last = _plain(token[1])


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _plain(quoted: str) -> str:
    return _ESCAPED.sub(lambda m: "\n" if m[1] == "n" else m[1], quoted).strip()
