from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.abstract import parts


def laid(text):
    return [(part.heading, text[part.start : part.end]) for part in parts(text)]


def test_no_text_has_no_parts():
    assert parts("") == ()
    assert parts(" \n ") == ()


def test_plain_text_is_one_part():
    text = "We asked forty adults. Methods were simple and results: none."
    assert laid(text) == [("", text)]


def test_headings_with_colons_in_one_line():
    text = "BACKGROUND: A thing. METHODS: We did it. RESULTS: It worked: twice."
    assert laid(text) == [
        ("Background", "A thing."),
        ("Methods", "We did it."),
        ("Results", "It worked: twice."),
    ]


def test_headings_on_their_own_lines():
    text = "Objective\nTo look.\nDesign, setting, and participants\nA trial.\nConclusion\nGood."
    assert laid(text) == [
        ("Objective", "To look."),
        ("Design, setting, and participants", "A trial."),
        ("Conclusion", "Good."),
    ]


def test_words_before_the_first_heading_are_kept():
    text = "A protocol. AIMS: To see. METHODS AND ANALYSIS: To do."
    assert laid(text)[0] == ("", "A protocol.")
    assert laid(text)[2] == ("Methods and analysis", "To do.")


def test_capitals_without_a_colon_as_proquest_writes_them():
    text = "OBJECTIVE To look at it. METHOD It was looked at. RESULTS Seen."
    assert [heading for heading, _ in laid(text)] == ["Objective", "Method", "Results"]


def test_headings_glued_to_the_sentence_before():
    text = "Background: One thing.Methods: Another.Results: A third."
    assert [heading for heading, _ in laid(text)] == ["Background", "Methods", "Results"]


def test_a_heading_without_text_stays():
    assert laid("BACKGROUND: METHODS: We did. RESULTS: It was.")[-1] == ("Results", "It was.")


@pytest.mark.parametrize(
    "text",
    [
        "Patients were asked. Results of the survey were good. Conclusion of it: none.",
        "Objective: one heading alone is a sentence.",
        "The design: simple. See http://example.invalid/methods:x",
    ],
)
def test_words_in_sentences_are_no_headings(text):
    assert laid(text) == [("", text)]


@given(st.text(alphabet=st.sampled_from("AB .:\nMethodsRESULTS"), max_size=200))
def test_parts_lie_in_order_and_hold_no_space_around_them(text):
    before = 0
    for part in parts(text):
        assert before <= part.start <= part.end <= len(text)
        assert text[part.start : part.end] == text[part.start : part.end].strip()
        before = part.end


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (
            "PURPOSE OF REVIEW: Peers help. RECENT FINDINGS: They help online. SUMMARY: So do.",
            ["Purpose of review", "Recent findings", "Summary"],
        ),
        (
            "Purpose of review\nPeers help.\nRecent findings\nOnline.",
            ["Purpose of review", "Recent findings"],
        ),
        (
            "BACKGROUND: One. ROLE OF THE FUNDER, IF ANY: None had a part. RESULTS: Two.",
            ["Background", "Role of the funder, if any", "Results"],
        ),
        ("The WHO DAS 2.0: a scale. The PHQ-9 AND GAD-7: two more.", [""]),
    ],
)
def test_headings_of_several_words_are_found(text, headings):
    assert [part.heading for part in parts(text)] == headings


@pytest.mark.parametrize(
    "heading",
    [
        *("PURPOSE OF REVIEW", "RECENT FINDINGS", "UNLABELLED", "STUDY SELECTION", "DATA SOURCES"),
        *("PROGNOSIS", "FOLLOW-UP", "MAIN OUTCOME MEASURE(S)", "PATIENT(S)", "WHAT'S NEW"),
    ],
)
def test_what_stands_in_capitals_before_a_colon_is_a_heading(heading):
    text = f"BACKGROUND: A thing. {heading}: It was looked at."
    assert [found for found, _ in laid(text)] == ["Background", heading.capitalize()]
    assert laid(f"{heading}: It was looked at.") == [(heading.capitalize(), "It was looked at.")]


@pytest.mark.parametrize("heading", ["PURPOSE OF REVIEW", "RECENT FINDINGS", "UNLABELLED"])
def test_known_headings_in_capitals_need_no_colon(heading):
    text = f"BACKGROUND A thing. {heading} It was looked at."
    assert [found for found, _ in laid(text)] == ["Background", heading.capitalize()]


def test_an_abbreviation_that_is_explained_is_no_heading():
    text = "BACKGROUND: A thing. SMI: serious mental illness. RCT: a trial."
    assert [found for found, _ in laid(text)] == ["Background"]
