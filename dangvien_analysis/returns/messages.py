"""What a finding says to the office or a school: one Vietnamese sentence, or two: what stands there, what to do.

A message quotes a cell only as far as the vocabulary or the count grammar reads it; all else is named by its address,
so that no person's name can travel in a message.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from dangvien_analysis import periods, vocabulary
from dangvien_analysis.text import fold, has_accents, join_words, number
from dangvien_analysis.wording.words import Words
from dangvien_analysis.workbook import address_range, parse_address

FACET_NAMES = {
    "school": "trường (đơn vị)",
    "period": "kỳ báo cáo",
    "group": "đối tượng (học sinh hay CBGVNV)",
    "measure": "nội dung đếm (cử học, kết nạp, …)",
    "breakdown": "phần trong tổng số",
    "kind": "loại số (thực hiện hay chỉ tiêu)",
    "cohort": "khóa học",
    "reason": "lý do",
}


def places(cells: Iterable[tuple[int, int]]) -> str:
    """Write cells as Excel does, rectangles as ranges, four at most: "C6:D9, F12"."""
    written = list(_ranges(cells))
    return ", ".join(written[:4]) + (" …" if len(written) > 4 else "")


def cell_list(cells: Iterable[str]) -> str:
    """Write all of these cells ("C6", "D6", …) with rectangles as ranges, none left out."""
    return ", ".join(_ranges(parse_address(cell) for cell in cells))


def count_cells(written: str) -> int:
    """Return how many cells a list as `cell_list` writes it names."""
    return sum(
        (bottom - top + 1) * (right - left + 1) for top, left, bottom, right in map(_corners, _RANGE.findall(written))
    )


def _corners(ends: tuple[str, str]) -> tuple[int, int, int, int]:
    first, last = ends
    return *parse_address(first), *parse_address(last or first)


def _ranges(cells: Iterable[tuple[int, int]]) -> Iterator[str]:
    rest = sorted(set(cells))
    while rest:
        row, col = rest[0]
        bottom, right = _rectangle(set(rest), row, col)
        yield address_range(row, col, bottom, right)
        rest = [(r, c) for r, c in rest if not (row <= r <= bottom and col <= c <= right)]


def _rectangle(cells: set[tuple[int, int]], row: int, col: int) -> tuple[int, int]:
    bottom = row
    while (bottom + 1, col) in cells:
        bottom += 1
    right = col
    while all((r, right + 1) in cells for r in range(row, bottom + 1)):
        right += 1
    return bottom, right


def place(row: Mapping) -> str:
    """Name a number's place: file, sheet and cell."""
    return f"tệp «{row['file']}», trang «{row['sheet']}», ô {row['cell']}"


_RANGE = re.compile(r"([A-Z]+[0-9]+)(?::([A-Z]+[0-9]+))?")
_CELLS = r"[A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?"
_PLACE = re.compile(rf"tệp «([^»]+)», trang «([^»]*)», ô ({_CELLS}(?:, {_CELLS})*)")


def places_named(message: str) -> list[tuple[str, str, str]]:
    """Return the places that a message names by `place`, as (file, sheet, cells)."""
    return _PLACE.findall(message)


def facet_names(facets: Iterable[str]) -> str:
    """Name facets in a sentence."""
    return join_words([FACET_NAMES[facet] for facet in FACET_NAMES if facet in set(facets)])


def unknown_header(where: str, known: str, cells: str, near: str | None) -> str:
    """Say that a header was not understood, so that the numbers under it were not taken."""
    quoted = f" («{known}»)" if known.strip("… ") else ""
    hint = f" Cụm từ gần nhất đã biết: «{near}»." if near else ""
    return (
        f"Không hiểu hết tiêu đề ở ô {where}{quoted} nên chưa nhận các số ở {cells}.{hint} "
        "Hãy sửa tiêu đề, hoặc thêm một dòng vào mục [aliases] của collection.toml."
    )


def unknown_label_read(where: str) -> str:
    """Say that a label was not understood though the numbers beside it were read without it."""
    return f"Không hiểu hết chữ ở ô {where}; các số liền đó đã được đọc mà không dựa vào chữ này, đề nghị xem lại."


def no_header(cells: str) -> str:
    """Say that numbers stand under no header."""
    return f"Các số ở {cells} không có tiêu đề cột nên chưa nhận. Hãy ghi tiêu đề cho cột."


