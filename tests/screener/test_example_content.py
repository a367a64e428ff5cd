"""The files of the example review agree with each other; read without the program's readers."""

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "resources" / "example"
MARK = "Invented example record"
CRITERIA = ("participants", "interventions", "comparisons", "outcomes", "study-design")
STAGES = ("title-abstract", "full-text")
VERDICTS = {"include", "exclude", "maybe"}


def toml(name):
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def folded(title):
    return re.sub(r"\W+", " ", title.casefold()).strip()


def blocks(name):
    """The records of one file, as text."""
    text = (FOLDER / "sources" / name).read_text(encoding="utf-8-sig")
    if name.endswith(".nbib"):
        return re.split(r"\n\n(?=PMID- )", text)
    return re.findall(r"^TY {2}-.*?^ER {2}-", text, re.MULTILINE | re.DOTALL)


def record(source, block):
    title = re.search(r"^T[I1] *- +(.+(?:\n {6}.+)*)", block, re.MULTILINE)
    doi = re.search(r"10\.5555/[\w./]+\w", block)
    return {
        "source": source,
        "text": block,
        "title": re.sub(r"\s+", " ", title[1]),
        "doi": doi[0] if doi else "",
    }


@pytest.fixture(scope="module")
def searches():
    return toml("searches.toml")["searches"]


@pytest.fixture(scope="module")
def records(searches):
    return [record(s["source"], b) for s in searches for b in blocks(s["file"])]


def position(records, source, doi, title):
    """Where the one record is that a row names by source and DOI, or by source and title."""
    found = [
        i
        for i, r in enumerate(records)
        if r["source"] == source
        and r["doi"] == doi
        and (doi or folded(r["title"]) == folded(title))
    ]
    assert len(found) == 1, (source, doi, title)
    return found[0]


@pytest.fixture(scope="module")
def report_of(records):
    """The report of each record: same DOI, same title without a DOI, or answered "same"."""
    report = list(range(len(records)))

    def join(one, other):
        report[:] = [report[one] if r == report[other] else r for r in report]

    for i, first in enumerate(records):
        for j, second in enumerate(records[:i]):
            if first["doi"] == second["doi"] and (
                first["doi"] or folded(first["title"]) == folded(second["title"])
            ):
                join(i, j)
    for row in rows("answers.csv"):
        ends = [
            position(records, *(row[f"{k}_{n}"] for k in ("source", "doi", "title"))) for n in "12"
        ]
        assert report[ends[0]] != report[ends[1]], "a question about records that are one anyway"
        if row["answer"] == "same":
            join(*ends)
    for row in rows("answers.csv"):
        ends = [
            position(records, *(row[f"{k}_{n}"] for k in ("source", "doi", "title"))) for n in "12"
        ]
        assert (report[ends[0]] == report[ends[1]]) == (row["answer"] == "same")
    return report


@pytest.fixture(scope="module")
def unit(records, report_of):
    """A function from a row with DOI and title to the one report it means."""

    def find(row):
        found = {
            report_of[i]
            for i, r in enumerate(records)
            if (
                r["doi"] == row["doi"] if row["doi"] else folded(r["title"]) == folded(row["title"])
            )
        }
        assert len(found) == 1, row
        return found.pop()

    return find


@pytest.fixture(scope="module")
def decisions(unit):
    """Decisions by stage, then for both reviewers by report."""
    found = {}
    for stage, ending in zip(STAGES, ("", "-full-text"), strict=True):
        found[stage] = []
        for letter in "ab":
            table = rows(f"decisions-{letter}{ending}.csv")
            by_report = {unit(row): row for row in table}
            assert len(by_report) == len(table)
            found[stage].append(by_report)
    return found


@pytest.fixture(scope="module")
def joined(unit):
    return [unit(row) for row in toml("review.toml")["self"]["join"]]


def both(decisions, stage):
    first, second = decisions[stage]
    return [(u, first[u], second[u]) for u in first if u in second]


