"""Two records of one report, by what databases do to it: joined without a question."""

# ruff: noqa: E501 - a table of pairs, one in each line
from __future__ import annotations

import pytest

from screener.duplicates.finder import find
from screener.units.candidate import Candidate

T = "Peer-led text messaging for adults with bipolar disorder in remote clinics"
NO_DOI = {"doi": ""}
NO_TEXT = {"abstract": ""}
NO_PLACE = {"volume": "", "issue": "", "pages": ""}
ORIGINAL = "Kurznachrichten von Gleichgestellten fur Erwachsene in der Provinz und auf dem Land"
CODES = "06 Biological Sciences 0605 Microbiology 11 Medical and Health Sciences"
COCHRANE = {
    "journal": "Cochrane Database of Systematic Reviews", "volume": "", "issue": "",
    "pages": "CD004250", "doi": "10.1002/14651858.CD004250.pub3",
}  # fmt: skip
OTHER = "Zusammenfassung: Nurses of two valleys were asked what they think of the night rota."
SICI = "10.1002/(SICI)1097-0258(20180815)17:15<1661::AID-SIM968>3.0.CO;2-2"

KINDS = {
    "the language behind the title": [
        ({"title": T}, {"title": T + ". Russian"}),
        ({"title": T, **NO_DOI, **NO_TEXT}, {"title": T + ". Chinese", **NO_DOI, **NO_TEXT}),
        ({"title": T, **NO_DOI}, {"title": T + ". German, English", "doi": "", "pages": "244-58"}),
        ({"title": T + ". [Spanish]"}, {"title": T + ". Spanish."}),
        ({"title": T + "?", **NO_TEXT}, {"title": T + "? Article in Polish", **NO_TEXT}),
        ({"title": T, **NO_DOI, "pages": ""}, {"title": T.upper() + ". FRENCH", **NO_DOI}),
    ],
    "the original title behind the title": [
        ({"title": T}, {"title": f"{T}. German {ORIGINAL}"}),
        ({"title": T, **NO_DOI}, {"title": f"{T}. {ORIGINAL}", **NO_DOI}),
        ({"title": T, **NO_DOI, **NO_TEXT}, {"title": f"{T} [{ORIGINAL}]", **NO_DOI, **NO_TEXT}),
        ({"title": ORIGINAL, **NO_DOI}, {"title": f"{T}. German {ORIGINAL}", **NO_DOI}),
        (
            {"title": T, **NO_TEXT},
            {"title": f"{T}. Polish Wiadomosci od rownych w poradniach na wsi i w gorach", **NO_TEXT},
        ),
        (
            {"title": T, **NO_DOI},
            {"title": f"Messages texte entre pairs pour les adultes dans des cliniques / {T}", **NO_DOI},
        ),
        (
            {"title": T, **NO_DOI},
            {"title": f"{T}. Russian Soobshcheniya ot ravnykh dlya vzroslykh v poselkakh", **NO_DOI},
        ),
    ],
    "a Greek letter": [
        ({"title": T + " and TGF-beta"}, {"title": T + " and TGF-\u03b2"}),
        ({"title": T + " and TGF-beta"}, {"title": T + " and TGF-b", "pages": "244-58"}),
        ({"title": "TGF-beta1 in blood after " + T, **NO_DOI}, {"title": "TGF-1 in blood after " + T}),
        ({"title": "beta-Blockers and " + T, **NO_TEXT}, {"title": "Blockers and " + T, **NO_TEXT}),
        (
            {"title": "NF-kappaB and gamma-GT: " + T, **NO_DOI},
            {"title": "NF-\u03baB and GT: " + T, **NO_DOI},
        ),
        ({"title": T + " with 5 \u03bcg of salt"}, {"title": T + " with 5 ug of salt"}),
        (
            {"title": "Interferon-\u03b1 and " + T, "doi": "", "pages": "H1244-53"},
            {"title": "Interferon-? and " + T, "doi": "", "pages": "H1244-H1253"},
        ),
    ],
    "subject codes behind the title": [
        ({"title": T}, {"title": f"{T} {CODES}"}),
        ({"title": T, **NO_DOI, **NO_TEXT}, {"title": f"{T} {CODES} 1108 Medical Microbiology", **NO_DOI}),
        ({"title": T, "pages": ""}, {"title": f"{T} 1117 Public Health and Health Services {CODES}"}),
        ({"title": T}, {"title": T + ". JEL classification: J24, J31"}),
        ({"title": T, **NO_DOI}, {"title": T + " (JEL D83)", **NO_DOI}),
        ({"title": T, **NO_TEXT}, {"title": T + ". Subject areas: psychiatry, nursing", **NO_TEXT}),
        ({"title": T}, {"title": T + " 17 Psychology and Cognitive Sciences 1701 Psychology"}),
    ],
    "the mark of a footnote": [
        ({"title": T, **NO_TEXT}, {"title": T + "1"}),
        ({"title": T}, {"title": T + " 1", "pages": "244"}),
        ({"title": T, **NO_DOI}, {"title": T + "1,2", **NO_DOI}),
        ({"title": T, **NO_DOI, **NO_TEXT}, {"title": T + " [1]", **NO_DOI, **NO_TEXT}),
        ({"title": T, **NO_TEXT, "pages": ""}, {"title": T + "2", **NO_TEXT}),
        ({"title": T + "*"}, {"title": T + "\u2020"}),
    ],
    "and": [
        ({"title": "Men & women: " + T, **NO_TEXT}, {"title": "Men and women: " + T, **NO_TEXT}),
        ({"title": "R&D and " + T, **NO_DOI, **NO_TEXT}, {"title": "R & D & " + T, **NO_DOI}),
        ({"title": "Sleep &amp; " + T, **NO_DOI, "pages": ""}, {"title": "Sleep and " + T, **NO_DOI}),
        (
            {"title": "Arbeit & Schlaf in der Provinz: eine Studie", **NO_DOI, **NO_TEXT},
            {"title": "Arbeit und Schlaf in der Provinz: eine Studie", **NO_DOI, **NO_TEXT},
        ),
        ({"title": T + " vs. leaflets", **NO_DOI}, {"title": T + " versus leaflets", **NO_DOI}),
        (
            {"title": "Sleep & long dreams of night nurses", **NO_DOI, **NO_TEXT, **NO_PLACE},
            {"title": "Sleep and Long Dreams of Night Nurses", **NO_DOI, **NO_TEXT},
        ),
    ],
    "signs": [
        ({"title": "CO2 and " + T, **NO_TEXT}, {"title": "CO\u2082 and " + T, **NO_TEXT}),
        ({"title": "CO(2) and " + T, **NO_DOI}, {"title": "CO<sub>2</sub> and " + T, **NO_DOI}),
        (
            {"title": T + " \u00b1 leaflets", **NO_DOI, **NO_TEXT},
            {"title": T + " (plus or minus) leaflets", **NO_DOI, **NO_TEXT},
        ),
        (
            {"title": T + " aged \u2265 65 years", **NO_DOI, **NO_TEXT},
            {"title": T + " aged (greater-than or equal to)65 years", **NO_DOI, **NO_TEXT},
        ),
        ({"title": T + " aged >= 65", **NO_TEXT}, {"title": T + " aged > or = 65", **NO_TEXT}),
        ({"title": "Walker\u00ae: " + T, **NO_DOI}, {"title": "Walker(R): " + T, **NO_DOI}),
        ({"title": "Walker\u2122: " + T, **NO_TEXT}, {"title": "Walker (TM): " + T, **NO_TEXT}),
        ({"title": T + " at 37 \u00b0C", **NO_DOI}, {"title": T + " at 37 degrees C", **NO_DOI}),
        (
            {"title": T + " with 10<sup>6</sup> cells", **NO_DOI},
            {"title": T + " with 10\u2076 cells", **NO_DOI},
        ),
        ({"title": "A 2 x 2 trial: " + T, **NO_DOI}, {"title": "A 2\u00d72 trial: " + T, **NO_DOI}),
        ({"title": T + " in 50%", **NO_TEXT}, {"title": T + " in 50 per cent", **NO_TEXT}),
    ],
    "a Cochrane version": [
        (COCHRANE, {**COCHRANE, "volume": "2018 (3) (no pagination)", "issue": "CD004250", "pages": ""}),
        ({**COCHRANE, "issue": "3"}, {**COCHRANE, "volume": "2018 (3)", "pages": ""}),
        ({**COCHRANE, "issue": "3"}, {**COCHRANE, "volume": "3", "pages": "Cd004250"}),
        ({**COCHRANE, "issue": "CD004250", "pages": "", **NO_TEXT}, {**COCHRANE, **NO_TEXT}),
        (
            {**COCHRANE, "issue": "11", "year": "2017"},
            {**COCHRANE, "volume": "2018", "issue": "1", "journal": "Cochrane Database Syst Rev"},
        ),
    ],
    "a journal called Proceedings": [
        (
            {"journal": "Proc Biol Sci", **NO_TEXT},
            {"journal": "PROCEEDINGS OF THE ROYAL SOCIETY B-BIOLOGICAL SCIENCES", "pages": ""},
        ),
        (
            {"journal": "Proc Natl Acad Sci U S A", **NO_DOI, **NO_TEXT},
            {"journal": "Proceedings of the National Academy of Sciences of the United States of "
             "America", **NO_DOI, **NO_TEXT, "pages": ""},
        ),
        (
            {"journal": "PNAS", **NO_DOI, **NO_TEXT},
            {"journal": "Proceedings of the National Academy of Sciences of the USA", **NO_DOI},
        ),
        (
            {"journal": "Proc Nutr Soc", **NO_DOI, **NO_TEXT, "pages": ""},
            {"journal": "Proceedings of the Nutrition Society", **NO_DOI},
        ),
        (
            {"journal": "Mayo Clin Proc", **NO_TEXT, "pages": ""},
            {"journal": "Mayo Clinic Proceedings", **NO_TEXT},
        ),
        (
            {"journal": "Proc Inst Mech Eng H", **NO_TEXT},
            {"journal": "Proceedings of the Institution of Mechanical Engineers, Part H: Journal of "
             "Engineering in Medicine", **NO_TEXT, "pages": ""},
        ),
    ],
    "the whole source as the journal": [
        (NO_DOI, {**NO_DOI, **NO_PLACE, "journal": "Invented Journal of Psychiatry.12 (3) (pp 244-258) "
         "2018.Date of Publication: March 2018"}),
        ({**NO_DOI, **NO_TEXT}, {**NO_DOI, **NO_PLACE, **NO_TEXT,
         "journal": "Invented Journal of Psychiatry. 12(3):244-58, 2018 Mar"}),
        ({**NO_DOI, **NO_TEXT}, {**NO_DOI, **NO_PLACE, **NO_TEXT,
         "journal": "Inv J Psychiatry. 2018 Mar 3;12(3):244-58."}),
        ({**NO_DOI, **NO_TEXT}, {**NO_DOI, **NO_PLACE, **NO_TEXT, "year": "",
         "journal": "Invented Journal of Psychiatry, vol. 12, no. 3, pp. 244-258, 2018"}),
        ({**NO_DOI, "pages": "e99999"}, {**NO_DOI, **NO_PLACE, "issue": "3", "journal":
         "Invented Journal of Psychiatry.12 (3) (no pagination) 2018.Article Number: e99999. Date"}),
        ({**NO_DOI, **NO_TEXT}, {**NO_DOI, **NO_PLACE, **NO_TEXT,
         "journal": "Invented Journal of Psychiatry 12 (2018) 244-258"}),
    ],
    "pages that became a date": [
        ({"pages": "10-May", "volume": "", **NO_DOI}, {"pages": "Oct-15", "volume": "", **NO_DOI}),
        ({"pages": "22-Jun", **NO_DOI}, {"pages": "6-22", **NO_DOI}),
        ({"pages": "22-Jun", **NO_DOI, **NO_TEXT}, {"pages": "22-6", **NO_DOI, **NO_TEXT}),
        ({"pages": "Oct-15", **NO_DOI}, {"pages": "10-15", **NO_DOI, "volume": ""}),
        ({"pages": "2019-10-06", **NO_DOI}, {"pages": "6-10", **NO_DOI, **NO_TEXT}),
        ({"pages": "10-May", **NO_DOI}, {"pages": "5-10", **NO_DOI, "journal": "Other Name"}),
    ],
    "a year that cannot be": [
        ({"year": "1861", "issue": "1861"}, {"issue": "1861"}),
        ({"year": "1861", "issue": ""}, {"issue": "1861"}),
        ({"year": "1520", "issue": ""}, {"issue": "", **NO_TEXT}),
        ({"year": "1845", "issue": "1845", **NO_DOI}, {"issue": "1845", **NO_DOI}),
        ({"year": "1812", "volume": "1812", **NO_DOI}, {"volume": "1812", **NO_DOI}),
        ({"year": "2003", "issue": "2003"}, {"issue": "2003", **NO_TEXT}),
    ],
    "a journal's name cut short": [
        (
            {"journal": "Pflugers Arch", "doi": "10.5555/a"},
            {"journal": "Pflugers Archiv European Journal of Physiology", "doi": "10.5555/b"},
        ),
        (
            {"journal": "Ned Tijdschr Geneeskd", **NO_DOI, **NO_TEXT, "pages": ""},
            {"journal": "Nederlands Tijdschrift voor Geneeskunde", **NO_DOI},
        ),
        (
            {"journal": "Dtsch Med Wochenschr", **NO_DOI, **NO_TEXT, "pages": ""},
            {"journal": "Deutsche Medizinische Wochenschrift", **NO_DOI},
        ),
        (
            {"journal": "Vestn Ross Akad Med Nauk", **NO_DOI, "pages": ""},
            {"journal": "Vestnik Rossiiskoi Akademii Meditsinskikh Nauk", **NO_DOI},
        ),
        (
            {"journal": "Tidsskr Nor Laegeforen", **NO_DOI, **NO_TEXT, "pages": ""},
            {"journal": "Tidsskrift for den Norske laegeforening", **NO_DOI},
        ),
        (
            {"journal": "Nephron", "pages": "c37-c42", **NO_DOI},
            {"journal": "Nephron - Clinical Practice", "pages": "37-42", **NO_DOI, "year": "2017"},
        ),
    ],
    "an umlaut in the only author": [
        ({"authors": "M\u00fcller J", **NO_DOI, **NO_TEXT}, {"authors": "Mueller, J.", **NO_DOI}),
        ({"authors": "S\u00f8rensen, A", **NO_DOI}, {"authors": "Soerensen A", **NO_DOI, "pages": ""}),
        ({"authors": "Aagaard, K", **NO_DOI, "pages": ""}, {"authors": "\u00c5gaard K", **NO_DOI}),
        ({"authors": "J\u00e4ger, B", **NO_TEXT}, {"authors": "Jaeger, Bernd", **NO_TEXT}),
        (
            {"authors": "K\u00f6nig, E; Sch\u00f6n, A", **NO_DOI, **NO_TEXT, "volume": ""},
            {"authors": "Koenig E; Schoen A", **NO_DOI, **NO_TEXT},
        ),
    ],
    "a longer title on one side": [
        ({"title": T}, {"title": T + ": a randomised trial", "pages": ""}),
        ({"title": T, **NO_TEXT}, {"title": T + ": brief communication", **NO_TEXT, "issue": ""}),
        ({"title": T, **NO_DOI, "pages": "244"}, {"title": "Loneliness: " + T, **NO_DOI, "pages": "244"}),
        ({"title": T, **NO_DOI, "pages": "243-258"}, {"title": T + ": a case series", **NO_DOI}),
        ({"title": T, **NO_DOI, **NO_TEXT}, {"title": T + " - [careers]", **NO_DOI, "pages": "244"}),
    ],
    "an identifier that was cut": [
        ({"doi": SICI}, {"doi": SICI.partition("<")[0]}),
        ({"doi": "10.5555/1234-5678(2018)12[244:PLTMFA]2.0.CO;2"}, {"doi": "10.5555/1234-5678(2018)12"}),
        ({"doi": "10.5555/1234-5678(2018)12[244:PLTMFA"}, {"doi": "10.5555/1234-5678(2018)12"}),
        ({"doi": "10.5555/s(18"}, {"doi": "10.5555/s(18)00244-7"}),
        ({"doi": SICI}, {"doi": "https://doi.org/" + SICI.replace("<", "%3C").replace(">", "%3E")}),
    ],
    "the year before, while the place is not known": [
        ({**NO_PLACE, **NO_DOI, "year": "2017", **NO_TEXT}, {**NO_DOI, **NO_TEXT}),
        ({**NO_PLACE, **NO_DOI, "year": "2019"}, NO_DOI),
        (
            {**NO_PLACE, **NO_DOI, **NO_TEXT, "journal": "ICIS: Transforming Society"},
            {**NO_PLACE, **NO_DOI, **NO_TEXT, "journal": "International Conference on Information "
             "Systems", "pages": "1-12", "year": "2017"},
        ),
        (
            {**NO_PLACE, "doi": "", "year": "2017", "pages": "1-15"},
            {**NO_TEXT, "pages": "244-258", "journal": "Inv J Psychiatry"},
        ),
        ({**NO_PLACE, **NO_TEXT, "doi": "", "year": "2017"}, {"authors": "Brandvik M, Oyelaran T, Castellanos I"}),
    ],
}  # fmt: skip


