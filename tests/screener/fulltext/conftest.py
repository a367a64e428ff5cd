"""One invented study with all that may be linked to its report, and a record that is not."""

from __future__ import annotations

import pytest

from screener import merge_into, open_project
from screener.model import Stage

TITLE = "Peer-led text messaging for adults with bipolar disorder in remote clinics: a trial"
ABSTRACT = (
    "Adults with bipolar disorder in remote districts seldom meet others with the same diagnosis. "
    "We allocated 212 adults to weekly messages from a trained peer or to a leaflet. After six "
    "months the groups differed by 3.1 points on the recovery scale. Registered as NCT01234567."
)
STUDY = (
    {"TI": TITLE, "T2": "Invented Journal of Psychiatry", "VL": "12", "IS": "3", "SP": "244",
     "EP": "258", "DO": "10.5555/ijp.2018.244", "AB": ABSTRACT},
    {"TI": TITLE, "T2": "medRxiv", "DO": "10.5555/pre.77", "AB": ABSTRACT},
    {"TI": f"Erratum: {TITLE}", "T2": "Invented Journal of Psychiatry", "VL": "12", "IS": "7",
     "SP": "501", "DO": "10.5555/ijp.2018.501"},
    {"TI": TITLE, "T2": "Annals of Invention. Conference: 7th Invented Congress", "VL": "40",
     "SP": "S12", "AB": "A short text that was read out at a meeting of people nobody ever met."},
    {"TI": "Messages between peers", "T2": "ClinicalTrials.gov", "AN": "NCT01234567",
     "AB": "An entry for the invented trial NCT01234567, recruiting."},
    {"TI": "Tidal mills of the southern coast", "T2": "Unwritten Mills", "DO": "10.5555/mill.1",
     "AB": "Nothing of this was ever measured."},
)  # fmt: skip
"""1 the report, 2 its preprint, 3 an erratum, 4 a conference abstract, 5 its entry, 6 another."""


def ris(*entries):
    """Records in RIS, all by the same two authors and of the same year."""
    return "".join(
        "TY  - JOUR\nAU  - Brandvik, Maren\nAU  - Oyelaran, Tunde\nPY  - 2018\n"
        + "".join(f"{tag}  - {value}\n" for tag, value in entry.items())
        + "ER  - \n\n"
        for entry in entries
    )


class Linking:
    """Makes the review of the invented study; given to tests by the fixture `linking`."""

    def __init__(self, folder, making):
        self.folder, self._making = folder, making
        self.project = making.review(folder, records=0)
        self.add("study", *STUDY)
        self.write_copies("a", "b")

    def write_copies(self, *letters):
        with open_project(self.project) as review:
            for letter, name in zip(letters, ("Maya", "Jonas"), strict=False):
                path = self.folder / f"{letter}.screener"
                path.unlink(missing_ok=True)
                review.consensus.write_copy(name, path)

    def add(self, source, *entries):
        path = self.folder / f"{source}.ris"
        path.write_text(ris(*entries), encoding="utf-8")
        with open_project(self.project) as review:
            review.sources.import_file(path, source=source)

    def screen(self, maya, jonas, *, stage=Stage.TITLE_ABSTRACT, copies=("a", "b"), close=True):
        """Screen in both copies; who has nothing to say has not opened the file."""
        files = []
        for letter, decisions in zip(copies, (maya, jonas), strict=True):
            if decisions:
                path = self.folder / f"{letter}.screener"
                self._making.screen(path, decisions, stage=stage, close=close)
                files.append(path)
        merge_into(self.project, *files)

    def open_full_text(self):
        """Open the stage for what passed, and write the newer copies a2 and b2."""
        with open_project(self.project) as review:
            review.screening.open(Stage.FULL_TEXT)
        self.write_copies("a2", "b2")


@pytest.fixture
def linking(tmp_path, making):
    """The review, nothing decided."""
    return Linking(tmp_path / "study", making)


@pytest.fixture
def sought(linking):
    """Full text is open for the report and its preprint; on the abstract the two differ."""
    out = dict.fromkeys((3, 5, 6), "exclude")
    linking.screen(
        {1: "include", 2: "include", 4: "include", **out},
        {1: "include", 2: "include", 4: "exclude", **out},
    )
    linking.open_full_text()
    return linking
