"""Words of a collection and its workbooks come out as words: in no output do they become markup, code or a formula."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from rich_document import ATTACK
from small_collection import NUMBERS, write_return

from dangvien_analysis.cli import main

REPOSITORY = Path(__file__).parent.parent
TOML = f"""
[collection]
title = '{ATTACK}'
periods = ["2022", "2023"]
as_of = 2023-12-31
[organisation]
parent = '{ATTACK}'
name = '{ATTACK}'
board = '{ATTACK}'
place = '{ATTACK}'
staff_label = '{ATTACK}'
[[schools]]
id = "thpt-a"
name = '{ATTACK}'
aliases = ["Trường THPT A"]
[[schools]]
id = "thpt-b"
name = "Trường THPT B"
aliases = ['{ATTACK} B']
[[published]]
group = "student"
measure = "nominated"
periods = ["2022", "2023"]
n = 39
source = '{ATTACK}'
note = '{ATTACK}'
[context]
'{ATTACK}' = '{ATTACK}'
"""
WORDS = "".join(ATTACK.split())


class Page(HTMLParser):
    """The words and the elements of a page."""

    def __init__(self, source):
        super().__init__()
        self.words, self.tags, self.links = [], set(), set()
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        """Keep the element and every address or action it has."""
        self.tags.add(tag)
        self.links |= {value for name, value in attrs if name in ("href", "src") or name.startswith("on")}

    def handle_data(self, data):
        """Keep the words."""
        self.words.append(data)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A project whose every free text tries to become something else, with its report made."""
    root = tmp_path_factory.mktemp("home")
    folder = root / "data" / "raw" / "thu"
    folder.mkdir(parents=True)
    (folder / "collection.toml").write_text(TOML, encoding="utf-8")
    for school, years in NUMBERS.items():
        write_return(folder / f"={school}+1.xlsx", school, years)
    book = openpyxl.load_workbook(folder / "=thpt-a+1.xlsx")
    book.active["A1"], book.active["A1"].data_type = ATTACK, "s"
    book.active["F4"], book.active["F5"] = ATTACK, 7  # a column that nobody understands: a finding names it
    book.save(folder / "=thpt-a+1.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DANGVIEN_HOME", str(root))
        patch.setenv("PYTHONPATH", str(REPOSITORY))
        patch.setenv("IPYTHONDIR", str(root / "ipython"))
        notebook = str(REPOSITORY / "notebooks" / "conference_report.ipynb")
        assert main(["report", "thu", "--notebook", notebook]) == 0
    return root


@pytest.fixture
def reports(home):
    """The folder of the report."""
    return home / "reports" / "thu"


@pytest.mark.parametrize("name", ["conference_report.html", "index.html"])
def test_a_page_shows_it_as_words(reports, name):
    """Nothing in the page runs or leads anywhere outside."""
    page = Page((reports / name).read_text(encoding="utf-8"))
    assert ATTACK in "".join(page.words)
    assert not {"script", "iframe", "object", "img", "link"} & page.tags
    assert all(link.startswith(("#", "data:")) or (reports / link).is_file() for link in page.links)


def test_the_pdf_shows_it_as_words(reports):
    """No link, no action, no typesetter's command."""
    reader = PdfReader(reports / "conference_report.pdf")
    assert WORDS in "".join("".join(page.extract_text().split()) for page in reader.pages)
    actions = [note.get_object().get("/A", {}) for page in reader.pages for note in page.get("/Annots", [])]
    assert not any("/URI" in action or "/JS" in action for action in actions)
    assert reader.metadata.title.startswith(ATTACK)


def test_the_notebook_keeps_it_as_words(reports):
    """JupyterLab shows the HTML of an output: there it is escaped; in the blocks it stands as it is."""
    cells = json.loads((reports / "conference_report.ipynb").read_text(encoding="utf-8"))["cells"]
    bundles = [output["data"] for cell in cells for output in cell.get("outputs", []) if "data" in output]
    pages = [Page("".join(bundle["text/html"])) for bundle in bundles if "text/html" in bundle]
    assert any(ATTACK in "".join(page.words) for page in pages)
    assert not any({"script", "iframe", "object", "link"} & page.tags for page in pages)
    assert ATTACK.replace('"', '\\"').replace("\\input", "\\\\input") in json.dumps(bundles, ensure_ascii=False)


def test_workbooks_keep_it_as_text(home):
    """No cell of any workbook made is a formula but our own sums of cells, and no address is one to click."""
    books = [*(home / "data" / "processed").rglob("*.xlsx"), *(home / "reports").rglob("*.xlsx")]
    assert books
    cells = [cell for path in books for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert not [formula for formula in formulas if not re.fullmatch(r"=SUM\([A-Z0-9:,]+\)", formula)]
    assert not [cell.coordinate for cell in cells if cell.hyperlink]
    assert any(isinstance(cell.value, str) and cell.value.startswith("=thpt-a") for cell in cells)
    assert any(cell.value == ATTACK for cell in cells)


def test_a_csv_begins_no_cell_with_a_sign_of_a_formula(home):
    """Excel would run it; the list of what came in holds names of files that anybody may have chosen."""
    for path in home.rglob("*.csv"):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        assert not [line for line in lines if re.search(r'(^|,)"?[=+@-][A-Za-z(]', line)], path.name
