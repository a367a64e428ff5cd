"""Reviews made from self-written records: an empty project, a screened copy, two closed copies."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from screener import create_project, open_copy, open_project
from screener.cli import main
from screener.model import Criterion, Element, Protocol, Stage, Verdict

EXAMPLES = int(os.environ.get("SCREENER_EXAMPLES", "15"))
settings.register_profile(
    "screener",
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
settings.load_profile("screener")

ROOT = Path(__file__).parents[2]
TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
WORDS = ("larch", "birch", "rowan", "alder", "hazel", "maple", "cedar", "aspen", "elder", "holly")

PROTOCOL = Protocol(
    title="Peers by telephone",
    question="Does it help?",
    criteria=tuple(
        Criterion(
            id=str(element),
            element=element,
            include=f"what counts as {element}",
            exclude=f"what does not count as {element}",
            required_at=frozenset(Stage),
        )
        for element in (Element.PARTICIPANTS, Element.INTERVENTIONS, Element.STUDY_DESIGN)
    ),
    further_reasons=(("no-full-report", "No full report"),),
)


def ris_text(count, *, first=1, mark="plain"):
    """`count` invented records that are no duplicates of each other."""
    return "".join(
        f"TY  - JOUR\nTI  - {WORDS[n % 10].title()} {mark} {n}: a study of {WORDS[n // 10 % 10]}\n"
        f"AU  - {WORDS[(n * 7) % 10].title()}, {chr(65 + n % 26)}\nPY  - {1990 + n % 30}\n"
        f"T2  - Annals of Invented {mark}\nAB  - Nothing of this was ever measured ({mark} {n}).\n"
        f"DO  - 10.5555/{mark}.{n}\nER  - \n\n"
        for n in range(first, first + count)
    )


def write_ris(path, count, **how):
    path.write_text(ris_text(count, **how), encoding="utf-8")
    return path


def fill(review, folder, count, *, source="PubMed", mark="plain", first=1, **search):
    """Import `count` invented records into an open project."""
    path = write_ris(Path(folder) / f"{mark}-{first}.ris", count, mark=mark, first=first)
    return review.sources.import_file(path, source=source, **search)


def uid(review, number):
    """The unit of the record with that number."""
    return review.units.find(str(number))


def decide(review, number, verdict, *, stage=TA, **more):
    """Decide on a record by its number in an open copy."""
    return review.screening.decide(uid(review, number), Verdict(verdict), stage=stage, **more)


def screen(path, decisions, *, stage=TA, close=True):
    """Decide in a copy: number to verdict, (verdict, reason) or (verdict, reason, judged)."""
    with open_copy(path) as mine:
        for number, given in decisions.items():
            verdict, reason, judged = (
                (given, "", {}) if isinstance(given, str) else (*given, {})[:3]
            )
            decide(mine, number, verdict, stage=stage, reason=reason, judgements=judged)
        return mine.screening.close(stage) if close else ""


def digest(path):
    """What a file holds, in short; None when there is none."""
    path = Path(path)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def contents(folder):
    """Every file of a folder with what it holds."""
    return {p.name: digest(p) for p in sorted(Path(folder).iterdir()) if p.is_file()}


def shown(review):
    """Everything a reader of the project sees, as plain values that can be compared."""
    found = {
        "records": [(r.id, r.number, r.version, r.fields) for r in review.sources.records()],
        "batches": sorted((b.id, b.search, b.withdrawn) for b in review.sources.batches()),
        "groups": sorted(review.duplicates.groups()),
        "protocol": review.protocol.current,
        "reviewers": sorted(r.name for r in review.consensus.reviewers()),
        "retrieval": sorted((k, str(s), w) for k, (s, w) in review.fulltext.retrieval().items()),
        "present": review.consensus.names_present(),
        "level": review.consensus.revealed(),
    }
    for stage in Stage:
        found[f"states {stage}"] = review.consensus.states(stage)
        found[f"open {stage}"] = review.screening.open_units(stage)
        found[f"standing {stage}"] = review.consensus.standing(stage)
        if review.consensus.visible(stage):
            found[f"decisions {stage}"] = {
                unit: sorted(found, key=lambda d: d.event)
                for unit, found in review.consensus.all_decisions(stage).items()
            }
            found[f"agreed {stage}"] = {
                unit: sorted(found, key=lambda c: c.event)
                for unit, found in review.consensus.agreed(stage).items()
            }
            found[f"agreement {stage}"] = review.consensus.agreement(stage).json()
    if not review.is_copy:
        found["flow"] = review.report.flow()
    return found


def shown_at(path):
    """The same of a file that is not open."""
    with open_project(path, write=False) as review:
        assert review.verify() == []
        return shown(review)


def event_ids(path):
    """The ids of all events of a file."""
    with open_project(path, write=False) as review:
        return {row[0] for row in review._file.rows("SELECT id FROM event")}


def run_cli(*arguments, cwd="."):
    """Run a command in this process; what came of it is told as of one of its own.

    An error that is no sentence is raised. Where the process matters (who has a file open, what
    stands around it) there is `run_process`.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    status = None
    with redirect_stdout(out), redirect_stderr(err), chdir(cwd):
        try:
            main([*map(str, arguments)])
        except SystemExit as end:
            status = end.code
    for stream in (out, err):
        stream.flush()
    said = (stream.buffer.getvalue().decode("utf-8") for stream in (out, err))
    return subprocess.CompletedProcess(arguments, status or 0, *said)


