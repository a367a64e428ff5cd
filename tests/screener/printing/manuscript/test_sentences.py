"""Each sentence depends on a fact: it is there with the fact, and with no other fact."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from screener.consensus.told import Told
from screener.model import (
    Batch,
    Criterion,
    DiscrepancyKind,
    MaybeRule,
    Mode,
    Previous,
    Protocol,
    Search,
    SourceKind,
)
from screener.printing import document as d
from screener.printing.manuscript.facts import (
    Facts,
    FormFacts,
    Listed,
    Part,
    Settled,
    StepFacts,
    Version,
)
from screener.printing.manuscript.manuscript import document_of
from screener.printing.manuscript.voice import Spelling, Voice
from screener.report.flow import Flow, Pending

BLANK = Facts(protocol=Protocol(title="A review"))
FIRST = Version(number=1, time="2026-01-02T10:00:00+01:00")
SECOND = Version(number=2, time="2026-03-04T10:00:00+01:00", why="asked", changes=("the title",))
MAYA, JONAS = Part(name="Maya", decided=3), Part(name="Jonas", decided=3)


def batch(**said):
    search = Search(**({"source": "PubMed"} | said))
    return Batch(id="1", search=search, file="a.ris", parsed=7, skipped=(), file_digest="")


def protocol(**said):
    return replace(BLANK, protocol=replace(BLANK.protocol, **said))


def first(**said):
    here = {"id": "title-abstract", "words": "Title and abstract", **said}
    return replace(BLANK, title_abstract=StepFacts(**here))


def second(**said):
    return replace(BLANK, full_text=StepFacts(id="full-text", words="Full text", **said))


def form(**said):
    step = StepFacts(id="f", words="Our form", parts=(MAYA, JONAS))
    return replace(BLANK, forms=(FormFacts(step=step, **said),))


def flow(**said):
    return replace(BLANK, flow=Flow(**said))


BOTH = {"parts": (MAYA, JONAS)}
FACTS = {
    "registered": (protocol(registration="CRD42020139037"), "The registration of the review is"),
    "updated": (
        protocol(previous=Previous(studies=2, reports=3)),
        "The review updates an earlier version of itself, which included 2 studies in 3 reports.",
    ),
    "one version": (replace(BLANK, versions=(FIRST,)), "and has one version."),
    "two versions": (replace(BLANK, versions=(FIRST, SECOND)), "it has 2 versions, the last of"),
    "question": (protocol(question="Why?"), "The question of the review is: Why?"),
    "criteria": (
        protocol(criteria=(Criterion(id="outcomes", include="any"),)),
        "The protocol says for 1 criterion what is included",
    ),
    "reasons": (protocol(further_reasons=(("x", "Too short"),)), "Further reasons for an exclu"),
    "a search": (replace(BLANK, searches=(batch(),)), "PubMed (database) was searched: 7 records"),
    "its date": (
        replace(BLANK, searches=(batch(searched="2026-01-01"),)), "was searched on 2026-01-01:",
    ),
    "its limits": (replace(BLANK, searches=(batch(limits="humans"),)), "limits: humans;"),
    "its filters": (replace(BLANK, searches=(batch(filters="trials"),)), "filters: trials;"),
    "what it announced": (replace(BLANK, searches=(batch(claimed=9),)), "9 records announced"),
    "its strategy": (
        replace(BLANK, searches=(batch(strategy="a AND b"),)), "The full search strategies are in",
    ),
    "citations": (
        replace(BLANK, searches=(batch(kind=SourceKind.CITATION_SEARCHING),)),
        "Citations were searched (PubMed):",
    ),
    "removed": (
        replace(BLANK, removed=(Listed(number=1, citation="A", why="old", by="by hand"),)),
        "1 record was removed before screening; the table",
    ),
    "by a tool": (
        replace(BLANK, removed=(Listed(number=1, citation="A", why="x", by="automation tool"),)),
        "1 record was removed before screening by an automation tool.",
    ),
    "corrected": (replace(BLANK, corrected=2), "Fields of 2 records were corrected"),
    "screened": (first(**BOTH), "At title and abstract two reviewers (Maya and Jonas) recorded"),
    "how many": (first(**BOTH, answered={2: 3}), "3 records were decided by two reviewers."),
    "alone": (first(parts=(MAYA,)), "At title and abstract one reviewer (Maya) recorded decisions"),
    "read": (second(**BOTH), "At full text two reviewers (Maya and Jonas) recorded decisions"),
    "reason needed": (second(**BOTH), "By the protocol an exclusion needs a reason."),
    "closed": (
        first(parts=(replace(MAYA, codes=("AB",)), JONAS), answered={2: 3}),
        "was shown and compared only after everybody",
    ),
    "not covered": (
        first(parts=(replace(MAYA, changed_since=1), JONAS)),
        "Of Maya, what stands on 1 record is not covered by a closing code.",
    ),
    "older version": (
        first(under={1: 2, 3: 4}), "of the 6 decisions that stand, 2 decisions under version 1",
    ),
    "stale": (first(stale=2), "of 2 records the criteria or what is shown of them was changed"),
    "differed": (
        first(found={DiscrepancyKind.CONFLICT: 2}),
        "on 2 items the reviewers differed, or something was to settle: conflict of verdicts (2).",
    ),
    "open": (
        first(found={DiscrepancyKind.JUDGEMENT: 1}, open={DiscrepancyKind.JUDGEMENT: 1}),
        "Title and abstract: 1 item to settle: different judgements of a criterion (1).",
    ),
    "discussed": (
        first(settled=(Settled(mode=Mode.DISCUSSION, by=("Maya", "Jonas"), number=2),)),
        "2 items were settled by discussion (Maya and Jonas).",
    ),
    "adjudicated": (
        first(settled=(Settled(mode=Mode.ADJUDICATION, by=("Ruth",), number=1),)),
        "1 item was settled by adjudication (Ruth).",
    ),
    "hidden": (first(hidden=4), "4 are hidden until everybody who is waited for has closed it."),
    "reveal": (replace(BLANK, levels=(0, 3)), "in this order: the record alone; the decisions"),
    "extracted": (form(), "Data were collected with the form “Our form”, which has 0 fields."),
    "appraised": (form(appraisal=True), "Studies were appraised with the form “Our form”"),
    "source of a form": (form(reference="Miller 1995"), "Where its wording is from: Miller 1995."),
    "unverified": (form(provenance="unverified"), "was not checked against that source."),
    "licence of a form": (form(licence="CC BY"), "Licence of its wording: CC BY."),
    "form answered": (form(), "recorded answers, each in a file of their own"),
    "remark": (replace(BLANK, remarks=("Something happened.",)), "Something happened."),
    "identified": (
        flow(database_results=4, records_screened=3, duplicates=1, records_excluded=2),
        "4 records were identified by searches of databases and registers: 4 from databases.",
    ),
    "duplicates": (
        flow(database_results=4, records_screened=3, duplicates=1),
        "Removed before screening were 1 duplicate record.",
    ),
    "automatic joins": (
        flow(duplicates_automatic=1, duplicates_by_hand=0, duplicates=1, database_results=2),
        "What rules did by themselves was to join duplicates",
    ),
    "websites": (flow(website_results=4), "4 records were identified by other methods: 4 from web"),
    "sought": (
        flow(database_results=9, dbr_sought_reports=5, dbr_notretrieved_reports=1),
        "5 reports were sought for retrieval; 1 was not retrieved.",
    ),
    "assessed": (
        flow(database_results=9, dbr_sought_reports=5, dbr_assessed=5, dbr_excluded=(("Old", 2),)),
        "5 reports were assessed for eligibility in full text, of which 2 were excluded (Old 2).",
    ),
    "included": (
        flow(new_studies=2, new_reports=3), "2 studies, of which there are 3 reports, are included",
    ),
    "new ones": (
        flow(new_studies=1, new_reports=1, previous_studies=2, previous_reports=2),
        "the review includes 3 studies in 3 reports.",
    ),
    "draft": (flow(draft=True, pending=Pending(title_abstract=3)), "3 records are undecided"),
}  # fmt: skip


def text_of(facts, voice=None):
    document = document_of(facts, voice or Voice())
    said = (block for block in document.blocks if not isinstance(block, d.Table))
    return "\n".join([document.draft, *d.texts(tuple(said))])


@cache
def said(name):
    return text_of(FACTS[name][0])


@pytest.mark.parametrize("name", FACTS)
def test_a_sentence_is_there_with_its_fact_and_not_without(name):
    _, sentence = FACTS[name]
    assert sentence in said(name)
    assert sentence not in text_of(BLANK)


def same(one, other):
    """Whether what one fact says is a part of another one."""
    return FACTS[one][0] == FACTS[other][0] or one in PARTS.get(other, ())


PARTS = {
    "by a tool": ("removed",),
    "its strategy": ("a search",),
    "how many": ("screened",),
    "closed": ("screened", "how many"),
    "not covered": ("screened",),
    "open": ("differed",),
    "appraised": ("form answered",),
    "source of a form": ("extracted", "form answered"),
    "unverified": ("extracted", "form answered"),
    "licence of a form": ("extracted", "form answered"),
    "identified": ("duplicates",),
    "duplicates": ("identified",),
}


@pytest.mark.parametrize("name", FACTS)
def test_no_other_fact_brings_the_sentence(name):
    _, sentence = FACTS[name]
    found = {other for other in FACTS if sentence in said(other)}
    assert found == {other for other in found if other == name or same(name, other)}


def test_nothing_done_says_nothing_but_what_is_missing():
    document = document_of(BLANK, Voice())
    headings = [b.text for b in document.blocks if isinstance(b, d.Heading)]
    assert headings == ["What is missing", "Appendices", "Checklists"]
    paragraphs = [d.plain(b.words) for b in document.blocks if isinstance(b, d.Paragraph)]
    assert all(one.startswith("The items are cited from:") for one in paragraphs)


@pytest.mark.parametrize("rule", MaybeRule)
def test_the_rule_for_maybe_is_that_of_the_protocol(rule):
    facts = replace(first(**BOTH), protocol=replace(BLANK.protocol, maybe=rule))
    rules = {
        MaybeRule.ADVANCES: "goes on to full text",
        MaybeRule.DISCUSS: "is discussed, and only include against exclude",
        MaybeRule.STRICT: "maybe is a verdict of its own",
    }
    text = text_of(facts)
    assert [one for one, words in rules.items() if words in text] == [rule]


def test_nobody_is_said_to_be_kept_apart_where_it_was_shown_early():
    here = {"parts": (replace(MAYA, codes=("AB",)), JONAS), "answered": {2: 3}}
    told = Told(words="Title and abstract", opened_early=("in haste",))
    assert "was shown and compared only after" in text_of(first(**here))
    assert "was shown and compared only after" not in text_of(first(**here, told=told))


def test_no_tool_is_named_where_none_removed_anything():
    assert "names no automation tool" in text_of(first(**BOTH))
    assert "names no automation tool" not in text_of(BLANK)
    removed = (Listed(number=1, citation="A", why="x", by="automation tool"),)
    assert "names no automation tool" not in text_of(replace(first(**BOTH), removed=removed))


# --- spelling ------------------------------------------------------------------------------------


def test_only_the_words_of_the_report_are_spelled():
    facts = replace(
        first(found={DiscrepancyKind.JUDGEMENT: 1}),
        searches=(batch(source="The organisation’s judgement", kind=SourceKind.ORGANISATION),),
    )
    british, american = (text_of(facts, Voice(one)) for one in Spelling)
    assert "different judgements of a criterion" in british
    assert "different judgments of a criterion" in american
    assert "The organisation’s judgement (organisation) was searched" in british
    assert "The organisation’s judgement (organization) was searched" in american
    languages = [document_of(facts, Voice(one)).language for one in Spelling]
    assert languages == ["en-GB", "en-US"]


def test_what_the_review_says_is_put_in_as_it_is():
    assert Voice(Spelling.AMERICAN)("A judgement of {x}.", x="{y} colour") == (
        "A judgment of {y} colour."
    )
    assert Voice(Spelling.AMERICAN)("{judgement}", judgement="colour") == "colour"
