"""When returns came in, and whether one came twice."""

from collections.abc import Iterator

from dangvien_analysis.checks.evidence import Evidence
from dangvien_analysis.frames import Finding
from dangvien_analysis.text import date_text, join_words, number


def check_late_returns(evidence: Evidence) -> Iterator[Finding]:
    """`late_return`: the first file with a school's numbers was first seen after the deadline.

    A corrected return does not make a school late. A register that was begun after the deadline, as for an old
    collection, knows of no file whether it was in time: then nobody is late.
    """
    deadline, received = evidence.collection.deadline, evidence.received
    if deadline is None or not received or min(received.values()) > deadline:
        return
    names = evidence.school_names()
    sent = evidence.counts[["school", "file"]].drop_duplicates()
    for school, files in sent.groupby("school", sort=False)["file"]:
        days = {file: received.get(file) for file in files}
        if None in days.values() or min(days.values()) <= deadline:
            continue
        file = min(days, key=days.get)
        message = (
            f"Báo cáo của {names[school]} được ghi nhận lần đầu ngày {date_text(days[file])}, sau hạn "
            f"{date_text(deadline)} là {number((days[file] - deadline).days)} ngày."
        )
        yield Finding("warning", "late_return", message, school, file)


def check_same_files(evidence: Evidence) -> Iterator[Finding]:
    """`same_file`: two files are equal byte by byte and gave numbers for different schools or periods.

    One was copied and renamed: at most one of them is the return that its name promises. Equal files that speak for
    the same school and periods only repeat each other, which is told as `repeated_return`.
    """
    copies: dict[str, list[str]] = {}
    for file in evidence.counts["file"].unique():
        if file in evidence.hashes:
            copies.setdefault(evidence.hashes[file], []).append(file)
    for files in copies.values():
        if len(files) > 1:
            message = (
                f"Các tệp {join_words([f'«{file}»' for file in files])} giống hệt nhau nhưng tên tệp cho biết trường "
                "hoặc kỳ khác nhau; đã nhận số của từng tệp. Hãy kiểm tra xem có phải gửi nhầm bản chép."
            )
            yield Finding("warning", "same_file", message, file=files[0])