def run_process(*arguments, cwd=None, env=None):
    """Run a command in a process of its own, as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "screener", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        check=False,
        timeout=120,
    )


@dataclass
class Pair:
    """A project, two closed copies of it, and what was decided in them."""

    folder: Path
    project: Path
    a: Path
    b: Path
    one: dict
    other: dict

    def merge(self, *files):
        """Merge both copies (or `files`) into the project and close it again."""
        with open_project(self.project) as review:
            return review.consensus.merge(*(files or (self.a, self.b)))


class Making:
    """Makes reviews; given to tests by the fixture `making`."""

    protocol = PROTOCOL
    decide = staticmethod(decide)
    screen = staticmethod(screen)
    uid = staticmethod(uid)
    fill = staticmethod(fill)
    ris_text = staticmethod(ris_text)
    write_ris = staticmethod(write_ris)
    digest = staticmethod(digest)
    contents = staticmethod(contents)
    shown = staticmethod(shown)
    shown_at = staticmethod(shown_at)
    event_ids = staticmethod(event_ids)
    cli = staticmethod(run_cli)
    process = staticmethod(run_process)

    @staticmethod
    def review(folder, *, records=6, protocol=PROTOCOL, reviewers=("Maya", "Jonas"), name="p"):
        """A project with records and a copy for each reviewer (a.screener, b.screener, ...)."""
        folder = Path(folder)
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}.screener"
        with create_project(path, title=protocol.title, protocol=protocol) as review:
            if records:
                fill(review, folder, records)
            for letter, reviewer in zip("abcdefg", reviewers, strict=False):
                review.consensus.write_copy(reviewer, folder / f"{letter}.screener")
        return path

    @classmethod
    def included(cls, folder, *, records=3, reviewers=("Maya", "Jonas"), excluded=(), **how):
        """A project whose records (but those excluded) everybody included at full text."""
        path = cls.review(folder, records=records, reviewers=reviewers, **how)
        for stage in Stage:
            with open_project(path) as review:
                if stage is FT:
                    review.screening.open(FT)
                copies = {}
                for letter, name in zip("abcdefg", reviewers, strict=False):
                    copies[name] = path.with_name(f"{letter}-{stage}.screener")
                    review.consensus.write_copy(name, copies[name])
            said = {
                n: ("exclude", "no-full-report") if stage is FT and n in excluded else "include"
                for n in range(1, records + 1)
            }
            for copy in copies.values():
                screen(copy, said, stage=stage)
            with open_project(path) as review:
                review.consensus.merge(*copies.values())
        return path

    @classmethod
    def opened(cls, folder, *forms, records=3, copy=None):
        """As `included`, with forms that are open for its studies; `copy` is Maya's then."""
        path = cls.included(folder, records=records)
        with open_project(path) as review:
            for form in forms:
                review.forms.keep(form)
                review.studies.open(form.id)
            if copy is not None:
                review.consensus.write_copy("Maya", copy)
        return path

    @classmethod
    def pair(cls, folder):
        """Two finished copies that differ in every way two reviewers can differ at this stage.

        1, 2 and 6 agreed; 3 and 4 conflicts (4 names criteria); 5 a judgement; 7 missing; 8 maybe
        on both sides, which advances.
        """
        path = cls.review(folder, records=8)
        one = {
            1: "include",
            2: ("exclude", "participants"),
            3: "include",
            4: ("exclude", "interventions", {"interventions": "not-met", "participants": "met"}),
            5: ("include", "", {"participants": "met"}),
            6: ("exclude", ""),
            7: "include",
            8: "maybe",
        }
        other = {
            1: "include",
            2: ("exclude", "participants"),
            3: ("exclude", "study-design"),
            4: ("include", "", {"interventions": "met"}),
            5: ("include", "", {"participants": "not-met"}),
            6: ("exclude", "interventions"),
            8: "include",
        }
        pair = Pair(
            Path(folder),
            path,
            path.with_name("a.screener"),
            path.with_name("b.screener"),
            one,
            other,
        )
        screen(pair.a, one)
        screen(pair.b, other)
        return pair


