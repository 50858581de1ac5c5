"""The sheet "Cần sửa" that `dangvien check` puts into a school's workbook: known again, and never read as a return.

It is known by a sentence it bears, not by its name: a sentence in a cell survives a renamed sheet and every format
the workbook may be saved in, and a school's own sheet of that name is still read.
"""

from dangvien_analysis.reading.cells import COUNT, Problem, Sheet, Workbook, address

LIST_SHEET = "Cần sửa"
LIST_SIGN = "Trang này do chương trình dangvien lập khi kiểm tra báo cáo; chương trình tự bỏ qua, không đọc số ở đây."

ONLY_LIST = (
    "Tệp chỉ có danh sách «Cần sửa» do chương trình lập, không có báo cáo: đề nghị trường sửa trong chính tệp báo cáo "
    "rồi gửi lại tệp đó."
)
NUMBERS_IN_LIST = (
    "Trang «Cần sửa» do chương trình lập có thêm số ở ô {cell}; trang này không được đọc: hãy ghi số đã sửa vào đúng ô "
    "của báo cáo rồi gửi lại."
)
_NUMBERED = 1  # the column in which the list numbers its lines


def is_list(sheet: Sheet) -> bool:
    """Tell whether a sheet is a list that an earlier check put into the workbook."""
    return any(cell.raw == LIST_SIGN for cell in sheet.cells.values())


def without_list(workbook: Workbook) -> Workbook:
    """Return a workbook without the list of an earlier check; that a school wrote numbers into it is a problem."""
    lists = [sheet for sheet in workbook.sheets if is_list(sheet)]
    if not lists:
        return workbook
    problems = [*workbook.problems, *(problem for sheet in lists for problem in _numbers_in(sheet))]
    sheets = tuple(sheet for sheet in workbook.sheets if sheet not in lists)
    if not sheets:
        problems.append(Problem("warning", "only_list", lists[0].name, "", ONLY_LIST))
    return workbook._replace(sheets=sheets, problems=tuple(problems))


def _numbers_in(sheet: Sheet) -> list[Problem]:
    places = (place for place, cell in sheet.cells.items() if cell.state == COUNT and place[1] != _NUMBERED)
    cells = [address(*place) for place in places]
    if not cells:
        return []
    return [Problem("warning", "numbers_in_list", sheet.name, cells[0], NUMBERS_IN_LIST.format(cell=cells[0]))]
