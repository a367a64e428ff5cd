"""A small review with a form that two answered with a planted difference of every type."""

from screener.answers.draft import Place
from screener.answers.form import Form, FormList, Section
from screener.model import AnswerState, Option, Question
from tests.screener.answers.trial import ID, new_trial

S = AnswerState
SPECIAL = (S.NOT_REPORTED, S.UNCLEAR)


def _at(value, page, quote="", unit=""):
    return {"value": value, "unit": unit, "place": Place(page=page, quote=quote)}


def _question(id_, words, type_, section, **more):
    return Question(id=id_, words=words, type=type_, section=section, required=True, **more)


FORM = Form(
    id=ID,
    title="Data extraction",
    lists=(FormList(id="strands", title="Arms", row="arm", key="Arm"),),
    sections=(
        Section(id="study", title="Study"),
        Section(id="people", title="People"),
        Section(id="arm", title="Arms"),
        Section(id="result", title="Result"),
    ),
    questions=(
        _question("country", "Country", "text", "study"),
        _question("began", "Began", "date", "study"),
        _question(
            "design", "Design", "choice", "study",
            options=(Option(id="rct", text="Randomized trial"), Option(id="pre", text="Pre-post")),
        ),
        _question(
            "means", "Means", "choices", "study",
            options=(Option(id="phone", text="Telephone"), Option(id="chat", text="Chat"),
                     Option(id="post", text="Letters")),
        ),
        _question("sample", "Sample at start", "integer", "people"),
        _question("length", "Length", "decimal", "people", units=("weeks", "months"),
                  special=SPECIAL),
        _question("early", "Left early", "integer", "people", special=SPECIAL),
        _question("paid", "Peers were paid", "yes-no", "people", special=SPECIAL),
        _question("number", "Number in the arm", "integer", "arm", list=("strands",)),
        _question(
            "rigour", "Rigour", "rating", "result", ordered=True,
            options=(Option(id="low"), Option(id="middle"), Option(id="high")),
        ),
        Question(id="story", words="What was found", type="long-text", section="result"),
        Question(id="funding", words="Funding", type="long-text", section="result"),
    ),
)  # fmt: skip
MAYA = {
    (1, "country"): _at("Ireland", "2"),
    (1, "began"): "2014-03-01",
    (1, "design"): "rct",
    (1, "means"): "phone; chat",
    (1, "sample"): _at("25", "3", "Twenty-five adults joined a private group"),
    (1, "length"): _at("6", "3", "for six months", unit="months"),
    (1, "early"): S.NOT_REPORTED,
    (1, "paid"): _at("yes", "3", "paid by the hour"),
    (1, "number", "peer-group"): "12",
    (1, "number", "waiting-list"): "13",
    (1, "number", "usual-care"): "9",
    (1, "rigour"): "high",
    (1, "story"): "They met every week, and most stayed to the end.",
    (1, "funding"): "A foundation.",
    (2, "country"): "Norway",
    (2, "sample"): "40",
    (2, "began"): "2016",
    (2, "design"): "pre",
    (2, "means"): "post",
    (2, "length"): "8",
    (2, "early"): "2",
    (2, "paid"): "no",
    (2, "rigour"): "low",
}  # fmt: skip
JONAS = {
    (1, "country"): _at("United Kingdom", "2", "a Belfast clinic"),
    (1, "began"): "2014-03",
    (1, "design"): "pre",
    (1, "means"): "phone",
    (1, "sample"): _at("30", "2", "thirty people gave their consent"),
    (1, "length"): _at("24", "4", unit="weeks"),
    (1, "early"): _at("4", "6", "Four left before the walk"),
    (1, "number", "peer-group"): "14",
    (1, "number", "wait-list"): "13",
    (1, "rigour"): "low",
    (1, "story"): "Weekly meetings; few left.",
    (1, "funding"): "Not stated who paid.",
    **{place: value for place, value in MAYA.items() if place[0] == 2},
    (2, "sample"): "41",
}
ROWS_OF_MAYA = ((1, "Peer group"), (1, "Waiting list"), (1, "Usual care"))
ROWS_OF_JONAS = ((1, "peer group"), (1, "Wait list"))


def planted_trial(folder):
    """Make the review, answered, closed and merged."""
    made = new_trial(folder, form=FORM, count=3, opened=2)
    made.answer("Maya", MAYA, rows=ROWS_OF_MAYA)
    made.answer("Jonas", JONAS, rows=ROWS_OF_JONAS)
    made.merge()
    with made.open() as project:
        project.consensus.reveal(3)
    return made
