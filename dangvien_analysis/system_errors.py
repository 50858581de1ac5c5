"""Why the operating system refused, in the words of the office: its own are English, or those of each Windows."""

import errno

_REASONS = {
    errno.EACCES: "không có quyền, hoặc tệp đang mở",
    errno.EPERM: "không có quyền",
    errno.EROFS: "nơi này chỉ cho đọc",
    errno.ENOENT: "không có đường dẫn này",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.EISDIR: "đây là một thư mục",
    errno.EEXIST: "đã có một tệp trùng tên",
    errno.ENOSPC: "đĩa đã đầy",
    errno.ENAMETOOLONG: "tên quá dài",
}


def reason(error: OSError) -> str:
    """Return why; the system's own words where there are no others."""
    return _REASONS.get(error.errno or 0) or error.strerror or "lỗi của hệ thống"