def unknown_school(where: str, cells: str, near: str | None) -> str:
    """Say that a school's name is not in the register."""
    hint = f" Có phải là «{near}» không?" if near else ""
    return (
        f"Tên đơn vị ở ô {where} không có trong danh sách trường nên chưa nhận các số ở {cells}.{hint} "
        "Hãy sửa tên, hoặc thêm trường (hay tên gọi khác) vào collection.toml."
    )


def ambiguous(where: str, cells: str, readings: Iterable[Mapping[str, str]], text: str = "") -> str:
    """Say that a wording has two readings and nothing near it decides; `text`: what stands there, never quoted."""
    meanings = join_words(list(dict.fromkeys(f"«{_reading(reading)}»" for reading in readings))).replace(
        " và ", " hoặc "
    )
    if has_accents(text) and not _abbreviations() & set(fold(text).split()):
        return (
            f"Chữ ở ô {where} có thể hiểu là {meanings} nên chưa nhận các số ở {cells}. "
            "Hãy ghi rõ hơn ở tiêu đề cột hoặc tên dòng."
        )
    return (
        f"Chữ viết tắt hoặc không dấu ở ô {where} có thể hiểu là {meanings} nên chưa nhận các số ở {cells}. "
        "Hãy viết đầy đủ, có dấu."
    )


@cache
def _abbreviations() -> set[str]:
    """Return the words of wordings with two readings that are abbreviations: "HS", "CT"."""
    words = (word for phrase in vocabulary.phrases() if len(phrase.readings) > 1 for word in phrase.text.split())
    return {fold(word) for word in words if word.isupper()}


def _reading(reading: Mapping[str, str]) -> str:
    if "neutral" in reading or reading.get("role") == "key_period":  # «nam» for «năm»
        return "thời gian"
    names = [
        vocabulary.label(f, v) for f, v in reading.items() if f in vocabulary.FACETS and v in vocabulary.known_values(f)
    ]
    return ", ".join(names) or "nội dung khác"


def clash(cells: str, facets: Iterable[str]) -> str:
    """Say that headers and labels give one facet two values."""
    return (
        f"Tiêu đề cột và tên dòng của {cells} nói hai điều khác nhau về {facet_names(facets)} nên chưa nhận các "
        "số này. Hãy sửa cho thống nhất."
    )


def other_part(cells: str) -> str:
    """Say that headers or labels name other people than a title does."""
    return (
        "Tiêu đề chung, tên trang hoặc tên tệp nói về một bộ phận (nữ, lớp 12, giáo viên, …) khác với tiêu đề cột hoặc "
        f"tên dòng của các số ở {cells}; các số này đã được nhận theo tiêu đề cột, tên dòng. Có thể là bản chép từ "
        "biểu khác, đề nghị kiểm tra."
    )


def merged_number(cells: str) -> str:
    """Say that a number stands in a cell merged over several columns or rows."""
    return (
        f"Số ở {cells} nằm trong ô gộp của nhiều cột hoặc nhiều dòng, chưa rõ là của cột, dòng nào nên chưa nhận. "
        "Hãy bỏ gộp ô và ghi số vào từng ô."
    )


def missing(cells: str, facets: Iterable[str]) -> str:
    """Say which needed facet nothing names."""
    return (
        f"Chưa rõ {facet_names(facets)} của các số ở {cells} nên chưa nhận. "
        "Hãy ghi rõ ở tiêu đề cột, tên dòng hoặc tiêu đề bảng."
    )


def blank(cells: str) -> str:
    """Say that cells which ask for a number are blank."""
    return f"Ô {cells} để trống: coi là chưa báo cáo, không phải số 0. Nếu không có người nào, hãy ghi 0."


def free_text(cells: str) -> str:
    """Say where free text stands that was not read."""
    return f"Cột chữ tự do ở {cells} không được đọc (có thể có tên người)."


def people_in_note(cell: str) -> str:
    """Say that a note holds a number of people, which was not read."""
    return f"Ghi chú ở ô {cell} có nói đến số người; số trong ghi chú không được đọc."


def not_taken(cells: str) -> str:
    """Say that a column or row is known and is not loaded."""
    return (
        f"Các số ở {cells} là số so sánh, lũy kế hoặc nội dung ngoài phạm vi "
        "(ví dụ cùng kỳ năm trước, tăng giảm, số lớp) nên không đưa vào số liệu."
    )


