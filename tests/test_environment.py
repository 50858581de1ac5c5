"""One set of pins for every way to install, and nothing that says where packages come from."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ADDRESS = re.compile(r"https?://|index-url|file:|@ ", re.IGNORECASE)


def locked() -> dict[str, list[Requirement]]:
    """Return the pins of the lock by package."""
    pins: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^[A-Za-z0-9].*?(?= \\$)", LOCK, re.MULTILINE):
        pin = Requirement(line)
        pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


def asked_for() -> list[Requirement]:
    """Return what pyproject.toml asks for, at run time, for development and to build."""
    project = PROJECT["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    lines = {*project["dependencies"], *extras, *PROJECT["build-system"]["requires"]}
    return [Requirement(line) for line in sorted(lines)]


def test_the_conda_environment_has_the_pins_of_the_lock():
    """Python and pip come from conda-forge, everything else under pip with the same pins."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, under_pip = environment["dependencies"]
    assert python.startswith("python ")
    assert pip == "pip"
    assert {str(Requirement(line)) for line in under_pip["pip"]} == {
        str(pin) for pins in locked().values() for pin in pins
    }


@pytest.mark.parametrize("wanted", asked_for(), ids=str)
def test_what_the_project_asks_for_is_in_the_lock(wanted):
    """Every version the lock pins for a dependency is one that pyproject.toml allows."""
    pins = locked().get(canonicalize_name(wanted.name))
    assert pins, f"{wanted.name} is not in requirements.lock: run `make lock`"
    for pin in pins:
        version = next(iter(pin.specifier)).version
        assert wanted.specifier.contains(version), f"{pin} is not {wanted}: run `make lock`"


def test_every_pin_has_a_hash():
    """A lock in which one package could be exchanged is refused when installing."""
    without = [
        block.split()[0] for block in re.split(r"\n(?=\S)", LOCK) if block[:1].isalnum() and "--hash=" not in block
    ]
    assert not without


@pytest.mark.parametrize("name", ["requirements.lock", "environment.yml", "pyproject.toml", "Makefile", "setup.cmd"])
def test_no_file_says_where_packages_come_from(name):
    """An office with a mirror of its own installs with the same files."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if ADDRESS.search(line)]


@pytest.mark.parametrize("folder", ["dangvien_analysis", "tests", "tools", "benchmarks", "data"])
def test_every_import_is_a_declared_dependency(folder):
    """What is imported is asked for by name, not left to come along with something else; the package needs no `dev`."""
    project = PROJECT["project"]
    lines = project["dependencies"] + (project["optional-dependencies"]["dev"] if folder != "dangvien_analysis" else [])
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    owners = packages_distributions()
    for path in sorted((ROOT / folder).rglob("*.py")):
        for module in outside_imports(path.read_text(encoding="utf-8")) - {"dangvien_analysis", *scripts()}:
            distributions = {canonicalize_name(name) for name in owners.get(module, [module])}
            assert distributions & declared, f"{path.relative_to(ROOT)} imports {module}"


def scripts() -> set[str]:
    """Return the names by which tests import each other and the project's scripts."""
    folders = ("tests", "data", "tools", "benchmarks")
    return {"data", "tools", *(path.stem for folder in folders for path in (ROOT / folder).glob("*.py"))}


def outside_imports(source: str) -> set[str]:
    """Return the top modules that `source` imports from outside the standard library."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names)


def test_windows_installs_as_make_does():
    """Without make, setup.cmd takes the same two steps with the same pythons."""
    make, windows = ((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "setup.cmd"))
    for step in (
        "(3, 11) <= sys.version_info < (3, 15)",
        "-m venv .venv",
        "--only-binary :all: --require-hashes --requirement requirements.lock",
        "--no-deps --no-build-isolation --editable .",
    ):
        assert step in make
        assert step in windows


@pytest.mark.parametrize("name", ["setup.cmd", "report.cmd"])
def test_windows_scripts_are_ones_that_windows_reads(name):
    """Lines end in CRLF, or cmd loses its place at a label; UTF-8 without a mark, or it stumbles on the first word."""
    script = (ROOT / name).read_bytes()
    assert script.startswith(b"@echo off\r\n")
    assert script.count(b"\n") == script.count(b"\r\n")
    assert b"chcp 65001" in script
