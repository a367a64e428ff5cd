"""The labels of the boxes, as PRISMA 2020 has them."""

from __future__ import annotations

from dataclasses import replace

from screener.report import wording
from screener.report.flow import Flow, Pending


def said(paragraphs) -> list[str]:
    return [
        " ".join("".join(piece.text for piece in word) for word in paragraph.words)
        for paragraph in paragraphs
    ]


def links(paragraphs) -> list[tuple[str, str, str]]:
    return [
        (piece.link, piece.item, piece.text)
        for paragraph in paragraphs
        for word in paragraph.words
        for piece in word
        if piece.link
    ]


def test_databases_and_registers(finished):
    assert said(wording.identified(finished)) == [
        "Records identified from*:",
        "Databases (n = 1,452)",
        "PubMed 402, Embase 381, Web of Science 298, CINAHL 218, PsycINFO 153",
        "Registers (n = 48)",
    ]
    assert said(wording.removed(finished)) == [
        "Records removed before screening:",
        "Duplicate records removed (n = 489)",
        "Records marked as ineligible by automation tools (n = 0)",
        "Records removed for other reasons (n = 6)",
    ]
    assert said(wording.screened(finished)) == ["Records screened (n = 1,005)"]
    assert said(wording.excluded(finished)) == ["Records excluded** (n = 921)"]


def test_reports(finished):
    assert said(wording.sought(finished, "dbr")) == ["Reports sought for retrieval (n = 84)"]
    assert said(wording.not_retrieved(finished, "dbr")) == ["Reports not retrieved (n = 3)"]
    assert said(wording.assessed(finished, "dbr")) == ["Reports assessed for eligibility (n = 81)"]
    assert said(wording.not_included(finished, "dbr")) == [
        "Reports excluded:",
        "Participants, no diagnosis (n = 19)",
        "Interventions (n = 17)",
        "Study design; protocols (n = 14)",
        "Outcomes (n = 2)",
        "Awaiting classification (n = 2)",
    ]
    assert said(wording.included(finished)) == [
        "Studies included in review (n = 28)",
        "Reports of included studies (n = 31)",
    ]


def test_other_methods(finished):
    assert said(wording.other_identified(finished)) == [
        "Records identified from:",
        "Websites (n = 12)",
        "Organisations (n = 0)",
        "Citation searching (n = 9)",
    ]
    assert said(wording.not_retrieved(finished, "other")) == ["Reports not retrieved (n = 0)"]


def test_a_method_that_was_not_used_is_not_named(finished):
    some = replace(finished, organisation_results=None)
    assert "Organisations (n = 0)" not in said(wording.other_identified(some))


def test_nothing_excluded():
    assert said(wording.not_included(Flow(), "dbr")) == ["Reports excluded (n = 0)"]


def test_what_is_open_stands_in_the_box_it_holds_up(draft):
    assert said(wording.screened(draft))[1] == "14 conflicts open"
    assert said(wording.other_identified(draft))[-1] == "2 not yet decided, 1 in conflict"
    assert said(wording.sought(draft, "dbr"))[1] == "3 still being sought"
    assert said(wording.sought(draft, "other"))[1] == "1 still being sought"
    assert said(wording.assessed(draft, "dbr"))[1] == "34 not yet decided"
    assert len(wording.assessed(draft, "other")) == 1


def test_what_is_reopened_with_an_outcome_is_said_beside_what_is_pending(finished):
    pending = Pending(
        title_abstract=1, title_abstract_open=(("in conflict", 1),), title_abstract_reopened=2
    )
    again = replace(finished, draft=True, pending=pending)
    assert said(wording.screened(again))[1:] == ["1 conflict open", "2 settled, re-opened"]
    assert links(wording.screened(again))[-1] == ("pending", "title_abstract_reopened", "2")
    again = replace(finished, draft=True, pending=Pending(full_text_reopened=1))
    assert said(wording.assessed(again, "dbr"))[1] == "1 settled, re-opened"


def test_every_number_is_linked_to_its_field(draft):
    assert links(wording.identified(draft))[:2] == [
        ("database_results", "", "(n = 1,452)"),
        ("database_specific_results", "PubMed", "402"),
    ]
    assert links(wording.not_included(draft, "dbr")) == [
        ("dbr_excluded", "Participants, no diagnosis", "(n = 19)"),
        ("dbr_awaiting", "", "(n = 2)"),
    ]
    assert links(wording.screened(draft))[1] == ("pending", "title_abstract", "14")
    assert links(wording.sought(draft, "dbr"))[1] == ("pending", "retrieval", "3")
    assert links(wording.assessed(draft, "dbr"))[1] == ("pending", "full_text", "34")
    assert links(wording.other_identified(draft))[-1] == ("other_pending", "title_abstract", "2")
    assert links(wording.sought(draft, "other"))[1] == ("other_pending", "retrieval", "1")


def test_foreign_labels_become_one_plain_line():
    assert wording.plain("a\n\tb\u00a0c\x00\u202e") == "a b c"
    assert wording.plain("e\u0301tude") == "étude"
    assert wording.plain("می\u200cخواهم") == "می\u200cخواهم"


def test_spoken(finished, draft, databases_only):
    told = wording.spoken(finished)
    assert told.startswith("Records identified from*. Databases (n = 1,452). PubMed 402, ")
    assert told.endswith(
        "Studies included in review (n = 28). Reports of included studies (n = 31)."
    )
    assert wording.spoken(draft).startswith("Draft while 16 records")
    assert told.count("Reports sought") == 2
    assert wording.spoken(databases_only).count("Reports sought") == 1
