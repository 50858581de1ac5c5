"""Why something could not be opened or written is said in Vietnamese."""

import errno
import os

import pytest

from dangvien_analysis.system_errors import reason


@pytest.mark.parametrize(
    ("number", "told"), [(errno.EACCES, "không có quyền, hoặc tệp đang mở"), (errno.ENOSPC, "đĩa đã đầy")]
)
def test_the_office_reads_its_own_language(number, told):
    """Also for the kinds of error that Python tells apart by class."""
    assert reason(OSError(number, os.strerror(number))) == told


def test_what_has_no_words_of_ours_is_told_all_the_same():
    """Never an empty parenthesis."""
    assert reason(OSError(errno.EPIPE, "Broken pipe")) == "Broken pipe"
    assert reason(OSError()) == "lỗi của hệ thống"
