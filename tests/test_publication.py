"""Public copies: nothing that leaves the office tells a small count of one school, in any file, in any way."""

import json
import re
from pathlib import Path

import openpyxl
import pytest
from measure_rows import counts, row
from openpyxl import load_workbook
from pypdf import PdfReader
from small_collection import write_notebook

from dangvien_analysis import load_returns, measures, parameters, publication, report, synthesis
from dangvien_analysis.frames import files_frame, findings_frame
from dangvien_analysis.kernels import Kernel
from dangvien_analysis.report import run_report
from dangvien_analysis.settings import Collection, SettingsError
from dangvien_analysis.store import Returns

REPOSITORY = Path(__file__).parent.parent
HEADER = ("Năm", "Cử đi học lớp nhận thức về Đảng", "Hoàn thành lớp", "Kết nạp", "Kết nạp: nữ")
SCHOOLS = {f"thpt-{number}": f"Trường THPT Số {number}" for number in range(1, 6)}
# Per school and year: sent, finished, admitted, women admitted. School 1 admitted 3 in all, which is small; school 2
# is the smallest of the others, so that its 4321 is masked too: the sum over all would give the 3 back.
ONE = {
    "thpt-1": ((7000, 7000, 1, 1), (7100, 7100, 2, 0)),
    "thpt-2": ((7200, 7200, 2000, 40), (7300, 7300, 2321, 50)),
    "thpt-3": ((7400, 7400, 2500, 60), (7500, 7500, 2600, 70)),
    "thpt-4": ((7600, 7600, 2700, 80), (7700, 7700, 2800, 90)),
    "thpt-5": ((7800, 7800, 2900, 100), (7900, 7900, 3000, 110)),
}
# The same sums over schools and, where they may be printed, the same sums of a school; all the rest is different.
OTHER = {
    "thpt-1": ((7010, 7010, 2, 2), (7090, 7090, 2, 1)),
    "thpt-2": ((7190, 7190, 2001, 42), (7310, 7310, 2319, 44)),
    "thpt-3": ((7400, 7400, 2497, 57), (7500, 7500, 2603, 75)),
    "thpt-4": ((7600, 7600, 2701, 81), (7700, 7700, 2799, 89)),
    "thpt-5": ((7800, 7800, 2900, 99), (7900, 7900, 3000, 111)),
}
TARGETS = {"one": (10, 20, 30, 40, 50), "other": (12, 19, 29, 41, 49)}  # per school, the same sum
DOSSIERS = {"one": (3, 41, 52, 63, 74), "other": (2, 42, 51, 64, 74)}
GONE = 100  # pupils of the course 2022 who left in 2023, at each school
REPORTS = {
    "02_trends": {},
    "03_conversion": {},
    "04_targets": {"total": "4, 8"},
    "conference_report": {"total": "4, 8"},
}
INTERNAL = "02_trends"  # a report that holds what the public copies must not
SECRETS = r"(?<![0-9a-f])(4\.?32[01]|2\.?321|2\.?319)(?![0-9a-f])|thpt-1\.xlsx|Báo cáo năm"


def write_more(book, name, years, target, dossiers):
    """Write targets, dossiers, and what became of each course: whoever is admitted is of the course 2022."""
    (_, trained, first, _), (_, later, second, _) = years
    for title, head, n in (("Chỉ tiêu", "Chỉ tiêu kết nạp", target), ("Hồ sơ", "Hồ sơ đang hoàn thiện", dossiers)):
        sheet = book.create_sheet(title)
        for line in ([name], ["HỌC SINH"], [], ("Năm", head), [2023, n]):
            sheet.append(line)
    sheet = book.create_sheet("Khóa học")
    for line in ([name], ["KẾT QUẢ KẾT NẠP ĐẢNG THEO KHÓA HỌC"], ["Đối tượng: Học sinh"], []):
        sheet.append(line)
    sheet.append(["Khóa học", "Số được cấp GCN", "Kết nạp", None, "Ra trường khi chưa kết nạp"])
    sheet.append([None, None, "Năm 2022", "Năm 2023", "Năm 2022", "Năm 2023"])
    for span in ("A5:A6", "B5:B6", "C5:D5", "E5:F5"):
        sheet.merge_cells(span)
    sheet.append(["Khóa 2022", trained, first, second, 0, GONE])
    sheet.append(["Khóa 2023", later, None, 0, None, 0])


