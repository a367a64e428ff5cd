"""The plain text of the Cochrane Library."""

from __future__ import annotations

from screener.model import Entry, Fields
from screener.sources.reading import read_text

TEXT = """Record #1 of 2
ID: CN-00000001
AU: Meadow R
AU: Brook-Lane AB
TI: An invented trial
SO: Trials of nothing
YR: 2019
VL: 12
NO: 3
PG: 123‐130
PM: PUBMED 30000001
XR: EMBASE 2000000001
PT: Journal Article; Randomized Controlled Trial
KY: Adult; *Peer Group; Humans [psychology]
DOI: 10.5555/inv.2019.1
AB: BACKGROUND: Nothing. METHODS: None <18 y.
US: https://www.cochranelibrary.com/central/doi/10.1002/central/CN-00000001/full

Record #2 of 2
ID: CN-00000002
AU: NCT00000002
TI: A registered invention
SO: https://clinicaltrials.gov/show/NCT00000002
YR: 2015
XR: CTgov NCT00000002
PT: Trial registry record
US: https://www.cochranelibrary.com/central/doi/10.1002/central/CN-00000002/full
"""


def test_every_record_is_read() -> None:
    reading = read_text(TEXT)
    assert reading.format == "cochrane"
    assert reading.guess.source == "Cochrane CENTRAL"
    found = list(reading)
    assert [item.line for item in found] == [2, 20]
    first, second = (item.fields for item in found if isinstance(item, Entry))
    assert first == Fields(
        type="article", title="An invented trial", authors=("Meadow, R", "Brook-Lane, AB"),
        year=2019, journal="Trials of nothing", volume="12", issue="3", pages="123-130",
        doi="10.5555/inv.2019.1", pmid="30000001", accession="CN-00000001",
        database="Cochrane CENTRAL", abstract="BACKGROUND: Nothing. METHODS: None <18 y.",
        keywords=("Adult", "Peer Group", "Humans [psychology]"),
        url="https://www.cochranelibrary.com/central/doi/10.1002/central/CN-00000001/full",
        publication_type=("Journal Article", "Randomized Controlled Trial"),
    )  # fmt: skip
    assert (second.type, second.registration, second.doi) == ("registry-entry", "NCT00000002", "")
