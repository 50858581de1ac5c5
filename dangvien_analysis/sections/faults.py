"""What is wrong with the returns, in the order in which a clerk works: school by school, file by file.

A school's own report shows only what its school can mend. No message names a person, and none is shortened: where a
list is too long the rest is counted, and stands in full in counts.xlsx.
"""

import pandas as pd

from dangvien_analysis import listing, sentences
from dangvien_analysis.blocks import say, table
from dangvien_analysis.parameters import Parameters, known_schools
from dangvien_analysis.sections.section import Section, instead_of
from dangvien_analysis.store import Returns
from dangvien_analysis.text import join_words, number

LEVELS = ("error", "warning")
PER_FILE = 8  # findings shown of one file; a form filled in wrongly has the same fault in every cell
SHOWN = 60
SHOWN_OWN, LETTERS_OWN = 5, 900  # findings of a school's own report, and their length: it has two pages
SHOWN_KINDS = 20
NOTHING_WRONG = "Không có lỗi và không có điều gì phải xem lại."
REST = {"error": "lỗi", "warning": "điều cần xem lại"}
IN_FULL = "xem trang «Điều cần xem» của counts.xlsx"
ACROSS = "Giữa các báo cáo"
LABELS = {"place": "Trang, ô"}
NOT_TAKEN = {
    "blank_cell": "Ô để trống: coi là chưa báo cáo, không phải số 0",
    "free_text": "Cột chữ tự do, có thể có tên người, nên không đọc",
    "computed_column": "Cột tự tính, tự kiểm tra của mẫu biểu: không đưa vào số liệu",
    "column_not_taken": "Cột so sánh, lũy kế, số lớp, …: không đưa vào số liệu",
    "not_a_return": "Tệp không phải bảng tính, bỏ qua",
    "repeated_number": "Cùng một số báo nhiều lần, bằng nhau: giữ một",
    "total_not_checked": "Dòng tổng chưa kiểm tra được vì chưa xác định được đủ các số thành phần",
    "total_without_value": "Ô tổng hoặc tỷ lệ không có kết quả",
}


def tally(chosen: Parameters) -> Section:
    """Say how many files could be read, how many numbers they gave, and how many things are wrong."""
    returns, found = chosen.returns, about(chosen)
    wanted = found[found["level"].isin(LEVELS)]
    told = [sentences.files_read(returns.files), f"Nhận được {number(len(returns.counts))} số."]
    return Section(say(*told, _tally(wanted) if len(wanted) else NOTHING_WRONG))


def faults(chosen: Parameters) -> Section:
    """List what was not taken and what to look at again, under the school and file that it lies in."""
    found = about(chosen)
    wanted = found[found["level"].isin(LEVELS)]
    if wanted.empty:
        return Section(instead_of(["table"], NOTHING_WRONG))
    names = sentences.names_of(chosen.returns.collection)
    titled = _grouped(wanted.assign(where=[_heading(row, names) for row in wanted.itertuples()]), chosen)
    shown = _capped(titled)
    left = len(titled) - int(shown["level"].ne("").sum())
    more = f"Còn {number(left)} điều nữa, {IN_FULL}." if left else ""
    block = table(_readable(shown, "where"), "Điều cần sửa hoặc xem lại", LABELS, note=more, sections="where")
    return Section(say(_tally(wanted)), block)


def own_faults(school: Parameters) -> Section:
    """List what this one school can mend, with its cells."""
    found = about(school)
    wanted = pd.concat([found[found["level"] == level] for level in LEVELS])
    if wanted.empty:
        return Section(instead_of(["table"], NOTHING_WRONG))
    shown = wanted.head(_that_fit(wanted))
    place = [_place(row, with_file=True) for row in shown.itertuples()]
    rows = _readable(shown.assign(where=place), "").assign(place=place)
    rows = rows if any(place) else rows.drop(columns="place")
    block = table(
        rows, "Điều cần sửa trong báo cáo", LABELS | {"place": "Ở đâu"}, note=_rest(wanted.iloc[len(shown) :])
    )
    return Section(say(_tally(wanted)), block)


def _that_fit(wanted: pd.DataFrame) -> int:
    """Return how many findings are shown of a school's own, errors first; one at least, however long."""
    length = (wanted["message"].str.len() + wanted["file"].str.len() + wanted["sheet"].str.len()).cumsum()
    return max(1, min(SHOWN_OWN, int((length <= LETTERS_OWN).sum())))