def make_collection(root, numbers):
    """A project with the collection "thu" of one workbook a school."""
    which = "one" if numbers is ONE else "other"
    folder = root / "data" / "raw" / "thu"
    folder.mkdir(parents=True)
    schools = "".join(f'[[schools]]\nid = "{school}"\nname = "{name}"\n' for school, name in SCHOOLS.items())
    head = '[collection]\ntitle = "Bộ thử"\nperiods = ["2022", "2023"]\nas_of = 2023-12-31\n'
    (folder / "collection.toml").write_text(head + schools, encoding="utf-8")
    for place, (school, years) in enumerate(numbers.items()):
        book = openpyxl.Workbook()
        book.active.title = "Báo cáo năm"
        for line in ([SCHOOLS[school]], ["HỌC SINH"], [], HEADER, [2022, *years[0]], [2023, *years[1]]):
            book.active.append(line)
        write_more(book, SCHOOLS[school], years, TARGETS[which][place], DOSSIERS[which][place])
        book.save(folder / f"{school}.xlsx")
    return folder


@pytest.fixture(scope="module")
def roots(tmp_path_factory):
    """Two projects that a public copy must not tell apart."""
    pair = [tmp_path_factory.mktemp(name) for name in ("one", "other")]
    for root, numbers in zip(pair, (ONE, OTHER), strict=True):
        make_collection(root, numbers)
    return pair


@pytest.fixture(scope="module")
def copies(roots):
    """All files of the public reports of each project, and of an internal one of the second."""
    made = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(REPOSITORY))
        for root in roots:
            patch.setenv("DANGVIEN_HOME", str(root))
            patch.setenv("IPYTHONDIR", str(root / "ipython"))
            returns, kernel = load_returns("thu"), Kernel()
            for name, values in REPORTS.items():
                formats = ["html", "pdf"] if name == "conference_report" else ["html"]
                notebook = str(REPOSITORY / "notebooks" / f"{name}.ipynb")
                planned = report.plan(returns, notebook, {"public": True, **values}, formats, None)
                report.export(planned, kernel)
                report.list_made(planned)
            kernel.end()
            made.append(root / "reports" / "thu" / "ban-cong-bo")
        run_report("thu", str(REPOSITORY / "notebooks" / f"{INTERNAL}.ipynb"), formats=["html"])
    return [*made, roots[1] / "reports" / "thu"]