def computed(cells: str) -> str:
    """Say that a column of our form that computes itself was not read."""
    return f"Cột tự tính, tự kiểm tra của mẫu biểu ở {cells} không đưa vào số liệu."


def total_differs(cell: str, stated: int, computed: int) -> str:
    """Say that a total is not the sum of its parts."""
    return (
        f"Ô tổng {cell} ghi {number(stated)} nhưng cộng các số thành phần được {number(computed)}. "
        "Các số thành phần đã được nhận; hãy kiểm tra lại tổng hoặc từng số."
    )


def total_lost(cells: str) -> str:
    """Say that a total was not taken which no other cell of its table gives."""
    return (
        f"Các số tổng ở {cells} chưa được nhận vì cạnh đó có số chưa đọc được, và không ô nào khác trong bảng ghi số "
        "này. Hãy sửa tiêu đề cột, tên dòng hoặc ô đó."
    )


def total_not_checked(cells: str) -> str:
    """Say that totals could not be checked: a part was not read, or nobody can say which numbers the parts are."""
    return f"Chưa kiểm tra được ô tổng {cells} vì chưa xác định được đủ các số thành phần."


def total_without_value(cells: str) -> str:
    """Say that a total or rate has no stored value."""
    return f"Ô tổng hoặc tỷ lệ {cells} không có kết quả đọc được nên không kiểm tra; số liệu không bị ảnh hưởng."


def rate_differs(cell: str, stated: str, computed: str) -> str:
    """Say that a rate does not follow from the counts beside it; `computed`: what does, if it is plain which."""
    if not computed:
        return f"Ô tỷ lệ {cell} ghi {stated} nhưng không khớp các số cùng dòng, cùng cột. Hãy kiểm tra lại."
    return f"Ô tỷ lệ {cell} ghi {stated} nhưng tính từ các số trong bảng được {computed}. Hãy kiểm tra lại."


def duplicate(cells: list[str]) -> str:
    """Say that two cells of one table mean the same number."""
    return (
        f"Các ô {join_words(cells)} trong cùng một bảng nói về cùng một số nên chưa nhận ô nào. "
        "Hãy ghi rõ chúng khác nhau ở điểm gì (khóa học, đợt, đối tượng, …)."
    )


def repeated(where: list[str], count: int) -> str:
    """Say that the same numbers were reported more than once."""
    what = "Cùng một số" if count == 1 else f"Cùng {number(count)} số"
    return f"{what} được báo cáo {len(where)} lần, bằng nhau: {'; '.join(where)}. Chỉ tính một lần."


def repeated_return(file: str, first: str) -> str:
    """Say that a whole return only repeats another."""
    return (
        f"Mọi số nhận được từ tệp «{file}» đều trùng với tệp «{first}», chỉ tính một lần. Có thể bỏ một trong hai tệp."
    )


def disagreeing(about: str, places: list[str], pairs: list[str], more: int) -> str:
    """Say that two returns give different numbers and nothing says which is newer."""
    count = len(pairs) + more
    what = f"cùng một số ({about})" if count == 1 else f"{number(count)} số"
    return (
        f"Hai nơi báo cáo khác nhau về {what}: {'; '.join(places)}. Từng cặp ô: {'; '.join(pairs)}{_and_more(more)}. "
        "Chưa nhận số nào trong các số này; hãy hỏi lại trường và bỏ bản sai."
    )


def superseded(kept: str, others: list[str], pairs: list[str], more: int) -> str:
    """Say which of two different numbers was kept."""
    return (
        f"Đã nhận số ở {kept} thay cho số khác ở {'; '.join(others)}, vì bản này mới hơn hoặc do chính trường báo cáo. "
        f"Từng ô: {'; '.join(pairs)}{_and_more(more)}."
    )


def _and_more(more: int) -> str:
    return f"; và {number(more)} ô nữa" if more else ""


def reference_differs(row: Mapping, reported: int, where: str) -> str:
    """Say that last year's number quoted in a return is not what was reported for that period."""
    return (
        f"Ô {row['cell']} nhắc lại số kỳ trước là {number(row['n'])} ({described(row)}) nhưng kỳ đó đã báo cáo "
        f"{number(reported)} ({where}). Số đã báo cáo được giữ nguyên; hãy kiểm tra lại."
    )


def revised(row: Mapping, before: int) -> str:
    """Say that a return reports another number than it quotes as reported before."""
    return f"Ô {row['cell']} ghi {number(row['n'])} ({described(row)}); lần trước trường đã báo cáo {number(before)}."