def _rest(left: pd.DataFrame) -> str:
    """Say how much is not shown, and where it is: in the workbook that goes with the report."""
    counted = left["level"].value_counts()
    parts = [f"{number(counted[level])} {words}" for level, words in REST.items() if level in counted]
    return f"Và {join_words(parts)} nữa, xem trang «Chất lượng» của biểu tổng hợp kèm theo." if parts else ""


def not_taken(chosen: Parameters) -> Section:
    """Tell what was left out on purpose, one row for each kind, with how often and where first."""
    found = about(chosen)
    notes = found[found["level"] == "info"]
    if notes.empty:
        return Section(instead_of(["table"], "Không có ô, cột hoặc tệp nào bị để ngoài."))
    kinds = notes.groupby("code", sort=False).agg(times=("code", "size"), message=("message", "first"))
    first = notes.drop_duplicates("code").set_index("code")
    rows = pd.DataFrame(
        {
            "what": [NOT_TAKEN.get(code, message) for code, message in kinds["message"].items()],
            "times": kinds["times"].to_numpy(),
            "place": [_place(row, with_file=True) for row in first.loc[kinds.index].itertuples()],
        }
    )
    labels = {"what": "Nội dung", "times": "Số chỗ", "place": "Thí dụ ở"}
    more = f"Từng chỗ: {IN_FULL}."
    return Section(table(rows.head(SHOWN_KINDS), "Những gì không đưa vào số liệu", labels, note=more))


def about(chosen: Parameters) -> pd.DataFrame:
    """Return the findings about the chosen schools; of all schools also those that no school is named in."""
    found = chosen.returns.findings
    if len(chosen.schools) == len(known_schools(chosen.returns)):
        return found
    owners = _owners(chosen.returns)
    mine = set(chosen.schools)
    nameless = found["school"].fillna("") == ""
    own_files = [file for file, schools in owners.items() if schools <= mine]
    return found[found["school"].isin(mine) | (nameless & found["file"].isin(own_files))]


def _owners(returns: Returns) -> dict[str, set[str]]:
    """Return the schools whose numbers stand in each file."""
    return {file: set(schools) for file, schools in returns.counts.groupby("file")["school"]}


def _heading(row, names: dict[str, str]) -> str:
    school = sentences.name_of(row.school, names) if row.school else ""
    if not row.file:
        return " – ".join(part for part in (school, ACROSS) if part)
    return f"{school} – {row.file}" if school else row.file


def _grouped(wanted: pd.DataFrame, chosen: Parameters) -> pd.DataFrame:
    """Order findings as the collection lists its schools, then by file; what no school is named in comes last."""
    order = {school: place for place, school in enumerate(chosen.schools)}
    ranks = wanted["school"].map(lambda school: order.get(school, len(order)))
    rank = wanted["level"].map({level: place for place, level in enumerate(LEVELS)})
    keyed = wanted.assign(_school=ranks, _none=wanted["file"].fillna("") == "", _level=rank)
    return keyed.sort_values(["_school", "_none", "file", "_level"], kind="stable")


def _capped(titled: pd.DataFrame) -> pd.DataFrame:
    """Keep the first findings of each file and of all; a row tells how many of a file are left."""
    parts = []
    for where, rows in titled.head(SHOWN).groupby("where", sort=False):
        whole = int((titled["where"] == where).sum())
        shown = rows.head(PER_FILE)
        parts.append(shown)
        if whole > len(shown):
            told = f"Còn {number(whole - len(shown))} điều nữa ở đây, {IN_FULL}."
            last = {"where": where, "level": "", "file": "", "sheet": "", "cell": "", "message": told}
            parts.append(pd.DataFrame([last]))
    return pd.concat(parts, ignore_index=True)


def _readable(rows: pd.DataFrame, sections: str) -> pd.DataFrame:
    shown = pd.DataFrame(
        {
            "level": rows["level"].map(listing.LEVEL_LABELS).fillna("").to_numpy(),
            "place": [_place(row) for row in rows.itertuples()],
            "message": rows["message"].to_numpy(),
        }
    )
    return shown.assign(**{sections: rows[sections].to_numpy()}) if sections else shown


def _place(row, with_file: bool = False) -> str:
    parts = [row.file if with_file else "", row.sheet and f"trang «{row.sheet}»", row.cell and f"ô {row.cell}"]
    return ", ".join(part for part in parts if part)


def _tally(wanted: pd.DataFrame) -> str:
    counted = wanted["level"].value_counts()
    words = {"error": "lỗi làm số liệu chưa nhận được", "warning": "điều cần xem lại"}
    parts = [f"{number(counted[level])} {text}" for level, text in words.items() if level in counted]
    return f"Có {join_words(parts)}."
