"""Why a file, or a sheet of it, is not read: one Vietnamese sentence that says what to do."""


class Unreadable(Exception):  # noqa: N818 - a verdict on the file, not a fault of the program
    """Carries the sentence for the person who sent the file; never any of its content."""


RESAVE = "hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu .xlsx rồi gửi lại"

EMPTY = "Tệp rỗng (0 byte): đề nghị gửi lại tệp báo cáo."
MISSING = "Không tìm thấy tệp, hoặc đường dẫn không phải là một tệp thường: hãy kiểm tra lại tên tệp."
LOCKED = "Không được phép đọc tệp, có thể tệp đang mở trong Excel: hãy đóng Excel rồi chạy lại."
LOCK_FILE = "Đây là tệp khóa tạm của một bảng tính đang mở, không phải báo cáo: hãy đóng bảng tính rồi xóa tệp này."
NOT_A_RETURN = "Đây là tệp do hệ điều hành tự tạo, không phải báo cáo: bỏ qua."
TOO_LARGE = "Tệp quá lớn đối với một báo cáo: hãy chép các trang cần nộp sang một tệp .xlsx mới rồi gửi lại."
ENCRYPTED = "Tệp được đặt mật khẩu nên không đọc được: hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi gửi lại."
XLSB = f"Định dạng .xlsb không được hỗ trợ: {RESAVE}."
OLD_EXCEL = f"Định dạng Excel 4.0 hoặc cũ hơn không được hỗ trợ: {RESAVE}."
DAMAGED = f"Tệp bị hỏng nên không đọc được: {RESAVE}; nếu Excel cũng không mở được thì đề nghị gửi lại bản gốc."
TRUNCATED = "Tệp bị cắt cụt, thường do chép hoặc tải chưa xong: đề nghị gửi lại tệp."
BAD_CHECKSUM = f"Nội dung tệp bị hỏng khi chép hoặc gửi (sai mã kiểm tra): {RESAVE}, hoặc gửi lại bản gốc."
BOMB = "Tệp nén bất thường (giải nén ra quá lớn) nên không được mở: hãy chép số liệu sang tệp .xlsx mới rồi gửi lại."
NO_SHEETS = f"Tệp không có trang tính nào đọc được: {RESAVE}."
SLOW = "Tệp đọc quá lâu nên bị dừng: hãy chép các trang cần nộp sang một tệp .xlsx mới rồi gửi lại."
CRASHED = f"Tệp làm chương trình đọc dừng đột ngột, có thể đã bị hỏng hoặc quá lớn: {RESAVE}."
DOUBTFUL = f"Tệp có lỗi cấu trúc nên số liệu đọc được có thể thiếu: hãy đối chiếu với bản gốc, hoặc {RESAVE}."

DAMAGED_SHEET = f"Trang tính bị hỏng nên không đọc được: {RESAVE}."
TOO_MANY_CELLS = "Trang tính có quá nhiều ô đối với một báo cáo: hãy chép riêng phần số liệu sang một tệp .xlsx mới."
COVERED = "Ô gộp che mất ô có nội dung khác nên phần bị che không được đọc: hãy bỏ gộp ô, kiểm tra rồi gửi lại."
TEXT_BOX = (
    "Trang tính có hộp chữ{where}; chữ và số trong hộp không được đọc. Nếu đó là tiêu đề hay số liệu, hãy ghi vào ô."
)
PICTURE = "Trang tính chỉ có hình ảnh, không đọc được số trong hình: hãy gõ số liệu vào các ô."
STRUCK_TEXT = (
    "Chữ ở ô {cell} bị gạch ngang, cả ô hoặc một phần; chữ đó đã được đọc như chữ thường. Nếu chữ không còn đúng, "
    "hãy xóa hẳn rồi gửi lại."
)
TOO_MANY_CONDITIONS = (
    "Trang tính có quá nhiều định dạng có điều kiện đối với một báo cáo: hãy chép phần số liệu sang một tệp mới."
)
TOO_MANY_MERGES = "Trang tính có quá nhiều ô gộp đối với một báo cáo: hãy bỏ gộp ô hoặc chép số liệu sang một tệp mới."


def not_a_workbook(extension: str, content: str) -> Unreadable:
    """Return the refusal of a file that holds something else, for example "trang web (HTML)"."""
    if extension and extension[1:] in content.casefold().split():  # what it says it is: nothing to save again
        return Unreadable(f"Đây là {content}, không phải bảng tính Excel: nếu là báo cáo, hãy xin trường tệp Excel.")
    named = f"Tệp mang đuôi {extension} nhưng nội dung là {content}" if extension else f"Nội dung tệp là {content}"
    return Unreadable(f"{named}, không phải bảng tính Excel: {RESAVE}.")
