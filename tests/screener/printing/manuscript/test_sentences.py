"""Each sentence depends on a fact: it is there with the fact, and with no other fact."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from screener.consensus.told import Happened, Told
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
from screener.model.record import Skipped
from screener.printing import document as d
from screener.printing.manuscript.facts import (
    Facts,
    FormFacts,
    Listed,
    Overturned,
    Part,
    Removed,
    Settled,
    StepFacts,
    Version,
)
from screener.printing.manuscript.manuscript import document_of
from screener.printing.manuscript.voice import Spelling, Voice
from screener.report.flow import Flow, Pending
from screener.studies.counting import Reach
from screener.studies.settled_rows import SettledRows

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


def form(*, step_reach=None, **said):
    step = StepFacts(id="f", words="Our form", parts=(MAYA, JONAS), reach=step_reach)
    return replace(BLANK, forms=(FormFacts(step=step, **said),))


def flow(**said):
    return replace(BLANK, flow=Flow(**said))


def told(**said):
    return Told(words="Title and abstract", **said)


BOTH = {"parts": (MAYA, JONAS)}
HAPPENED = Happened(why="a new post", time="2026-05-06T10:00:00+01:00")
REMOVED = Listed(number=1, citation="A", why="old", by="by hand", counted=Removed.OTHER)
OVERTURNED = Overturned(
    of="Record 1: A", asked="", before="exclude", now="include", by=("Maya",),
    mode=Mode.DISCUSSION, day="2026-05-06", why="misread",
)  # fmt: skip
FACTS = {
    "registered": (
        protocol(registration="CRD42020139037"),
        "The review is registered in PROSPERO under CRD42020139037.",
    ),
    "updated": (
        protocol(previous=Previous(studies=2, reports=3)),
        "The review updates an earlier version of itself, which included 2 studies in 3 reports.",
    ),
    "one version": (replace(BLANK, versions=(FIRST,)), "was not changed afterwards."),
    "two versions": (replace(BLANK, versions=(FIRST, SECOND)), "changed once, on 2026-03-04"),
    "question": (protocol(question="Why?"), "The question of the review was: Why?"),
    "criteria": (
        protocol(criteria=(Criterion(id="outcomes", include="any"),)),
        "Eligibility was defined by 1 criterion, whose wording",
    ),
    "reasons": (protocol(further_reasons=(("x", "Too short"),)), "Further reasons for an exclu"),
    "a search": (replace(BLANK, searches=(batch(),)), "7 records were read from its file."),
    "its date": (
        replace(BLANK, searches=(batch(searched="2026-01-01"),)),
        "was searched on 2026-01-01.",
    ),
    "its limits": (
        replace(BLANK, searches=(batch(limits="humans"),)),
        "was searched; limits: humans.",
    ),
    "its filters": (
        replace(BLANK, searches=(batch(filters="trials"),)),
        "was searched; search filters: trials.",
    ),
    "what it announced": (
        replace(BLANK, searches=(batch(claimed=9),)),
        "9 records were announced, and 7 read.",
    ),
    "as it announced": (
        replace(BLANK, searches=(batch(claimed=7),)),
        "7 records were announced, and as many were",
    ),
    "unlimited": (
        replace(BLANK, searches=(batch(limits="None.", filters="none"),)),
        "PubMed (database) was searched without limits or search filters.",
    ),
    "not read": (
        replace(
            BLANK,
            searches=(replace(batch(), skipped=(Skipped(line=2, text="x", why="no title"),)),),
        ),
        "1 part of the file could not be read (line 2: no title).",
    ),
    "its strategy": (
        replace(BLANK, searches=(batch(strategy="a AND b"),)),
        "The full search strategies are in",
    ),
    "citations": (
        replace(BLANK, searches=(batch(kind=SourceKind.CITATION_SEARCHING),)),
        "Citations were searched (PubMed).",
    ),
    "removed": (
        replace(BLANK, removed=(REMOVED,)),
        "1 record was removed before screening: 1 removed for another reason.",
    ),
    "by a tool": (
        replace(BLANK, removed=(replace(REMOVED, by="automation tool", counted=Removed.TOOL),)),
        "1 record was removed before screening by an automation tool.",
    ),
    "removed of other methods": (
        replace(BLANK, removed=(replace(REMOVED, counted=Removed.METHODS),)),
        "1 record found by other methods was removed as well, for which the flow diagram has no",
    ),
    "removed and a duplicate": (
        replace(BLANK, removed=(replace(REMOVED, counted=Removed.DUPLICATE),)),
        "1 record among those that were removed is counted as a duplicate in the flow diagram.",
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
        "What Maya recorded on 1 record was changed after closing and is not covered",
    ),
    "older version": (
        first(under={1: 2, 3: 4}),
        "Of the 6 decisions at title and abstract, 2 were made under version 1 and 4 under",
    ),
    "stale": (first(stale=2), "For 2 records, the criteria or the record changed after"),
    "differed": (
        first(found={DiscrepancyKind.CONFLICT: 2}),
        "At title and abstract, 2 items were to settle: 2 conflicts of verdicts.",
    ),
    "open": (
        first(found={DiscrepancyKind.JUDGEMENT: 1}, open={DiscrepancyKind.JUDGEMENT: 1}),
        "Title and abstract: 1 item to settle: 1 different judgement of a criterion.",
    ),
    "discussed": (
        first(settled=(Settled(mode=Mode.DISCUSSION, by=("Maya", "Jonas"), number=2),)),
        "2 items were settled by discussion (Maya and Jonas).",
    ),
    "adjudicated": (
        first(settled=(Settled(mode=Mode.ADJUDICATION, by=("Ruth",), number=1),)),
        "1 item was settled by adjudication (Ruth).",
    ),
    "no answer": (
        first(found={DiscrepancyKind.MISSING: 2}, open={DiscrepancyKind.MISSING: 2}),
        "Title and abstract: 2 items to settle: 2 missing answers.",
    ),
    "left": (
        first(**BOTH, told=told(left=(replace(HAPPENED, who="Lena"),))),
        "Lena left title and abstract on 2026-05-06 (recorded by the coordinator); the reason",
    ),
    "late": (
        first(**BOTH, told=told(late=(replace(HAPPENED, who="Omar", why=""),))),
        "Omar joined title and abstract on 2026-05-06 (recorded by the coordinator), when some",
    ),
    "early": (
        first(**BOTH, told=told(opened_early=(replace(HAPPENED, by="Ruth"),))),
        "On 2026-05-06 Ruth had title and abstract shown before everybody had closed it; the",
    ),
    "again": (
        first(**BOTH, told=told(reopened=(replace(HAPPENED, who="Maya"),))),
        "Maya opened title and abstract again on 2026-05-06 after closing it; the reason given was",
    ),
    "paired": (
        first(rows=SettledRows(paired=2, kept=1)),
        "2 paired with the row of another reviewer and 1 kept as one reviewer has it.",
    ),
    "overturned": (
        first(overturned=(OVERTURNED,)),
        "1 item was settled otherwise than had been agreed before",
    ),
    "reach": (
        form(step_reach=Reach(included=30, opened=28, closed=27)),
        "28 of the 30 included studies; every reviewer who was waited for had closed it for 27",
    ),
    "hidden": (first(hidden=4), "4 are hidden until everybody who is waited for has closed it."),
    "reveal": (replace(BLANK, levels=(0, 3)), "shown, in this order: the record alone; the"),
    "extracted": (form(), "Data were collected with the form “Our form”, which has 0 fields."),
    "appraised": (form(appraisal=True), "Studies were appraised with the form “Our form”"),
    "source of a form": (form(reference="Miller 1995"), "Its wording is from: Miller 1995."),
    "unverified": (form(provenance="unverified"), "was not checked against its source."),
    "licence of a form": (form(licence="CC BY"), "The wording is licensed as CC BY."),
    "form answered": (form(), "recorded answers, each in a file of their own"),
    "continued": (
        replace(first(**BOTH), continued=("the disk broke",)),
        "put together from the reviewers’ copies; the reason given was “the disk broke”.",
    ),
    "to explain": (
        replace(BLANK, explain=("which records belong to one report",)),
        "Which records belong to one report.",
    ),
    "a sum": (replace(BLANK, sums=("Records screened: 3, but 4.",)), "Records screened: 3, but 4."),
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
        "Rules joined duplicates without a person",
    ),
    "websites": (flow(website_results=4), "4 records were identified by other methods: 4 from web"),
    "became of others": (
        flow(
            website_results=15, other_duplicates=4, other_excluded_before=4, other_sought_reports=7
        ),
        "4 were duplicates of other records, 4 were excluded by title and abstract and 7 passed",
    ),
    "sought": (
        flow(database_results=9, dbr_sought_reports=5, dbr_notretrieved_reports=1),
        "5 reports were sought for retrieval; 1 was not retrieved.",
    ),
    "assessed": (
        flow(database_results=9, dbr_sought_reports=5, dbr_assessed=5, dbr_excluded=(("Old", 2),)),
        "5 reports were assessed for eligibility in full text, of which 2 were excluded (Old 2).",
    ),
    "included": (
        flow(new_studies=2, new_reports=3),
        "2 studies (3 reports) were included in the review.",
    ),
    "new ones": (
        flow(new_studies=1, new_reports=1, previous_studies=2, previous_reports=2),
        "the review includes 3 studies in 3 reports.",
    ),
    "draft": (flow(draft=True, pending=Pending(title_abstract=3)), "3 records are undecided"),
}


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
    **dict.fromkeys(("its date", "its limits", "its filters", "its strategy"), ("a search",)),
    **dict.fromkeys(("citations", "unlimited"), ("a search",)),
    "left": ("screened",),
    "late": ("screened",),
    "early": ("screened",),
    "again": ("screened",),
    "continued": ("screened",),
    "reach": ("extracted", "form answered"),
    "websites": ("became of others",),
    "by a tool": ("removed",),
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
    assert headings[0] == "What is missing"
    assert headings[-3:] == ["To be written by the authors", "Appendices", "Checklists"]
    paragraphs = [d.plain(b.words) for b in document.blocks if isinstance(b, d.Paragraph)]
    begins = ("The items are cited from:", "Nothing of these items is answered in this report:")
    assert all(one.startswith(begins) for one in paragraphs)


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
    told = Told(words="Title and abstract", opened_early=(HAPPENED,))
    assert "was shown and compared only after" in text_of(first(**here))
    assert "was shown and compared only after" not in text_of(first(**here, told=told))


def test_no_tool_is_named_where_none_removed_anything():
    assert "No automation tool is recorded" in text_of(first(**BOTH))
    assert "No automation tool is recorded" not in text_of(BLANK)
    removed = (replace(REMOVED, by="automation tool", counted=Removed.TOOL),)
    assert "No automation tool is recorded" not in text_of(replace(first(**BOTH), removed=removed))


# --- spelling ------------------------------------------------------------------------------------


def test_only_the_words_of_the_report_are_spelled():
    facts = replace(
        first(found={DiscrepancyKind.JUDGEMENT: 2}),
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
