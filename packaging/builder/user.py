"""The archive for one user, tried: installed, upgraded, taken away again."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path

from builder import trying
from builder.places import BuildError, run, weight

PLACES = (
    ".local/bin/screener",
    ".local/share/applications/screener.desktop",
    ".local/share/mime/packages/screener.xml",
    ".local/share/metainfo/screener.metainfo.xml",
    ".local/share/icons/hicolor/scalable/apps/screener.svg",
    ".local/share/icons/hicolor/48x48/mimetypes/application-x-screener.png",
)


def tried(archive: Path) -> str:
    """Install the archive for a user who has a project, upgrade, uninstall; say what was seen."""
    with tempfile.TemporaryDirectory(prefix="screener-tar-") as folder, trying.nobody() as env:
        home = Path(env["HOME"])
        folder_of = unpack(archive, Path(folder))
        kept = [home / "my review ü.screener", home / ".local/share/screener/preferences.json"]
        for one in kept:
            one.parent.mkdir(parents=True, exist_ok=True)
            one.write_text("{}", "utf-8")
        run("sh", folder_of / "install.sh", env=env)
        missing = [place for place in PLACES if not (home / place).exists()]
        must(not missing, f"install.sh did not write {missing}")
        said = trying.smoke(home / ".local/bin/screener")
        old = home / ".local/opt/screener/_internal/of-an-older-version"
        old.touch()
        run("sh", folder_of / "install.sh", env=env)
        must(not old.exists(), "an upgrade leaves files of the older program")
        trying.said([home / ".local/bin/screener", "--version"], env)
        run("sh", home / ".local/opt/screener/uninstall.sh", env=env)
        left = [place for place in (*PLACES, ".local/opt/screener") if (home / place).exists()]
        must(not left, f"uninstall.sh left {left}")
        must(all(one.exists() for one in kept), "a project or a setting was removed")
    return f"{weight(archive) / 1e6:.1f} MB, installed, upgraded, removed, {said}"


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack an archive and return the one folder in it."""
    if archive.suffix == ".zst":
        run("zstd", "-q", "-d", archive, "-o", folder / "plain.tar")
        archive = folder / "plain.tar"
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    (inner,) = (one for one in folder.iterdir() if one.is_dir())
    return inner


def must(true: bool, lacking: str) -> None:
    """Fail the part with what was not so."""
    if not true:
        raise BuildError(lacking)
