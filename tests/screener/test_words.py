"""The words that project files hold and `--json` prints: scripts and older copies read them.

A word that is another one in both the program and its tests would be seen by nobody else.
"""

from enum import StrEnum

import pytest

from screener.answers.form import FormKind
from screener.consensus.agreement.alpha import Level
from screener.consensus.agreement.weighted import Weights
from screener.consensus.merging.findings import Check
from screener.duplicates.found import Link
from screener.duplicates.notices import Notice
from screener.model import (
    AnswerState,
    Compare,
    DiscrepancyKind,
    Element,
    Judgement,
    MaybeRule,
    Mode,
    Origin,
    Outcome,
    SourceKind,
    Stage,
    Status,
    Verdict,
)
from screener.report.exports import Which
from screener.screening.retrieval import Retrieval
from screener.store.file import FileKind
from screener.store.kinds import LogKind

WORDS: dict[type[StrEnum], str] = {
    AnswerState: "value not-reported unclear not-applicable none",
    Check: "file journal schema integrity project history reviewer records protocol progress "
    "stage fork brings",
    Compare: "value wording none",
    DiscrepancyKind: "consensus-conflict reopened self conflict reason maybe missing row value "
    "rating judgement",
    Element: "participants interventions comparisons outcomes study-design other",
    FileKind: "project copy arbitrator",
    FormKind: "extraction appraisal",
    Judgement: "met not-met unclear",
    Level: "nominal ordinal interval",
    Link: "cochrane-versions notice-and-report preprint-and-report "
    "conference-abstract-and-report published-elsewhere registry-entry-and-report",
    LogKind: "project reviewer meeting",
    MaybeRule: "advances discuss strict",
    Mode: "discussion adjudication rule",
    Notice: "retracted retraction correction concern",
    Origin: "reported calculated figure authors",
    Outcome: "include exclude awaiting",
    Retrieval: "sought retrieved not-retrieved",
    SourceKind: "database register website organisation citation-searching",
    Stage: "title-abstract full-text",
    Status: "removed not-open not-retrieved hidden consensus-conflict resolved reopened self "
    "not-started pending decided missing agreed conflict reason maybe differs row wording blank "
    "not-asked",
    Verdict: "include maybe exclude none",
    Weights: "linear quadratic",
    Which: "all included excluded pending to-settle removed",
}


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.__name__)
def test_the_words_are_these(words):
    assert [str(one) for one in words] == WORDS[words].split()