def kind(one, other, stage):
    """The kind of discrepancy of two decisions, or an empty word."""
    verdicts = {one["verdict"], other["verdict"]}
    if verdicts == {"exclude"} and stage == "full-text" and one["reason"] != other["reason"]:
        return "reason"
    if len(verdicts) > 1 and "exclude" in verdicts:
        return "maybe" if stage == "full-text" and "maybe" in verdicts else "conflict"
    if stage == "full-text" and "maybe" in verdicts:
        return "maybe"
    if any({one[c], other[c]} == {"met", "not-met"} for c in CRITERIA):
        return "judgement"
    return ""


def test_files_hold_what_the_searches_claim_but_for_one_record(searches):
    differences = {s["source"]: s["claimed"] - len(blocks(s["file"])) for s in searches}

    assert {source: n for source, n in differences.items() if n} == {"Web of Science": 1}
    assert {s["round"] for s in searches} == {1, 2}
    assert {p.name for p in (FOLDER / "sources").iterdir()} == {s["file"] for s in searches}


def test_counts_are_those_the_review_states(searches, records, report_of):
    kinds = Counter()
    for search in searches:
        kinds[search["kind"]] += len(blocks(search["file"]))
    stated = toml("review.toml")["numbers"]["identified"]

    assert kinds == {
        "database": stated["databases"],
        "register": stated["registers"],
        "citation-searching": stated["citation-searching"],
        "website": stated["websites"],
    }
    assert len(records) == 155
    assert len(set(report_of)) == 100  # 99 when the two that are joined later are one


def test_every_record_is_marked_as_invented_and_points_nowhere_real(records):
    for r in records:
        text = r["text"]
        assert MARK in text
        assert all(doi == "10.5555" for doi in re.findall(r"10\.\d{4,9}(?=/)", text))
        assert all(len(p) == 8 and p.startswith("99") for p in re.findall(r"^PMID- (\S+)", text))
        assert set(re.findall(r"https?://([^/\s]+)", text)) <= {"example.org", "dx.doi.org"}


def test_records_of_one_report_agree_in_title_or_were_asked_about(records, report_of):
    asked = {folded(row[f"title_{n}"]) for row in rows("answers.csv") for n in "12"}
    for report in set(report_of):
        titles = {
            folded(r["title"]) for r, of in zip(records, report_of, strict=True) if of == report
        }
        assert len(titles) == 1 or titles <= asked


@pytest.mark.parametrize("stage", STAGES)
def test_decisions_use_the_words_of_the_protocol(decisions, stage):
    protocol = toml("protocol.toml")
    assert tuple(c["id"] for c in protocol["criteria"]) == CRITERIA
    reasons = {*CRITERIA, *(r["id"] for r in protocol["reasons"])}
    required = protocol["stages"][stage]["reason-required"]
    needed = [c["id"] for c in protocol["criteria"] if stage in c["required-at"]]

    for table in decisions[stage]:
        for row in table.values():
            judged = [c for c in CRITERIA if row[c] == "not-met"]
            assert row["verdict"] in VERDICTS
            assert {row[c] for c in CRITERIA} <= {"met", "not-met", "unclear", ""}
            if row["verdict"] == "exclude":
                assert row["reason"] in reasons or (not row["reason"] and not required)
                assert not judged or row["reason"] in ("", judged[0], "no-full-report")
            else:
                assert not row["reason"]
                assert not judged
            assert row["verdict"] != "include" or all(row[c] for c in needed)


def test_title_abstract_is_decided_twice_but_for_the_missing_one(decisions, unit, report_of):
    first, second = decisions["title-abstract"]
    missing = toml("review.toml")["missing"]

    assert set(first) == set(report_of)
    assert set(first) - set(second) == {unit({"doi": missing["doi"], "title": ""})}
    assert set(second) <= set(first)


def test_only_the_joined_pair_is_decided_differently_by_one_reviewer(decisions, joined):
    maya, jonas = decisions["title-abstract"]

    assert len(set(joined)) == 2
    assert {maya[u]["verdict"] for u in joined} == {"include", "exclude"}
    assert {jonas[u]["verdict"] for u in joined} == {"include"}