def contents(folder):
    """Every file below a folder, by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def texts(folder):
    """The words of every file, those of the PDF and of the drawings too."""
    packed = (".pdf", ".xlsx")
    told = {name: content.decode() for name, content in contents(folder).items() if not name.endswith(packed)}
    books = [load_workbook(path) for path in folder.glob("*.xlsx")]
    told["xlsx"] = "\n".join(str(c.value) for book in books for sheet in book for row in sheet for c in row if c.value)
    pages = [page.extract_text() for path in folder.glob("*.pdf") for page in PdfReader(path).pages]
    return told | {"pdf": "\n".join(pages)}


def test_what_is_masked_makes_no_difference_to_any_byte(copies):
    """The strongest thing to be said: two offices that differ only in what is masked publish the same files."""
    one, other = map(contents, copies[:2])
    expected = {"index.html", "conference_report.pdf"}
    expected |= {f"{name}{ending}" for name in REPORTS for ending in (".html", ".ipynb", "-bieu-tong-hop.xlsx")}
    expected |= {f".state/{name}.json" for name in REPORTS}
    assert set(one) == expected
    for name in sorted(expected):
        assert one[name] == other[name], name


def test_no_file_holds_a_masked_number_a_file_name_or_a_cell(copies):
    """Nor a hash of a return, on which small counts could be tried out; the internal copy does hold them."""
    for folder in copies[:2]:
        for name, text in texts(folder).items():
            found = re.search(SECRETS, re.sub(r"base64,[A-Za-z0-9+/=]+", "", text))
            assert found is None, (name, found)
    internal = texts(copies[2])[f"{INTERNAL}.html"]
    assert "4.320" in internal
    assert "thpt-1.xlsx" in internal


def test_every_page_says_what_it_is(copies):
    """On the screen, on every printed page and in the list of reports."""
    words = "BẢN CÔNG BỐ: SỐ NHỎ ĐƯỢC CHE"
    for name in ("index.html", *(f"{name}.html" for name in REPORTS)):
        assert words in (copies[0] / name).read_text(encoding="utf-8")
    for page in PdfReader(copies[0] / "conference_report.pdf").pages:
        assert words in page.extract_text()


def test_sums_over_all_schools_are_those_of_the_internal_copy(roots):
    """Masking takes nothing from what is printed for all schools together."""
    returns = load_returns(roots[0] / "data" / "raw" / "thu")
    keys = ["period", "group", "measure", "kind", "cohort"]

    def summed(counts):
        rows = counts[counts["breakdown"] == "total"].astype({"cohort": "string"}).fillna({"cohort": ""})
        return rows.groupby(keys)["n"].sum().to_dict()

    published = summed(publication.publish(returns).returns.counts)
    assert published.items() >= summed(returns.counts).items()  # and what was added up over courses besides


def test_only_the_table_by_school_knows_a_school(roots):
    """Small sums are masked, with the next one: the sum over all schools would give them back."""
    chosen = parameters.choose(load_returns(roots[0] / "data" / "raw" / "thu"), public=True)
    assert set(chosen.counts["school"]) == {"tat-ca"}
    assert set(chosen.counts["file"]) == {""}
    assert len(chosen.returns.findings) == len(chosen.returns.files) == 0
    assert not chosen.returns.collection.folder.is_absolute()
    shown = chosen.publication.by_school.query("measure == 'admitted'").set_index("school")
    assert shown["masked"].to_list() == [True, True, False, False, False]
    assert shown["n"].isna().to_list() == shown["masked"].to_list()
    assert len(chosen.reported()) == 10


def published(rows):
    """What may be printed of numbers given as (school, period, measure, n), of students."""
    frame = counts(*[row(school, period, measure, n) for school, period, measure, n in rows])
    return publication.publish(Returns(frame, findings_frame([]), files_frame([]), Collection("thu", Path("x"), "Thử")))


def told(made):
    """The measures that are printed."""
    return set(made.returns.counts["measure"])


def test_a_sum_of_one_is_withheld_and_what_it_could_be_worked_out_from():
    """One person in a year is at one of the schools, each of which has then none or one: two values are too few."""
    rows = [(f"s{n}", "2022", "trained", 20) for n in range(4)]
    rows += [(f"s{n}", "2022", "admitted", int(n == 0)) for n in range(4)]
    rows += [(f"s{n}", "2022", "source", 20 - int(n == 0)) for n in range(4)]
    made = published(rows)
    assert told(made) == {"trained"}
    assert len(made.withheld) == 2


def test_no_rate_is_taken_of_sums_over_different_schools():
    """They belong to different units, so that no measure matches them; what became of the trained is withheld then."""
    rows = [(f"s{n}", "2022", measure, 20) for n in range(4) for measure in ("trained", "admitted")]
    rows += [(f"s{n}", "2022", measure, 20) for n in range(3) for measure in ("proposed", "departed")]
    made = published(rows)
    units = made.returns.counts.set_index("measure")["school"].to_dict()
    assert units == {"trained": "tat-ca", "admitted": "tat-ca", "proposed": "tat-ca-2"}


def test_a_small_number_of_the_only_school_that_reported_is_withheld():
    """The sum over all schools is then its number."""
    assert told(published([("s1", "2022", "admitted", 3)])) == set()
    assert told(published([("s1", "2022", "admitted", 30)])) == {"admitted"}


def test_a_zero_may_be_printed():
    """Nobody is nobody's secret: a step that no school has taken yet stays a zero."""
    rows = [
        (f"s{n}", "2022", measure, 20 * (measure == "trained")) for n in range(4) for measure in ("trained", "admitted")
    ]
    made = published(rows)
    assert made.returns.counts.set_index("measure")["n"].to_dict() == {"trained": 80, "admitted": 0}


def test_a_public_copy_of_some_schools_is_refused(roots):
    """Subtracted from that of all schools it would tell of the others."""
    returns = load_returns(roots[0] / "data" / "raw" / "thu")
    with pytest.raises(SettingsError, match="chung cho mọi trường"):
        parameters.choose(returns, "thpt-1", public=True)


def test_a_notebook_that_knows_no_public_copy_makes_none(roots, monkeypatch):
    """Asked for one it stops: the whole numbers under the name of masked ones would be the worst."""
    monkeypatch.setenv("DANGVIEN_HOME", str(roots[0]))
    write_notebook(roots[0], "nho", "chosen.counts")
    with pytest.raises(SettingsError, match="public"):
        run_report("thu", "nho", {"public": True})


def test_an_executed_public_notebook_says_that_it_is_one(copies):
    """Its parameters and the hash of what it shows, of no file."""
    notebook = json.loads((copies[0] / "conference_report.ipynb").read_text(encoding="utf-8"))
    told = notebook["metadata"]["dangvien"]["parameters"]
    assert told == {"collection": "thu", "public": True, "total": "4, 8"}
    assert notebook["metadata"]["dangvien"]["inputs"] == {}


