"""What the builder refuses, prunes and writes; the builds themselves are `build.py check`'s."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tarfile
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from builder import bundle, check, chroot, deb, desktop, places, tar, tools, trying, unused, wheel

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
SOURCES = [*PACKAGING.glob("*.py"), *(PACKAGING / "builder").glob("*.py")]


@pytest.mark.parametrize("source", [PACKAGING / "build.py", *(PACKAGING / "builder").glob("*.py")])
def test_the_builder_needs_nothing_installed(source):
    names = set()
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).partition(".")[0])
    assert names - sys.stdlib_module_names <= {"builder"}


# The folders of this checkout, of what runs it and of whoever does.
_HERE = (f"{ROOT}/", f"{sys.prefix}/", f"{Path.home()}/.")


def test_no_address_of_an_index_and_no_place_of_a_machine_is_in_what_builds():
    for one in PACKAGING.rglob("*"):
        if one.is_file() and one.suffix not in (".pyc", ".png"):
            text = one.read_text("utf-8")
            assert not re.search(r"--(?:extra-)?index|index[-_]url|find-links +http", text), one
            assert not [place for place in _HERE if len(place) > 3 and place in text], one
            assert not re.search(r"https?://(?!www\.freedesktop|schemas\.|www\.w3)", text), one


def test_without_arguments_the_command_says_how_it_is_called():
    done = subprocess.run(
        [sys.executable, PACKAGING / "build.py", "dmg"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "wheel" in done.stderr


def test_a_bundle_without_a_library_of_the_screen_is_refused():
    log = "12 WARNING: Library not found: could not resolve 'libgtk-3.so.0', dependency of 'x'\n"
    bundle.refuse_unfound(log)
    lacking = log.replace("libgtk-3.so.0", "libxcb-icccm.so.4")
    with pytest.raises(places.BuildError, match=r"libxcb-icccm\.so\.4"):
        bundle.refuse_unfound(lacking)


def test_pruning_takes_what_is_named_and_nothing_else(tmp_path):
    made = ["PIL/_avif.so", "PIL/_imaging.so", "font_source_x/files/X-Regular.ttf",
            "font_source_x/files/X-Semibold.ttf", "font_source_x/files/X-SemiboldIt.ttf",
            "font_source_x/files/X-Bold.ttf", "lxml/html/diff.py", "lxml/etree.so"]  # fmt: skip
    for name in made:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "link").symlink_to("PIL/_avif.so")
    unused.prune(tmp_path, unused.LIBRARIES)
    unused.empty(tmp_path)
    left = sorted(one.relative_to(tmp_path).as_posix() for one in tmp_path.rglob("*.*"))
    assert left == ["PIL/_imaging.so", "font_source_x/files/X-Regular.ttf",
                    "font_source_x/files/X-Semibold.ttf", "lxml/etree.so"]  # fmt: skip
    assert not (tmp_path / "link").is_symlink()
    assert not (tmp_path / "lxml" / "html").exists()


@pytest.mark.parametrize("face", ["SourceSansPro", "SourceSerifPro"])
def test_the_faces_that_the_program_reads_are_kept(face):
    for weight in ("Regular", "Semibold"):
        name = f"font_source_x/files/{face}-{weight}.ttf"
        assert not any(unused.matches(name, p) for p in unused.LIBRARIES.split()), name


def test_what_is_built_in_and_what_builds_is_pinned():
    named = {
        re.split(r"[=<>]", line)[0].lower() for pins in tools.PINS for line in tools.pinned(pins)
    }
    asked = {re.split(r"[=<>,]", one)[0].lower() for one in tools.dependencies()}
    plain = lambda names: {one.replace("_", "-") for one in names}  # noqa: E731
    assert plain(asked) <= plain(named)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for needed in project["build-system"]["requires"]:
        assert needed in tools.pinned(PACKAGING / "constraints.txt"), "the wheel's own builder"


def test_two_archives_of_the_same_source_are_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    sums = set()
    for name in ("one", "two"):
        folder = tmp_path / name / "x"
        folder.mkdir(parents=True)
        (folder / "file").write_text("words")
        places.same_times(folder)
        with tarfile.open(tmp_path / f"{name}.tar", "w") as archive:
            archive.add(folder / "file", "x/file", filter=tar.anonymous)
        sums.add(hashlib.sha256((tmp_path / f"{name}.tar").read_bytes()).hexdigest())
    assert len(sums) == 1
    assert places.environment()["SOURCE_DATE_EPOCH"] == "1700000000"


def test_the_package_asks_for_the_c_library_its_programs_need(tmp_path):
    (tmp_path / "a.so").write_bytes(b"\x7fELF..GLIBC_2.4\0GLIBC_2.34\0GLIBC_2.17\0")
    (tmp_path / "text").write_bytes(b"GLIBC_2.99")
    assert deb.glibc(tmp_path) == "2.34"


def test_nothing_that_is_left_open_is_in_a_template(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    about = desktop.filled(desktop.LINUX / desktop.METAINFO, version="1.2", date="2026-01-01")
    assert "@" not in about
    release = ET.fromstring(about).find("releases/release")
    assert release is not None
    assert release.attrib == {"version": "1.2", "date": "2026-01-01"}


def test_menu_entry_file_type_and_description_mean_the_same():
    entry = (desktop.LINUX / desktop.ENTRY).read_text("utf-8")
    kind = ET.parse(ROOT / "resources/mime/packages/screener.xml").getroot()[0].attrib["type"]
    assert f"MimeType={kind};" in entry
    assert kind in (desktop.LINUX / desktop.METAINFO).read_text("utf-8")
    assert f"mimetypes/{kind.replace('/', '-')}" == desktop.TYPE_ICON


def test_a_program_that_is_missing_is_named_by_its_package(monkeypatch):
    monkeypatch.setattr(places.shutil, "which", lambda _: None)
    with pytest.raises(places.BuildError, match=r"gcc-mingw-w64-x86-64-win32 nsis$"):
        places.need("makensis", "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import sys; sys.exit(3)", "ended with 3"),
        ("import sys; print('qt.qpa: odd', file=sys.stderr)", "qt.qpa: odd"),
    ],
)
def test_a_status_or_a_line_of_fault_fails_a_trial(code, told):
    with trying.nobody() as env, pytest.raises(places.BuildError, match=told):
        trying.said([sys.executable, "-c", code], env)


def test_a_smoke_test_that_stops_early_fails():
    script = f"print({trying.FIRST!r})"
    with pytest.raises(places.BuildError, match="stopped early"):
        trying.smoke(sys.executable, "-c", script)


@pytest.mark.parametrize(
    ("call", "inside"),
    [
        ("socket(AF_INET, SOCK_STREAM, 0) = 3", True),
        ("connect(3, {sa_family=AF_INET6, sin6_port=1}, 28) = 0", True),
        ('connect(3, {sa_family=AF_UNIX, sun_path="/tmp/.X11"}, 20) = 0', False),
    ],
)
def test_sockets_of_the_network_are_seen_in_a_trace(call, inside):
    assert bool(trying.INSIDE.search(call)) is inside


def test_every_part_of_a_check_has_its_line_and_a_fault_its_status(capsys):
    def broken():
        raise places.BuildError("a fault")

    def cannot():
        raise check.LeftOut("no wine")

    assert check.run_parts({"one": lambda: "fine", "two": cannot}) == 0
    assert check.run_parts({"one": broken, "two": lambda: "fine"}) == 1
    said = capsys.readouterr().out
    assert "passed    one: fine" in said
    assert "left out  two: no wine" in said
    assert "FAILED    one: a fault" in said
    assert "passed    two: fine" in said


def test_a_second_build_in_the_same_folder_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "BUILD", tmp_path)
    with places.alone(), pytest.raises(places.BuildError, match="another build"), places.alone():
        pass
    with places.alone():
        pass


def test_all_that_a_wheel_must_hold_is_in_the_checkout():
    for name in wheel.HOLDS:
        assert (ROOT / name).is_file(), name


def test_where_debian_comes_from_is_read_from_this_machine(tmp_path, monkeypatch):
    lists = tmp_path / "sources.list"
    monkeypatch.setattr(chroot, "LISTS", (lists,))
    lists.write_text("deb [signed-by=/k] http://mirror.example/debian bookworm main\n")
    assert chroot.mirror() == "http://mirror.example/debian"
    lists.write_text("Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\n")
    assert chroot.mirror() == "http://mirror.example/debian"
    lists.write_text("deb http://mirror.example/node_20.x nodistro main\n")
    assert chroot.mirror() == ""