def described(row: Mapping) -> str:
    """Describe a number in words: measure, group, period."""
    words = [vocabulary.label("measure", row["measure"]), vocabulary.label("group", row["group"])]
    words.append(periods.label(row["period"]) if row["period"] else "")
    return ", ".join(word for word in words if word)


def hidden_sheet() -> str:
    """Say that a hidden sheet was not read."""
    return "Trang này đang ẩn nên không được đọc. Nếu cần tính, hãy bỏ ẩn rồi gửi lại; nếu không, hãy xóa trang."


def hidden_cells(cells: Iterable[tuple[int, int]]) -> str:
    """Say that numbers in hidden rows or columns were read."""
    return f"Các số ở {places(cells)} nằm trong dòng hoặc cột ẩn; vẫn được đọc, đề nghị kiểm tra."


def number_outside(cells: Iterable[tuple[int, int]]) -> str:
    """Say that numbers stand outside every table."""
    return f"Các số ở {places(cells)} không nằm trong bảng nào nên chưa nhận. Hãy ghi tiêu đề và tên dòng cho chúng."


def unread_text(cells: Iterable[tuple[int, int]]) -> str:
    """Say that formulas outside tables, perhaps of titles, have no result."""
    return (
        f"Công thức ở {places(cells)} (ngoài bảng) báo lỗi hoặc chưa có kết quả, nên nếu là tiêu đề thì chưa đọc được. "
        "Hãy mở tệp bằng Excel, kiểm tra, lưu rồi gửi lại."
    )


def nothing_read() -> str:
    """Say that a workbook gave no number, and nothing else says why."""
    return (
        "Không có số nào đọc được trong tệp này: có thể là biểu để trống, hoặc số được ghi bằng chữ. "
        "Hãy mở tệp kiểm tra; nếu không phải báo cáo thì bỏ tệp ra khỏi thư mục."
    )


def sheet_without_numbers() -> str:
    """Say that a sheet gave no number, though others did."""
    return "Trang này không có số nào đọc được. Nếu đây là biểu số liệu, hãy kiểm tra xem biểu có bị để trống không."


def people_list() -> str:
    """Say that a sheet is a list of people and was refused."""
    return (
        "Trang này giống một danh sách người nên không được đọc, để không giữ dữ liệu cá nhân. "
        "Hãy gửi số lượng; lệnh «dangvien tally» đếm danh sách ngay trên máy của đơn vị."
    )


def old_form(version: int, current: int) -> str:
    """Say that a form of another version was read like any other return."""
    return f"Biểu này là mẫu phiên bản {version}, mẫu đang dùng là {current}; vẫn đọc theo quy tắc chung."


def form_sheets_missing(expected: int, found: int) -> str:
    """Say that sheets of a form were deleted."""
    return (
        f"Mẫu biểu có {expected} trang nhưng tệp chỉ còn {found}: có trang đã bị xóa, số liệu của trang đó coi như "
        "chưa báo cáo. Hãy hỏi lại trường."
    )


def form_collection(form: str, found: str) -> str:
    """Say that a form was made for another call for returns than the one it lies in."""
    return (
        f"Mẫu biểu được lập cho đợt báo cáo «{form}» nhưng tệp nằm trong đợt «{found}»: có thể là báo cáo của đợt "
        "khác, đề nghị kiểm tra."
    )


def form_periods(form: Iterable[str], found: Iterable[str], where: str) -> str:
    """Say that numbers, or the file's name, are of another period than the form was made for."""
    made, said = (join_words([periods.label(period) for period in some]) for some in (form, found))
    return f"Mẫu biểu được lập cho kỳ {made} nhưng {where} nói về kỳ {said}: có thể đã dùng nhầm mẫu, đề nghị kiểm tra."


def title_conflict(facet: str, said: list[tuple[str, str]], words: Words) -> str:
    """Say that title, sheet name and file name differ on the school, the period or what is counted."""
    shown = [f"{where} nói «{_named(facet, value, words)}»" for where, value in said]
    return f"Về {FACET_NAMES[facet]}, {join_words(shown)}: có thể là bản chép từ biểu khác, đề nghị kiểm tra."


def _named(facet: str, value: str, words: Words) -> str:
    if facet == "school":
        return words.schools.get(value, value)
    return periods.label(value) if facet == "period" else vocabulary.label(facet, value)
