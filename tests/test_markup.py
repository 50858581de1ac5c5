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
NOTEBOOKS = ("conference_report", "01_data_quality", "school_report")
REPORTS = ("conference_report", "01_data_quality", "school_report-thpt-a")


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
        patch.setattr("os.cpu_count", lambda: 1)  # a second process takes longer to start than to make two reports
        made = [("--notebook", str(REPOSITORY / "notebooks" / f"{name}.ipynb")) for name in NOTEBOOKS]
        assert main(["report", "thu", *(word for pair in made for word in pair)]) == 0
        assert main(["status", "thu", "--out", str(root / "out" / "tinh-hinh.xlsx")]) == 0
        assert main(["status", "thu", "--reminders", str(root / "out")]) == 0
        returned = [str(path) for path in sorted(folder.glob("*.xlsx"))]
        main(["check", *returned, "--collection", "thu", "--out", str(root / "out" / "tra-lai")])
    return root


@pytest.fixture
def reports(home):
    """The folder of the report."""
    return home / "reports" / "thu"


@pytest.mark.parametrize("name", ["index.html", *(f"{name}.html" for name in REPORTS)])
def test_a_page_shows_it_as_words(reports, name):
    """Nothing in the page runs or leads anywhere outside."""
    page = Page((reports / name).read_text(encoding="utf-8"))
    assert ATTACK in "".join(page.words)
    assert not {"script", "iframe", "object", "img", "link"} & page.tags
    assert all(link.startswith(("#", "data:")) or (reports / link).is_file() for link in page.links)


@pytest.mark.parametrize("name", REPORTS)
def test_the_pdf_shows_it_as_words(reports, name):
    """No link, no action, no typesetter's command."""
    reader = PdfReader(reports / f"{name}.pdf")
    assert WORDS in "".join("".join(page.extract_text().split()) for page in reader.pages)
    actions = [note.get_object().get("/A", {}) for page in reader.pages for note in page.get("/Annots", [])]
    assert not any("/URI" in action or "/JS" in action for action in actions)
    assert name != "conference_report" or reader.metadata.title.startswith(ATTACK)


@pytest.mark.parametrize("name", REPORTS)
def test_the_notebook_keeps_it_as_words(reports, name):
    """JupyterLab shows the HTML of an output: there it is escaped; in the blocks it stands as it is."""
    cells = json.loads((reports / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
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


@pytest.mark.parametrize("name", REPORTS)
def test_the_synthesis_table_has_it_in_its_cells(reports, name):
    """The school's name, the organisation, the words of a finding: each a text, none of them anything else."""
    book = openpyxl.load_workbook(reports / f"{name}-bieu-tong-hop.xlsx")
    cells = [cell for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)]
    assert any(cell.value == ATTACK and cell.data_type == "s" for cell in cells)
    assert not [cell for cell in cells if "HYPERLINK" in cell.value and cell.data_type != "s"]


def test_what_goes_back_to_schools_keeps_it_as_text(home):
    """The state of the call, the reminders, and the schools' own workbooks with what is to be mended."""
    books = sorted((home / "out").rglob("*.xlsx"))
    assert len(books) == 2  # of the state, and of the return in which something is to be mended
    cells = [cell for path in books for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
    told = [cell for cell in cells if isinstance(cell.value, str) and "HYPERLINK" in cell.value]
    assert {cell.data_type for cell in told} == {"s"}
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" and "SUM" not in str(cell.value)]
    targets = [cell.hyperlink.target for cell in cells if cell.hyperlink]
    assert not [target for target in targets if target]  # links lead to cells of the same workbook, nowhere else
    letters = [path.read_text(encoding="utf-8") for path in (home / "out").rglob("*.txt")]
    assert any(ATTACK in letter for letter in letters)


def test_a_csv_begins_no_cell_with_a_sign_of_a_formula(home):
    """Excel would run it; the list of what came in holds names of files that anybody may have chosen."""
    for path in home.rglob("*.csv"):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        assert not [line for line in lines if re.search(r'(^|,)"?[=+@-][A-Za-z(]', line)], path.name
