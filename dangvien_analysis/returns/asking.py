"""What a warning says to the office or a school about numbers that were taken, though something about them is unclear.

As in `messages`, a cell is named by its address and never quoted.
"""


def unclear_kind(cells: str) -> str:
    """Say that a title, a header or the label above speaks of targets or estimates, perhaps not of these numbers."""
    return (
        "Tiêu đề hoặc dòng trên có nhắc đến chỉ tiêu hoặc số dự kiến nhưng chưa rõ có phải nói về các số ở "
        f"{cells} không; các số này đã được nhận là số thực hiện. Nếu không phải, hãy ghi rõ «Chỉ tiêu» hoặc "
        "«Dự kiến» ở tiêu đề cột hoặc tên dòng."
    )


def unclear_measure(cells: str) -> str:
    """Say that only a title or a name tells what numbers count, and that nearer words may say something else."""
    return (
        f"Tiêu đề cột, tên dòng hoặc chữ ngay trên bảng chưa nói rõ các số ở {cells} đếm gì; các số này đã được nhận "
        "theo tiêu đề chung, tên trang hoặc tên tệp, hay là số người đã học lớp bồi dưỡng mà chưa được kết nạp (với "
        "«Chưa kết nạp»; với «chưa đủ tuổi», «chờ quyết định», … là vì lý do đó). Nếu không phải, hãy ghi rõ nội dung "
        "đếm ở tiêu đề cột, hoặc bỏ bảng này ra."
    )


def unclear_count(cells: str) -> str:
    """Say that a title or a row above speaks of shares, running totals, classes or admissions to another body."""
    return (
        "Tiêu đề hoặc dòng trên có nhắc đến tỷ lệ, lũy kế, cùng kỳ, tăng giảm, kinh phí, số lớp, kết nạp đoàn viên, số "
        f"chưa kết nạp, … nhưng chưa rõ có phải nói về các số ở {cells} không; các số này đã được nhận là số người "
        "trong kỳ, theo tiêu đề cột và tên dòng. Nếu không phải, hãy ghi rõ ở đó."
    )


def unclear_period(cells: str) -> str:
    """Say that numbers may be of another time than the period for which they were taken."""
    return (
        f"Chưa chắc các số ở {cells} là của kỳ nào: ngày hoặc năm ghi ở tiêu đề cột, tên dòng, tiêu đề chung, tên "
        "trang hoặc tên tệp khác nhau, hoặc số ước, dự kiến không ghi kỳ. Nếu kỳ nhận chưa đúng, hãy ghi rõ kỳ ở "
        "tiêu đề cột hoặc tên dòng."
    )


def unclear_cohort(cells: str) -> str:
    """Say that it is not clear whether people were admitted in the period, or are those of a course."""
    return (
        f"Các số ở {cells} là số «trong đó» bên cạnh số đã học, hoặc ở bảng sau bảng của một khóa, dưới dòng nói "
        "về một khóa: chưa rõ là của riêng những người học kỳ đó, khóa đó hay của tất cả; đã nhận là số của tất cả "
        "trong kỳ. Hãy ghi rõ năm kết nạp hoặc khóa học."
    )


def target_of_part(cells: str) -> str:
    """Say that targets were taken for a part of a year, for which the title speaks."""
    return f"Các số ở {cells} được nhận là chỉ tiêu của kỳ ghi ở tiêu đề; nếu là của cả năm, hãy ghi «Chỉ tiêu năm»."


def unclear_part(cells: str) -> str:
    """Say that a title speaks of some of the people, in words that were not all understood."""
    return (
        f"Tiêu đề có nhắc đến một bộ phận (nữ, lớp 12, …) nhưng không hiểu hết; các số ở {cells} đã được nhận như "
        "không nói riêng về bộ phận đó. Nếu không phải, hãy ghi rõ bộ phận đó ở tiêu đề cột hoặc tên dòng."
    )


def of_some(where: str) -> str:
    """Say that a line or a name (`where`, with a capital) leaves some people out of the numbers, or takes others in."""
    return (
        f"{where} cho biết số liệu chỉ tính, không tính hoặc tính cả một số người (một lớp, một tổ, một chi bộ, hợp "
        "đồng, …); các số đã được nhận là số của tất cả. Nếu không phải, hãy ghi rõ ở tiêu đề cột hoặc tên dòng."
    )


def draft(where: str) -> str:
    """Say that numbers are, by a line or a name (`where`, with a capital), an example, or not final."""
    return (
        f"{where} cho biết đây là bản nháp, ví dụ, hoặc số liệu chưa chính thức, chưa đầy đủ; các số đã được nhận như "
        "số chính thức. Nếu chưa phải số chính thức, hãy gửi bản chính thức thay cho bản này; nếu đã là chính thức, "
        "hãy bỏ chữ đó."
    )


