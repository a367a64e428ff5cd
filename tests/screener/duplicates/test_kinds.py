"""Kinds of documents by their titles."""

from __future__ import annotations

import pytest

from screener.duplicates.kinds import kind_of, without_kind

PLAIN = "Letters from peers in lonely valleys"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        (f"Erratum: {PLAIN}", "correction"),
        (f"Erratum to - {PLAIN}", "correction"),
        (f"CORRECTIONS: {PLAIN}", "correction"),
        (f"Author Correction: {PLAIN}", "correction"),
        (f"Correction to: {PLAIN}", "correction"),
        (f"Corrigendum to '{PLAIN}'", "correction"),
        (f"Expression of concern: {PLAIN}", "correction"),
        (f"{PLAIN} (vol 12, pg 34, 2005)", "correction"),
        (f"{PLAIN} (Invented Journal (2009) 360 (542-544))", "correction"),
        (f"{PLAIN}: erratum", "correction"),
        (f"Retraction: {PLAIN}", "retraction"),
        (f"RETRACTED: {PLAIN}", "retraction"),
        (f"Retraction notice to {PLAIN}", "retraction"),
        (f'Retraction of "{PLAIN}"', "retraction"),
        (f"Withdrawn: {PLAIN}", "retraction"),
        (f"{PLAIN} - Reply", "reply"),
        (f"Reply to {PLAIN}", "reply"),
        (f"Authors' reply: {PLAIN}", "reply"),
        (f"Re: {PLAIN}", "reply"),
        (f"Response to letter about {PLAIN}", "reply"),
        (f"Comment on: {PLAIN}", "comment"),
        (f"Commentary: {PLAIN}", "comment"),
        ("Letter to the editor", "letter"),
        (PLAIN, ""),
        (f"{PLAIN}. [Erratum appears in Inv J. 2011;2(1):3]", ""),
        ("Response to lithium in adults with bipolar disorder", ""),
        ("Response-guided therapy in adults", ""),
        ("Correction of scoliosis in children", ""),
        ("Retraction of the lung during surgery", ""),
        ("Withdrawal of benzodiazepines in old age", ""),
        ("Letters from peers", ""),
        ("Comments that hurt: a survey", ""),
    ],
)
def test_kind(title, kind):
    assert kind_of(title) == kind


def test_what_is_left_is_the_title():
    assert without_kind(f"Erratum: {PLAIN}").strip() == PLAIN
    assert without_kind(f"{PLAIN} (vol 12, pg 34, 2005)").strip() == PLAIN
