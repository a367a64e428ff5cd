from __future__ import annotations

import pytest

from ui.widgets.authors import short_name, short_names


@pytest.mark.parametrize(
    ("author", "short"),
    [
        ("Okafor, Nina", "Okafor N"),
        ("Haverkamp, Jan-Piet", "Haverkamp JP"),
        ("van der Berg, A.B.", "van der Berg AB"),
        ("Peer Support Collaboration,", "Peer Support Collaboration"),
        ("Peers, Inc.,", "Peers, Inc."),
        ("Madonna", "Madonna"),
        ("Okafor, ", "Okafor"),
        ("Okafor, .", "Okafor"),
    ],
)
def test_a_name_is_written_with_initials(author, short):
    assert short_name(author) == short


def test_many_authors_end_in_et_al():
    authors = ("Okafor, Nina", "Brandt, Sofia", "Dunne, Sean")
    assert short_names(authors, 3) == "Okafor N, Brandt S, Dunne S"
    assert short_names(authors, 2) == "Okafor N, Brandt S, et al."
    assert short_names((), 2) == ""
