"""Several people in one text: taken apart alike, whatever the format."""

from __future__ import annotations

import pytest

from screener.sources import names
from screener.sources.people import Name, people
from screener.sources.plain_text import WHOLE

TEXTS: list[tuple[str, list[str]]] = [
    ("Huisstede, Bionka M. A.", ["Huisstede, Bionka M. A."]),
    ("Joosten, Ruud N. J. M. A.", ["Joosten, Ruud N. J. M. A."]),
    ("Higgins, Julian PT", ["Higgins, Julian PT"]),
    ("Toni, T., Stumpf, M.P.H.", ["Toni, T.", "Stumpf, M.P.H."]),
    ("Stumpf, MPH, Walker, MSW", ["Stumpf, MPH", "Walker, MSW"]),
    ("Smith, John M.A.", ["Smith, John M.A."]),
    ("Bunkers, Sandra Schmidt; PhD; FAAN", ["Bunkers, Sandra Schmidt"]),
    ("Alba, A., Berg, B., & Carr, C.", ["Alba, A.", "Berg, B.", "Carr, C."]),
    ("Alba, A. & Berg, B.", ["Alba, A.", "Berg, B."]),
    (
        "Lasta, Firsta; Lastb, Firstb; Lastc, Firstc & Lastd, Firstd",
        ["Lasta, Firsta", "Lastb, Firstb", "Lastc, Firstc", "Lastd, Firstd"],
    ),
    ("Will E, Rink G, Brook KA, Falk M", ["Will E", "Rink G", "Brook KA", "Falk M"]),
    ("M&uuml;ller, J&ouml;rg", ["Müller, Jörg"]),
    ("O&#39;Hara, Ann", ["O'Hara, Ann"]),
    ("Rathke, Mary Jane,", ["Rathke, Mary Jane"]),
    ("World Invented Organization,", ["World Invented Organization,"]),
    ("others, ", []),
    ("Test, Some and others, ", ["Test, Some"]),
    ("Aalto, M.A.\n and Berg, N.\n and Cohn, O.\n", ["Aalto, M.A.", "Berg, N.", "Cohn, O."]),
    ("Aalto, Mia A. Ph.D., FACSM", ["Aalto, Mia A."]),
    ("Berg, Nils B. MD, MPH 1", ["Berg, Nils B."]),
    ("Smith, Jr., John", ["Smith, John, Jr."]),
    ("Smith, John, Jr.", ["Smith, John, Jr."]),
    ("Smith, MA", ["Smith, MA"]),
    ("Smith MD", ["Smith MD"]),
    ("Smith JA MD", ["Smith JA"]),
    ("Smith, John MD", ["Smith, John"]),
    ("Smith, John, MD, PhD", ["Smith, John"]),
    ("Mia Aalto, PhD, Nils Berg, MD and Ola Cohn, MSc", ["Mia Aalto", "Nils Berg", "Ola Cohn"]),
    ("Mia Aalto1, Nils Berg1,2 and Ola Cohn2*", ["Mia Aalto", "Nils Berg", "Ola Cohn"]),
    ("Department of Health and Human Services", ["Department of Health and Human Services"]),
    ("Johnson and Johnson", ["Johnson and Johnson"]),
    (
        "Alba A and Department of Health and Human Services",
        ["Alba A", "Department of Health and Human Services"],
    ),
    ("Anna Field and Carl Hill", ["Anna Field", "Carl Hill"]),
    ("Anna Field, Carl Hill and Tom Moor", ["Anna Field", "Carl Hill", "Tom Moor"]),
    ("Anna Field, Carl Hill, Tom Moor", ["Anna Field", "Carl Hill", "Tom Moor"]),
    ("Field, Anna, Hill, Carl", ["Field, Anna", "Hill, Carl"]),
    ("Field, Anna Maria, Hill, Carl Tom", ["Field, Anna Maria", "Hill, Carl Tom"]),
    ("['Alba, A.', \"O'Berg, B.\"]", ["Alba, A.", "O'Berg, B."]),
    ("c('Alba, A.', 'Berg, B.')", ["Alba, A.", "Berg, B."]),
    ('c("Alba, A.", "Berg, B.")', ["Alba, A.", "Berg, B."]),
    ("Garcia Lopez, Maria Jose", ["Garcia Lopez, Maria Jose"]),
    ("Field, Anna and Hill, Carl and Moor, E.", ["Field, Anna", "Hill, Carl", "Moor, E."]),
    ("Field, A., Hill, C., et al.", ["Field, A.", "Hill, C."]),
    ("Field A, Hill C, et al", ["Field A", "Hill C"]),
    ("Field, Anna; Hill, Carl; et al.", ["Field, Anna", "Hill, Carl"]),
    ("Smith & Nephew", ["Smith & Nephew"]),
    ("AT&T Research", ["AT&T Research"]),
    ("Ortega y Gasset, José", ["Ortega y Gasset, José"]),
    ("van den Berg, J., de Vries, K.", ["van den Berg, J.", "de Vries, K."]),
    ("J. van den Berg, K. de Vries and P. Smith", ["J. van den Berg", "K. de Vries", "P. Smith"]),
    ("王伟；李娜", ["王伟", "李娜"]),
    ("王伟，李娜", ["王伟", "李娜"]),
    ("Field, A.; the ABC Study Group", ["Field, A.", "the ABC Study Group"]),
    (
        "Field, A., Hill, C. and the ABC Study Group",
        ["Field, A.", "Hill, C.", "the ABC Study Group"],
    ),
    ("Field A, Hill C; ABC Study Group", ["Field A", "Hill C", "ABC Study Group"]),
    ("Müller, J.-P., Özgür, Ş.", ["Müller, J.-P.", "Özgür, Ş."]),
    ("Smith, J. and Jones, K., Jr.", ["Smith, J.", "Jones, K., Jr."]),
    (
        "National Institute for Health and Care Excellence",
        ["National Institute for Health and Care Excellence"],
    ),
    ("NA", []),
    ("null", []),
    ("et al.", []),
    ("University of Nowhere, Department of Walks", ["University of Nowhere, Department of Walks"]),
    ("Research and Development Group", ["Research and Development Group"]),
    ("Field AB, Hill C.", ["Field AB", "Hill C"]),
    ("A Field, CD Hill", ["Field, A", "Hill, CD"]),
    ("Nguyen, Thi Anh", ["Nguyen, Thi Anh"]),
    ("Field, Anna B.; Hill, Carl", ["Field, Anna B.", "Hill, Carl"]),
    ("Smith JA, Doe BC, Roe D.", ["Smith JA", "Doe BC", "Roe D"]),
    ("Smith, J. A., Doe, B. C., Roe, D.", ["Smith, J. A.", "Doe, B. C.", "Roe, D."]),
    (
        "Mary-Ann O'Neill, Jörg Müller, and Łukasz Nowak",
        ["Mary-Ann O'Neill", "Jörg Müller", "Łukasz Nowak"],
    ),
    ("Alba, Ana & Berg, Bo", ["Alba, Ana", "Berg, Bo"]),
    ("Alba, Ana, Berg, Bo & Carr, Cy", ["Alba, Ana", "Berg, Bo", "Carr, Cy"]),
    ("Alba, A und Berg, B", ["Alba, A", "Berg, B"]),
    ("Smith, Anderson", ["Smith, Anderson"]),
    ("Andrew Sanderson", ["Andrew Sanderson"]),
    ("Dr. Anna Field", ["Dr. Anna Field"]),
    ("Field AB, Hill C, Invented Study Group", ["Field AB", "Hill C", "Invented Study Group"]),
    ("Field, A., Hill, C., ABC Study Group", ["Field, A.", "Hill, C.", "ABC Study Group"]),
    ("The ABC Group, Field A, Hill C", ["The ABC Group", "Field A", "Hill C"]),
    ("[Anonymous]", ["[Anonymous]"]),
    ("Field, Anna B.", ["Field, Anna B."]),
    ("{'Alba, A.', 'Berg, B.'}", ["Alba, A.", "Berg, B."]),
    ("('Alba, A.', 'Berg, B.')", ["Alba, A.", "Berg, B."]),
    ('["Alba, A.","Berg, B."]', ["Alba, A.", "Berg, B."]),
    ("['Alba A']", ["Alba A"]),
    ("Alba, Ana | Berg, Bo", ["Alba, Ana", "Berg, Bo"]),
    ("Alba, A.,  Berg, B.,", ["Alba, A.", "Berg, B."]),
    ("Alba A.; Berg B.;", ["Alba A.", "Berg B."]),
    ("Alba A, Berg B, and Carr C", ["Alba A", "Berg B", "Carr C"]),
    ("Alba, A.; Berg, B.; and Carr, C.", ["Alba, A.", "Berg, B.", "Carr, C."]),
    ("Alba, A.; Berg, B.; & Carr, C.", ["Alba, A.", "Berg, B.", "Carr, C."]),
    ("Ana Alba; Bo Berg and Cy Carr", ["Ana Alba", "Bo Berg", "Cy Carr"]),
    ("Alba, A, Berg, B and others", ["Alba, A", "Berg, B"]),
    ("Alba, A and others", ["Alba, A"]),
    ("Alba A et al", ["Alba A"]),
    ("Alba, A. et al.", ["Alba, A."]),
    ("Centers for Disease Control and Prevention", ["Centers for Disease Control and Prevention"]),
    (
        "Centers for Disease Control and Prevention (CDC)",
        ["Centers for Disease Control and Prevention (CDC)"],
    ),
    ("Bill and Melinda Gates Foundation", ["Bill and Melinda Gates Foundation"]),
    ("Food and Drug Administration", ["Food and Drug Administration"]),
    (
        "Agency for Healthcare Research and Quality, Rockville",
        ["Agency for Healthcare Research and Quality, Rockville"],
    ),
    ("Smith, J., Jones, M.D., Brown, P.", ["Smith, J.", "Jones, M.D.", "Brown, P."]),
    ("Smith JA, Jones MD, Brown P", ["Smith JA", "Jones MD", "Brown P"]),
    ("John A. Smith, MD; Mary Jones, PhD, RN", ["John A. Smith", "Mary Jones"]),
    (
        "John A. Smith, MD, Mary Jones, PhD, RN, and Peter Brown, BSc",
        ["John A. Smith", "Mary Jones", "Peter Brown"],
    ),
    ("Smith J 1, Jones M 2,3, Brown P 1", ["Smith J", "Jones M", "Brown P"]),
    ("Smith J1, Jones M2,3, Brown P1", ["Smith J", "Jones M", "Brown P"]),
    ("Smith, John¹; Jones, Mary²", ["Smith, John", "Jones, Mary"]),
    ("de la Cruz, María José; Pérez-López, A.", ["de la Cruz, María José", "Pérez-López, A."]),
    ("Chen, X, Li, Y, Wang, Z", ["Chen, X", "Li, Y", "Wang, Z"]),
    ("Chen Xi, Li Yan, Wang Zhe", ["Chen Xi", "Li Yan", "Wang Zhe"]),
    ("O'Brien, Conor & D'Angelo, Sofia", ["O'Brien, Conor", "D'Angelo, Sofia"]),
    ("Berg N (1), Aalto M (2)", ["Berg N", "Aalto M"]),
]