def test_every_kind_of_discrepancy_is_planted_and_settled(decisions, unit, joined):
    planted = {"missing", "self", "reopened", "consensus-conflict"} & set(toml("review.toml"))
    for stage, name in zip(STAGES, ("consensus.csv", "consensus-full-text.csv"), strict=True):
        open_ones = {u: k for u, a, b in both(decisions, stage) if (k := kind(a, b, stage))}
        planted |= set(open_ones.values())
        if stage == "title-abstract":
            open_ones[joined[0]] = "self"
            open_ones.pop(joined[1])
            open_ones[unit({"doi": toml("review.toml")["missing"]["doi"]})] = "missing"
        assert {unit(row) for row in rows(name)} == set(open_ones)

    assert planted == {
        "consensus-conflict", "reopened", "self", "missing",
        "conflict", "reason", "maybe", "judgement",
    }  # fmt: skip


def test_consensus_rows_are_complete():
    people = {"Maya Lindqvist", "Jonas Roth", "Ruth Amsler"}
    for name in ("consensus.csv", "consensus-full-text.csv"):
        for row in rows(name):
            assert row["verdict"] in {"include", "exclude"}
            assert bool(row["reason"]) == (row["verdict"] == "exclude")
            assert row["why"].endswith((".", "?"))
            assert set(row["by"].split(";")) <= people
            assert (row["mode"] == "adjudication") == (row["by"] == "Ruth Amsler")


def test_reopened_and_twice_settled_records_have_a_consensus_that_they_contradict(unit):
    review = toml("review.toml")
    settled = {unit(row): row for row in rows("consensus.csv")}
    reopened, twice = review["reopened"], review["consensus-conflict"]

    assert settled[unit(reopened)]["verdict"] != reopened["verdict"]
    assert settled[unit(twice)]["verdict"] != twice["other"]["verdict"]
    assert settled[unit(twice)]["verdict"] == twice["settled"]["verdict"]


@pytest.mark.parametrize("stage", STAGES)
def test_agreement_is_good_and_not_perfect(decisions, joined, stage):
    table = Counter(
        (a["verdict"] == "exclude", b["verdict"] == "exclude")
        for u, a, b in both(decisions, stage)
        if u not in joined[1:]
    )
    n = table.total()
    raw = (table[False, False] + table[True, True]) / n
    shares = [sum(c for k, c in table.items() if k[who]) / n for who in (0, 1)]
    chance = shares[0] * shares[1] + (1 - shares[0]) * (1 - shares[1])

    assert 0.6 < (raw - chance) / (1 - chance) < 0.8


def outcomes(decisions, stage, name, unit):
    """What the review does with each report: the consensus, or what both decided."""
    found = {
        u: "exclude" if {a["verdict"], b["verdict"]} == {"exclude"} else "include"
        for u, a, b in both(decisions, stage)
    }
    reasons = {u: a["reason"] for u, a, b in both(decisions, stage)}
    for row in rows(name):
        found[unit(row)] = row["verdict"]
        reasons[unit(row)] = row["reason"]
    return found, reasons


def test_the_review_ends_with_27_reports_from_databases_and_5_from_elsewhere(
    decisions, unit, joined, records, report_of
):
    left = {
        report_of[i]
        for i, r in enumerate(records)
        if r["source"] not in ("Reference lists", "Google Scholar")
    }
    passed, _ = outcomes(decisions, "title-abstract", "consensus.csv", unit)
    sought = {u for u, outcome in passed.items() if outcome == "include"} - {joined[1]}
    retrieval = {unit(row): row for row in rows("retrieval.csv")}
    retrieved = {u for u, row in retrieval.items() if row["state"] == "retrieved"}
    final, reasons = outcomes(decisions, "full-text", "consensus-full-text.csv", unit)
    included = {u for u, outcome in final.items() if outcome == "include"}
    excluded = Counter(reasons[u] for u in final if u not in included)

    assert set(retrieval) == sought
    assert all(row["why"] for row in retrieval.values() if row["state"] == "not-retrieved")
    assert len(sought) - len(retrieved) == 3
    assert set(decisions["full-text"][0]) == set(decisions["full-text"][1]) == retrieved
    assert len(passed) - 1 == 99
    assert (len(included & left), len(included - left)) == (27, 5)
    assert excluded == {
        "participants": 3, "interventions": 3, "comparisons": 1, "outcomes": 1, "study-design": 2,
        "no-full-report": 1, "not-peer-reviewed": 1,
    }  # fmt: skip
    assert {unit(row) for row in rows("studies.csv")} == included