def planned(where: str) -> str:
    """Say that numbers are, by a line or a name (`where`, with a capital), registered, estimated or set as targets."""
    return (
        f"{where} cho biết số liệu là số đăng ký, chỉ tiêu hoặc số ước; các số đã được nhận là số thực hiện. Nếu không "
        "phải, hãy ghi rõ «Chỉ tiêu» hoặc «Dự kiến» ở tiêu đề cột hoặc tên dòng."
    )


def of_something_else(where: str) -> str:
    """Say that a line or a name (`where`, with a capital) speaks of something that is not counted here."""
    return (
        f"{where} nói đến một nội dung khác (cảm tình đoàn, khen thưởng, lượt người, cộng dồn nhiều năm, "
        "…); các số đã được nhận theo tiêu đề cột và tên dòng. Nếu không phải, hãy ghi rõ ở đó."
    )


def unclear_unit(cells: str) -> str:
    """Say that the unit that is written over a table is not that of single people."""
    return (
        f"Đơn vị tính ghi ở trên bảng, hoặc chữ ghi sau số trong ô, không phải là người được đếm; các số ở {cells} đã "
        "được nhận đúng như đã ghi. Hãy xem lại đơn vị tính, và ghi từng người một."
    )


def unclear_group(cells: str) -> str:
    """Say that the unit of numbers, or a column before theirs, is of another group than the title."""
    return (
        f"Chưa chắc các số ở {cells} là của học sinh hay của CBGVNV: đơn vị tính, chữ sau số hoặc cột liền trước nói "
        "đến đối tượng khác với tiêu đề; các số này đã được nhận theo tiêu đề. Hãy ghi rõ đối tượng ở tiêu đề cột."
    )


def unclear_members(cells: str) -> str:
    """Say that members of the Party are students, or staff, only by a text that may not speak of them."""
    return (
        f"Các số ở {cells} là số đảng viên, nhưng chỉ có tiêu đề, mục, cột hoặc tên dòng ở xa nói đến học sinh hoặc "
        "CBGVNV; các số này đã được nhận là đảng viên trong đối tượng đó. Nếu là của cả chi bộ, hãy ghi rõ «Đảng viên "
        "toàn chi bộ»; nếu đúng là của đối tượng đó, hãy ghi «Đảng viên là học sinh» hoặc «Đảng viên là CBGVNV»."
    )


def note_differs(cell: str) -> str:
    """Say that a note speaks of something else than the headers of the numbers by it."""
    return (
        f"Ghi chú ở ô {cell} nói đến chỉ tiêu, số dự kiến, số lũy kế hoặc chưa chính thức, đơn vị tính, kỳ hoặc đối "
        "tượng khác với tiêu đề của các số liền đó, hoặc đến người tính thêm, không tính; các số đã được nhận mà không "
        "dựa vào ghi chú này. Nếu ghi chú đúng, hãy ghi rõ ở tiêu đề."
    )


def page_differs() -> str:
    """Say that what is printed over or under the pages of a sheet speaks of something else than its headers."""
    return (
        "Đầu trang hoặc chân trang khi in nói đến bản nháp, dự thảo, số dự kiến, chỉ tiêu hoặc đơn vị tính khác; các "
        "số đã được nhận mà không dựa vào đó. Nếu đây là bản chính thức, hãy xóa chữ đó; nếu không, hãy gửi bản chính "
        "thức."
    )


def unseen_zero(cells: str) -> str:
    """Say that zeros were reported which the sheet does not show."""
    return (
        f"Ô {cells} chứa số 0 nhưng trang tính không hiện số 0, nên người xem thấy ô trống; đã nhận là 0. Nếu chưa có "
        "số liệu, hãy xóa số 0 hoặc công thức; nếu không có người nào, hãy để số 0 hiện ra."
    )


def unseen_number(cells: str) -> str:
    """Say that numbers were taken which have the colour of their ground, or look otherwise by a conditional format."""
    return (
        f"Ô {cells} chứa số mà người xem không thấy, hoặc thấy thành số khác, vì chữ cùng màu với nền ô hoặc vì định "
        "dạng có điều kiện; số đã được nhận như lưu trong ô. Nếu số đúng, hãy đổi màu chữ hoặc bỏ định dạng; nếu "
        "không, hãy xóa số."
    )


def unseen_text(cells: str) -> str:
    """Say that headers, labels or titles were read which nobody sees."""
    return (
        f"Chữ ở ô {cells} không hiện ra (cùng màu với nền ô, hoặc bị định dạng của ô làm ẩn) nhưng đã được đọc để biết "
        "các số là gì. Nếu chữ đúng, hãy để chữ hiện ra; nếu không, hãy xóa chữ rồi gửi lại."
    )