TITLES = {
    kind: KINDS[kind]
    for kind in (
        "the language behind the title",
        "the original title behind the title",
        "subject codes behind the title",
        "and",
        "signs",
    )
}


def rows(kinds):
    return [
        pytest.param(left, right, id=f"{kind}-{number}")
        for kind, pairs in kinds.items()
        for number, (left, right) in enumerate(pairs, start=1)
    ]


@pytest.mark.parametrize(("left", "right"), rows(KINDS))
def test_joined(record, left, right):
    assert joined([record("1", **left), record("2", **right)])


@pytest.mark.parametrize("text", ["", OTHER, None])
@pytest.mark.parametrize(("left", "right"), rows(TITLES))
def test_joined_in_a_supplement_by_the_title_alone(record, left, right, text):
    """Where many reports are on few pages no range of pages helps, nor does an abstract."""
    place = {"volume": "57 Suppl 4", "issue": "", "pages": "S29"}
    titles = {"title": left["title"]}, {"title": right["title"]}
    one = record("1", **{**titles[0], **place, **({} if text is None else {"abstract": text})})
    other = record("2", **{**titles[1], **place, **NO_DOI, "abstract": ""})
    assert joined([one, other])


def joined(pair: list[Candidate]) -> bool:
    found = find(pair)
    return bool(found.certain) and not found.ask