@pytest.fixture(scope="session")
def mounting():
    """Skip where this process may not mount a folder again, read only (only Linux's root may)."""
    try:
        done = subprocess.run(
            ["unshare", "-m", "mount", "--bind", "/tmp", "/tmp"], capture_output=True, check=False
        )
    except OSError:
        pytest.skip("a folder that cannot be written needs `unshare`")
    if done.returncode:
        pytest.skip("a folder that cannot be written needs the right to mount")


@pytest.fixture
def read_only(mounting, tmp_path):
    """Run a command in a folder on which nobody may write, not even root."""

    def run(folder, *words, code=""):
        home = tmp_path / "home-of-the-reader"
        home.mkdir(exist_ok=True)
        program = ["-c", code] if code else ["-m", "screener"]
        mount = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"'
        return subprocess.run(
            [
                *("unshare", "-m", "sh", "-c", mount, str(folder)),
                *(sys.executable, *program, *map(str, words)),
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "SCREENER_HOME": str(home), "PYTHONPATH": str(ROOT)},
            check=False,
        )

    return run


@pytest.fixture
def making():
    """Functions that make reviews, for tests that need them of a shape of their own."""
    return Making


@pytest.fixture(scope="session")
def maker():
    """The same for what is made once."""
    return Making


@pytest.fixture
def project(tmp_path):
    """An open, empty project with a PICOS protocol."""
    with create_project(tmp_path / "project.screener", title="", protocol=PROTOCOL) as review:
        yield review


@pytest.fixture
def screened(tmp_path):
    """Maya's open copy with eight records, of which five are decided."""
    Making.review(tmp_path, records=8)
    screen(
        tmp_path / "a.screener",
        {1: "include", 2: ("exclude", "participants"), 3: "maybe", 4: "exclude", 5: "include"},
        close=False,
    )
    with open_copy(tmp_path / "a.screener") as mine:
        yield mine


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """The pair that tests get a copy of, with the computer it was made on."""
    folder, computer = tmp_path_factory.mktemp("pair"), tmp_path_factory.mktemp("computer")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(computer))
        return Making.pair(folder), computer


@pytest.fixture
def pair(template, tmp_path, home):
    """A project and two finished, closed copies with planted discrepancies (see `Making.pair`)."""
    made, computer = template
    folder = tmp_path / "review"
    shutil.copytree(made.folder, folder)
    shutil.copytree(computer, home, dirs_exist_ok=True)
    return Pair(
        folder,
        *(folder / p.name for p in (made.project, made.a, made.b)),
        made.one,
        made.other,
    )
