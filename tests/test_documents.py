"""What the documents say is there is there, and the other way round."""

import re
from pathlib import Path

import pytest

from dangvien_analysis import cli

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.vi.md")


def read(name: str) -> str:
    """Return the text of a document."""
    return (ROOT / name).read_text(encoding="utf-8")


def commands(capsys) -> set[str]:
    """Return the commands that `dangvien --help` names."""
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    return set(re.findall(r"^    (\w+)  ", capsys.readouterr().out, re.MULTILINE))


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_the_commands_that_exist_and_no_other(name, capsys):
    """A reader who types what the table says gets it."""
    in_table = set(re.findall(r"^\| `dangvien (\w+)", read(name), re.MULTILINE))
    assert in_table == commands(capsys)


def test_the_readme_names_the_make_targets_that_exist_and_no_other():
    """The Makefile's own list of targets is the table's."""
    targets = set(re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)[1].split())
    assert set(re.findall(r"^\| `make (\w+)", read("README.md"), re.MULTILINE)) == targets


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "data/processed/README.md"])
def test_a_link_to_a_file_leads_there(name):
    """A document never points at a file that is gone."""
    folder = (ROOT / name).parent
    links = re.findall(r"\]\(([^)#:]+)\)", read(name))
    assert not [link for link in links if not (folder / link).exists()]


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_a_file_named_in_a_document_exists(name):
    """A path of the project in a document is a path in the project; what stands for the reader's own is in capitals."""
    paths = re.findall(r"`((?:dangvien_analysis|notebooks|tests|tools|benchmarks|docs)/[\w./-]*)`", read(name))
    assert not [path for path in paths if not (ROOT / path).exists()]
