"""Accept warnings that the office has looked into: they stay quiet, and are listed with the reason."""

from collections.abc import Iterable, Sequence

from dangvien_analysis.corrections.applying import find_file
from dangvien_analysis.corrections.lines import CORRECTIONS_FILE, Line, Outcome, refusal
from dangvien_analysis.frames import Finding
from dangvien_analysis.settings import Collection, workbook_files
from dangvien_analysis.text import fold


def accept_warnings(
    findings: Sequence[Finding], lines: Iterable[Line], collection: Collection, read: Iterable[str]
) -> tuple[list[Finding], list[Outcome]]:
    """Return the findings without the accepted warnings, and what became of each line that accepts one.

    `read` are the files that were read. A line quotes the warning's sentence, so it holds for exactly what the office
    looked at: when a number in the sentence changes, the warning comes back. A line without a file, or with the id of
    a school in its place, speaks of a warning that belongs to no file.
    """
    lines = [line for line in lines if line.accepts]
    if not lines:
        return list(findings), []
    known = [*map(collection.file_name, workbook_files(collection))]
    read, left, outcomes = set(read), list(findings), []
    for line in lines:
        name = find_file(line.file, known)
        if name is not None and name not in read:
            continue  # only a part of the collection was read
        meant = [finding for finding in left if _is_meant(finding, line, name)]
        outcomes.append(_outcome(line, meant))
        if outcomes[-1].status == "applied":
            left = [finding for finding in left if not (finding in meant and finding.level == "warning")]
    return left, outcomes


def _is_meant(finding: Finding, line: Line, name: str | None) -> bool:
    place = finding.file == name if name is not None else not finding.file and line.file in ("", finding.school)
    sheet = not line.sheet or fold(line.sheet) == fold(finding.sheet)
    cell = not line.cell or line.cell.replace(" ", "") == finding.cell.replace(" ", "")
    return place and sheet and cell and fold(finding.message) == fold(line.old)


def _outcome(line: Line, meant: list[Finding]) -> Outcome:
    warnings = [finding for finding in meant if finding.level == "warning"]
    if warnings:
        message = f"{warnings[0].message} Đã chấp nhận ({line.why})."
        return Outcome(line, "applied", warnings[0]._replace(level="info", code="warning_accepted", message=message))
    if any(finding.level == "error" for finding in meant):
        why = "đây là lỗi, số chưa được nhận nên không chấp nhận được; hãy sửa số hoặc đề nghị trường gửi lại."
        return refusal(line, why, meant[0])
    message = (
        f"Dòng {line.number} của corrections.csv không còn cần: không có cảnh báo nào đúng như câu ở cột old. "
        "Nếu số liệu đã khác, hãy xem câu mới trong danh sách điều cần xem."
    )
    return Outcome(line, "unneeded", Finding("info", "acceptance_unused", message, "", CORRECTIONS_FILE))