def test_included_reports_belong_to_30_studies_of_24_interventions():
    table = rows("studies.csv")
    stated = toml("review.toml")["numbers"]

    assert Counter({r["study"]: r["design"] for r in table}.values()) == stated["studies"]
    assert len({r["intervention"] for r in table}) == stated["interventions"]
    assert len({(r["study"], r["design"], r["intervention"]) for r in table}) == 30


# --- extraction and ratings -----------------------------------------------------------------------

FORMS = FOLDER.parent / "forms"
SPECIAL = {"not-reported", "unclear", "not-applicable"}
ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
         "eighteen", "nineteen")  # fmt: skip
NUMBERS = {word: str(n) for n, word in enumerate(TEENS, 10)} | {
    f"{tens}-{one}".rstrip("-"): str(10 * t + o)
    for t, tens in enumerate(TENS, 2)
    for o, one in enumerate(ONES)
}


def fields(form):
    """The fields of a shipped form by their ids, read without the program."""
    name = toml("review.toml")["shipped"][form]
    told = tomllib.loads((FORMS / f"{name}.toml").read_text(encoding="utf-8"))
    return {f["id"]: f | {"section": s["id"]} for s in told["sections"] for f in s["fields"]}


def answers(form, letter):
    """What a reviewer answered, by study, row and field."""
    table = rows(f"{form}-{letter}.csv")
    found = {(r["study"], folded(r["row"]), r["field"]): r for r in table}
    assert len(found) == len(table), "the same question is answered twice"
    return found


def same(asked, one, other):
    if asked["type"] == "choices":
        return set(one.split(";")) == set(other.split(";"))
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def differing(form):
    """What the tables of two reviewers differ in, by study, row and field: its kind."""
    asked, (one, other) = fields(form), (answers(form, letter) for letter in "ab")
    in_rows = [{(s, r) for s, r, _ in table if r} for table in (one, other)]
    found = {(study, row, ""): "row" for study, row in in_rows[0] ^ in_rows[1]}
    for cell in one.keys() | other.keys():
        study, row, field = cell
        if (study, row, "") in found or asked[field]["type"] == "long-text":
            continue
        both = [table[cell]["value"] for table in (one, other) if cell in table]
        if len(both) < 2 and asked[field].get("required"):
            found[cell] = "missing"
        elif len(both) == 2 and not same(asked[field], *both):
            several = len(SPECIAL.intersection(both)) == 1
            found[cell] = "special" if several else asked[field]["type"]
    return found


@pytest.fixture(scope="module")
def abstracts(records):
    """The texts of the records by DOI, in one line each."""
    found = {}
    for r in records:
        found.setdefault(r["doi"], []).append(re.sub(r"\s+", " ", r["text"]))
    return found


@pytest.fixture(scope="module")
def reports():
    found = {}
    for row in rows("studies.csv"):
        found.setdefault(row["study"], []).append(row)
    return found


@pytest.mark.parametrize("letter", "ab")
def test_every_quote_stands_in_the_report_that_it_names(letter, abstracts, reports):
    quoted = [r for r in answers("extraction", letter).values() if r["quote"]]
    assert len(quoted) >= 30
    for row in quoted:
        assert row["report"] in {r["doi"] for r in reports[row["study"]]}
        assert any(row["quote"] in text for text in abstracts[row["report"]]), row


