"""What stands in a cell in place of a count: one finding for each such cell."""

from dangvien_analysis.frames import Finding
from dangvien_analysis.workbook import DATE, ERROR, FORMULA, MASKED, NUMBER, STRUCK, TEXT, address

SAID = {  # code and message by the state of the cell
    ERROR: (
        "excel_error",
        "Ô {cell} đang báo lỗi công thức của Excel nên không có số để nhận. Hãy sửa công thức hoặc ghi số.",
    ),
    FORMULA: (
        "formula_without_value",
        "Ô {cell} có công thức nhưng chưa lưu kết quả. Hãy mở tệp bằng Excel, bấm lưu rồi gửi lại, hoặc ghi số.",
    ),
    NUMBER: ("not_a_count", "Ô {cell} ghi «{raw}», không phải số người (số nguyên, không âm). Hãy ghi lại số đúng."),
    DATE: (
        "date_in_count",
        "Ô {cell} đang là ngày tháng (Excel có thể đã tự đổi, ví dụ từ «4/6»). Hãy ghi lại số người.",
    ),
    STRUCK: (
        "struck_out",
        "Số «{raw}» ở ô {cell} bị gạch ngang nên chưa nhận. Nếu số còn đúng, hãy bỏ gạch; nếu không, hãy ghi lại số.",
    ),
    MASKED: (
        "masked_number",
        "Ô {cell} chứa số «{raw}» nhưng định dạng của ô làm ẩn hoặc hiện thành số khác. Hãy ghi lại số người.",
    ),
    TEXT: ("not_a_count", "Ô {cell} ghi chữ, không đọc được thành một số người chắc chắn. Hãy ghi một số nguyên."),
}


def bad_cell(state: str, raw: str, place: tuple[int, int]) -> Finding:
    """Say what stands in a cell in place of a count."""
    code, message = SAID[state]
    cell = address(*place)
    return Finding("error", code, message.format(cell=cell, raw=raw), cell=cell)