@pytest.mark.parametrize(("text", "wanted"), TEXTS)
def test_each_person_stands_alone(text: str, wanted: list[str]) -> None:
    assert people([text]) == wanted


@pytest.mark.parametrize(("text", "wanted"), TEXTS)
def test_what_was_taken_apart_stays_as_it_is(text: str, wanted: list[str]) -> None:
    assert people(wanted) == wanted


def test_full_names_are_two_people_in_a_cell_and_one_in_a_tag() -> None:
    assert people(["Anna Field, Carl Hill"], full_names=True) == ["Anna Field", "Carl Hill"]
    assert people(["Anna Field, Carl Hill"]) == ["Anna Field, Carl Hill"]


def test_a_name_that_is_one_is_left_alone() -> None:
    assert people([Name("Alba, A. and Berg, B.")]) == ["Alba, A. and Berg, B."]
    assert people(["Alba, A. and Berg, B." + WHOLE]) == ["Alba, A. and Berg, B."]


@pytest.mark.parametrize(
    "author", ["Rathke, Mary Jane,", "Simon and Garfunkel, Paul", "J Meadow", "国；家", "A &amp; B"]
)
def test_what_is_written_for_others_is_read_again(author: str) -> None:
    assert names.authors(names.literal_authors((author,))) == (author,)