def test_what_was_settled_quotes_the_reports_too(abstracts, reports):
    for row in rows("consensus-extraction.csv"):
        texts = [t for r in reports[row["study"]] for t in abstracts[r["doi"]]]
        assert any(row["quote"] in text for text in texts), row


@pytest.mark.parametrize("field", ["n-enrolled", "n-analysed", "feasibility-result",
    "acceptability-result", "effectiveness-result"])  # fmt: skip
def test_what_is_extracted_agrees_with_the_abstracts(field, abstracts, reports):
    """Numbers stand in the abstract as digits or words, or are said to be calculated."""
    mine = answers("extraction", "a")
    tried = 0
    for study in reports:
        row = mine.get((study, "", field))
        if row is None or row["value"] in SPECIAL or row["origin"] == "calculated":
            continue
        text = " ".join(t for r in reports[study] for t in abstracts[r["doi"]])
        words = {w.casefold() for w in re.findall(r"\w[\w-]*(?:\.\d+)?", text)}
        numbers = words | {NUMBERS[w] for w in words if w in NUMBERS}
        assert set(re.findall(r"\d+(?:\.\d+)?", row["value"])) <= numbers, row
        if field.endswith("result"):
            assert {w.casefold() for w in re.findall(r"[^\W\d]+", row["value"])} <= {
                w.casefold() for w in re.findall(r"[^\W\d]+", text)
            } | {"after", "months"}, row
        tried += 1
    assert tried >= 10


@pytest.mark.parametrize("letter", "ab")
def test_answers_use_the_options_of_the_forms(letter, reports):
    stated = toml("review.toml")
    added = stated["added-option"]
    design = {s: stated["designs"][r[0]["design"]] for s, r in reports.items()}
    rated = {study for study, one in design.items() if one != "qualitative"}
    for form in stated["shipped"]:
        asked = fields(form)
        for (_, row, field), answer in answers(form, letter).items():
            options = {o["id"] for o in asked[field].get("options", ())}
            options |= {added["id"]} if (form, field) == (added["form"], added["field"]) else set()
            values = set(answer["value"].split(";"))
            assert not options or values <= options | SPECIAL
            assert bool(row) == (asked[field]["section"] == "by-arm")
    assert {study for study, _, _ in answers("extraction", letter)} == set(reports)
    assert {study for study, _, _ in answers("mqrs", letter)} == rated


def test_a_difference_of_every_type_is_planted_and_settled():
    extraction, ratings = differing("extraction"), differing("mqrs")
    assert set(extraction.values()) == {
        "text", "integer", "decimal", "choice", "choices", "date", "yes-no", "special", "missing",
        "row",
    }  # fmt: skip
    assert set(ratings.values()) == {"score", "missing"}
    for form, found in (("extraction", extraction), ("mqrs", ratings)):
        settled = {
            (r["study"], folded(r["row"]), r["field"]) for r in rows(f"consensus-{form}.csv")
        }
        assert settled == {cell for cell, kind in found.items() if kind != "row"}
    paired = {(row["study"], folded(name.partition(":")[2].replace("-", " ")))
              for row in rows("pairs.csv") for name in row["rows"].split(";")}  # fmt: skip
    assert paired == {(s, r) for (s, r, _), kind in extraction.items() if kind == "row"}


def test_what_was_settled_is_what_somebody_answered():
    for form in ("extraction", "mqrs"):
        tables = [answers(form, letter) for letter in "ab"]
        for row in rows(f"consensus-{form}.csv"):
            cell = (row["study"], folded(row["row"]), row["field"])
            assert row["value"] in {t[cell]["value"] for t in tables if cell in t}, row
            assert row["why"].endswith(".")
            assert set(row["by"].split(";")) <= {"Maya Lindqvist", "Jonas Roth", "Ruth Amsler"}
            assert (row["mode"] == "adjudication") == (row["by"] == "Ruth Amsler")
