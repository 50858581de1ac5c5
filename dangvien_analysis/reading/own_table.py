"""The synthesis table that a report leaves beside itself: known again when it lies among the returns, and not read.

Every number in it came from the returns; read once more it would only seem to contradict them.
"""

PROPERTY, VALUE = "dangvien", "bieu-tong-hop"  # a custom document property, which Excel and LibreOffice keep
MESSAGE = (
    "Tệp này là biểu tổng hợp do chương trình lập, không phải báo cáo của trường, nên không đọc: "
    "hãy chuyển tệp ra khỏi thư mục báo cáo."
)


def is_own_table(properties: dict[str, str]) -> bool:
    """Tell whether a workbook's properties say that a report was its source."""
    return properties.get(PROPERTY) == VALUE
