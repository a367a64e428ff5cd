"""Names and titles are one line without turning signs: given so, and shown so."""

from dataclasses import fields, is_dataclass, replace

import pytest

from screener import create_project, open_project
from screener.answers.form import Band, Form, FormKind, FormList, Overall, Section, form_from
from screener.model import Criterion, Option, Protocol, Question, UserError, When
from screener.model.words import as_lines, as_name
from screener.store import caches
from tests.screener.consensus.planting import canonical, plant

BAD = "\u202eEve\u202c\x1b[31m\nand  Ann\u2028"
GOOD = "Eve [31m and Ann"
UNSEEN = "\u3164\u200b \u2800"


def test_a_name_is_one_line():
    assert as_name(BAD) == GOOD


def test_what_is_given_is_kept_so(tmp_path, making):
    with create_project(tmp_path / "p.screener", title=BAD) as review:
        assert review.protocol.current.title == GOOD
        making.fill(review, tmp_path, 2)
        assert review.consensus.add_person(BAD).name == GOOD
        assert review.consensus.rename_person(GOOD, "\u2067Ann").name == "Ann"


@pytest.mark.parametrize("name", ["", " ", UNSEEN])
def test_what_nobody_can_see_is_no_name(tmp_path, making, name):
    with pytest.raises(UserError, match="Give the review a title"):
        create_project(tmp_path / "new.screener", title=name)
    with open_project(making.review(tmp_path)) as review, pytest.raises(UserError, match="name"):
        review.consensus.add_person(name)


def test_what_a_file_holds_is_shown_so(pair):
    id_ = "e" * 32
    for kind, body in (
        ("reviewer", {"id": id_, "name": BAD}),
        ("study", {"id": id_, "name": BAD}),
        ("intervention", {"id": id_, "name": BAD, "studies": []}),
    ):
        plant(pair.project, kind, canonical(body), log="project", subject=id_)
    caches.rebuild_in(pair.project)
    with open_project(pair.project, write=False) as review:
        assert review.consensus.people()[-1].name == GOOD
        assert review.studies.name_of(id_) == GOOD
        assert [one.name for one in review.studies.interventions()] == [GOOD]


# --- every word of a form and of a protocol -------------------------------------------------------

TURNED = "\u202eturned\u202c"
IDS = {
    "id", "type", "list", "section", "role", "when", "field", "options", "how", "per", "designs",
    "name", "kind", "compare", "special", "state", "element", "maybe", "score",
}  # fmt: skip
"""What is no text of its own: ids, and words of an enumeration."""


def bad_form():
    """A form whose every text turns the direction of writing."""
    return Form(
        id="form",
        title=f"Title {TURNED}",
        kind=FormKind.APPRAISAL,
        reference=f"Reference {TURNED}\nand more",
        provenance=f"made {TURNED}",
        licence=f"Licence {TURNED}",
        lists=(FormList(id="arms", title=f"Arms {TURNED}", row=f"arm {TURNED}", key=TURNED),),
        sections=(Section(id="one", title=f"One\n{TURNED}", rule=f"Rule {TURNED}"),),
        questions=(
            Question(
                id="what", type="choice", section="one", words=f"What\u200b\n{TURNED}",
                code=f"A{TURNED}", help=f"As\nmeant {TURNED}",
                options=(Option(id="a", text=f"A \u200b{TURNED}"), Option(id="b", text="B")),
            ),
            Question(
                id="weeks", type="integer", section="one", words="Weeks", units=(f"w {TURNED}",),
                when=When(field="what", options=("a",)),
            ),
        ),
        overall=Overall(how="sum", bands=(Band(score="1", text=TURNED, provenance=TURNED),)),
    )  # fmt: skip


def bad_protocol():
    return Protocol(
        title=f"Title {TURNED}",
        question=f"Why\n{TURNED}",
        registration=f"CRD {TURNED}",
        criteria=(
            Criterion(
                id="other-one", include=f"In\n{TURNED}", exclude=f"Out {TURNED}",
                question=f"Q {TURNED}", highlight=(f"peer {TURNED}",),
            ),
        ),
        further_reasons=(("late", f"Too\nlate {TURNED}"),),
    )  # fmt: skip


def texts(value, at=""):
    """Every text in a value, with where it stands; ids are none."""
    if is_dataclass(value):
        for one in fields(value):
            if one.name not in IDS or not isinstance(getattr(value, one.name), str):
                yield from texts(getattr(value, one.name), f"{at}.{one.name}")
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from texts(one, at)
    elif isinstance(value, str):
        yield at, value


def require_clean(value):
    """Every text is as a name, or as lines, where it stands for something with lines."""
    found = list(texts(value))
    assert any("turned" in text for _, text in found)
    for at, text in found:
        assert text == as_lines(text), at
        assert "\u200b" not in text, at


def test_every_word_of_a_form_is_clean_as_kept_and_as_read(tmp_path):
    made = bad_form()
    assert all("\u202e" in str(text) for _, text in texts(replace(made, questions=()))
               if "turned" in text)  # fmt: skip
    require_clean(form_from(made.content(), version=1, name=""))
    with create_project(tmp_path / "p.screener", title="Peers") as review:
        require_clean(review.forms.keep(made))
        kept = review.forms.step("form").form
        require_clean(kept)
        assert kept.questions[0].words == "What turned"
        assert kept.questions[0].help == "As\nmeant turned"
        assert kept.questions[0].options[0].text == "A turned"
        assert kept.lists[0].row == "arm turned"
        assert review.forms.keep(made).version == 1  # it is the same form


def test_every_word_of_a_protocol_is_clean_as_kept_and_as_read(tmp_path):
    with create_project(tmp_path / "p.screener", title="Peers", protocol=bad_protocol()) as review:
        now = review.protocol.current
        require_clean(now)
        assert now.further_reasons == (("late", "Too late turned"),)
        assert now.criteria[0].include == "In\nturned"
        assert review.protocol.set(replace(bad_protocol(), title="Peers")).version in (1, 2)
        number = review.protocol.current.version
        assert review.protocol.set(replace(bad_protocol(), title="Peers")).version == number