def test_a_public_copy_tells_nothing_school_by_school(copies):
    """What stands where a school does is all of them: it is compared with none, given no share, asked for no plan."""
    told = texts(copies[0])
    for name in ("03_conversion.html", "04_targets.html", "conference_report.html"):
        assert "Cộng các trường có báo cáo và" not in told[name]
        assert "Phương án 1" not in told[name]
        assert "Căn cứ chia" not in told[name]
        assert "Nguồn hiện có của từng" not in told[name]
        assert "nhà trường" not in told[name]
    assert "Bản công bố không so sánh các trường với nhau" in told["03_conversion.html"]
    assert "Bản công bố không in kế hoạch của từng trường." in told["04_targets.html"]
    assert "Bản công bố không in phần chia cho từng trường." in told["04_targets.html"]
    assert "phương án 1: bổ sung 4, chưa" in told["04_targets.html"]
    assert "đạt 10.723/150" in told["04_targets.html"]


def test_sums_over_several_schools_are_not_those_of_a_single_one(roots):
    """A share over five schools has the interval of several, and their reasons stand as they are."""
    chosen = parameters.choose(load_returns(roots[0] / "data" / "raw" / "thu"), public=True)
    assert chosen.publication.summed
    curve = measures.conversion(chosen.counts, as_of=chosen.collection.as_of, summed=True)
    assert set(curve["method"].dropna()) == {"wilson"}
    reasons = counts(
        *[row("tat-ca", "2023", "not_admitted", n, reason=why) for n, why in ((9, "other"), (7, "not_willing"))]
    )
    assert set(measures.reasons(reasons, summed=True)["reason"]) == {"other", "not_willing"}
    assert set(measures.reasons(reasons)["reason"]) == {"other"}


def test_sums_of_a_single_school_are_called_so():
    """Where one school alone reported, what is said of a school holds."""
    assert not published([("s1", "2022", "admitted", 30)]).summed
    assert published([(f"s{n}", "2022", "admitted", 30) for n in range(3)]).summed


def test_the_synthesis_table_of_a_public_copy_has_each_school_masked(copies, roots):
    """As in the report: small sums and what would give them back; the printed total leaves three values for each."""
    book = load_workbook(copies[0] / "conference_report-bieu-tong-hop.xlsx")
    lines = [[cell.value for cell in row] for row in book["Từng trường, Học sinh"].iter_rows()]
    shown = {line[1]: line[2:5] for line in lines if line[1]}
    assert shown["Trường THPT Số 1"][2] == shown["Trường THPT Số 2"][2] == "(che)"
    assert shown["Trường THPT Số 3"][2] == 5100
    assert shown["Cộng"] == [74500, 74500, 20824]
    hidden = shown["Cộng"][2] - sum(shown[f"Trường THPT Số {n}"][2] for n in (3, 4, 5))
    small = range(1, publication.SMALL)  # for who knows the rule: one of the two is small, the other is the rest
    assert len({hidden - n for n in small}) >= 3
    assert not [line for line in lines if "=SUM" in str(line)]
    chosen = parameters.choose(load_returns(roots[0] / "data" / "raw" / "thu"), period_from="2023", public=True)
    synthesis.write(chosen, roots[0] / "x.xlsx")
    assert "Từng trường, Học sinh" not in load_workbook(roots[0] / "x.xlsx").sheetnames


def test_the_synthesis_table_of_a_public_copy_names_no_unit_of_ours(copies):
    """Its rows are called what they are; it says what it is, who reported, and why no cells are listed."""
    book = load_workbook(copies[0] / "conference_report-bieu-tong-hop.xlsx")
    words = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
    assert "tat-ca" not in words
    assert "Cộng các trường có báo cáo" in words
    assert words.count("BẢN CÔNG BỐ: SỐ NHỎ ĐƯỢC CHE") == len(book.sheetnames) - 2
    assert any("đủ 5/5 trường" in text for text in words)
    assert any("Bản công bố không kèm danh sách tệp" in text for text in words)


@pytest.mark.parametrize("name", ["01_data_quality", "school_report"])
def test_a_report_on_single_schools_and_cells_says_why_it_has_no_public_copy(roots, monkeypatch, name):
    """In words, before anything is run."""
    monkeypatch.setenv("DANGVIEN_HOME", str(roots[0]))
    with pytest.raises(SettingsError, match=r"không có bản công bố .* vì nó nói về từng trường, từng ô"):
        run_report("thu", str(REPOSITORY / "notebooks" / f"{name}.ipynb"), {"public": True})
