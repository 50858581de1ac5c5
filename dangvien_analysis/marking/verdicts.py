"""What `dangvien check` tells on the terminal: a line or a few for each file, and what to do next."""

from collections.abc import Sequence
from pathlib import Path

from dangvien_analysis.marking.checking import Verdict
from dangvien_analysis.marking.incoming import Incoming
from dangvien_analysis.marking.notes import Note
from dangvien_analysis.marking.styles import ERROR, INFO, WARNING
from dangvien_analysis.text import number

SHOWN = 3  # notes of a file that are told here; all of them stand in the file that goes back


def describe(verdict: Verdict) -> list[str]:
    """Return the lines that tell of one file."""
    notes = [note for note in verdict.notes if note.level in {ERROR, WARNING}]
    lines = [f"{verdict.file}: {_summary(verdict)}", *(f"  - {_told(note)}" for note in notes[:SHOWN])]
    if len(notes) > SHOWN:
        lines.append(f"  … và {number(len(notes) - SHOWN)} điều nữa.")
    if verdict.written:
        lines.append(f"  Gửi lại trường: {verdict.written}{'' if verdict.marked else ' (chỉ có danh sách)'}")
    if verdict.refused:
        lines.append(f"  {verdict.refused}")
    return lines + [f"  Tệp của lần kiểm tra trước nay không còn đúng, đừng gửi: {old}" for old in verdict.outdated]


def _summary(verdict: Verdict) -> str:
    errors, warnings, blanks = (verdict.count(level) for level in (ERROR, WARNING, INFO))
    taken = f"nhận được {number(verdict.counts)} số" if verdict.counts else "chưa nhận được số nào"
    wrong = [f"{number(errors)} lỗi"] if errors else []
    wrong += [f"{number(warnings)} chỗ cần xem lại"] if warnings else []
    blank = f", {number(blanks)} chỗ để trống" if blanks else ""
    return f"{', '.join(wrong) or ('đạt' if verdict.counts else 'không có số liệu')}; {taken}{blank}."


def _told(note: Note) -> str:
    where = [f"trang «{note.sheet}»" if note.sheet and note.sheet not in note.text else ""]
    where.append(note.cells if note.cells not in note.text else "")
    said = ", ".join(part for part in where if part)
    return f"{said}: {note.text}" if said else note.text


def describe_context(incoming: Incoming) -> str:
    """Say what the files were checked against."""
    collection = incoming.collection
    if incoming.known:
        return f"Kiểm tra theo bộ số liệu «{collection.id}»: {collection.title}"
    return (
        "Tệp không nằm trong bộ số liệu nào nên không biết danh sách trường và các báo cáo khác; "
        "thêm --collection TÊN để kiểm tra theo một bộ số liệu."
    )


def describe_all(verdicts: Sequence[Verdict], folder: Path) -> list[str]:
    """Return the lines that tell of each file, then of all, then what to do next."""
    wrong = sum(bool(verdict.count(ERROR)) for verdict in verdicts)
    doubtful = sum(not verdict.count(ERROR) and bool(verdict.count(WARNING)) for verdict in verdicts)
    parts = [f"{number(wrong)} tệp có lỗi"] if wrong else []
    parts += [f"{number(doubtful)} tệp cần xem lại"] if doubtful else []
    good = len(verdicts) - wrong - doubtful
    parts += [f"{number(good)} tệp không có gì phải sửa"] if good else []
    lines = [line for verdict in verdicts for line in describe(verdict)]
    lines += [f"Đã kiểm tra {number(len(verdicts))} tệp: {', '.join(parts)}. Tệp gốc không bị thay đổi."]
    if any(verdict.written for verdict in verdicts):
        lines.append(
            f"Việc tiếp theo: gửi lại cho từng trường tệp của trường đó trong {folder}; khi trường gửi bản đã sửa, "
            "kiểm tra lại rồi chép vào thư mục của bộ số liệu thay cho bản cũ."
        )
    return lines
