"""The forms of a collection as files, one for each school; a file that is there already is never written over."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from dangvien_analysis.forms.last import last_numbers
from dangvien_analysis.forms.plan import FormPlan, plan_form
from dangvien_analysis.forms.writing import write_form
from dangvien_analysis.measures.selection import existed
from dangvien_analysis.settings import COLLECTION_FILE, Collection, School, SettingsError, find_root
from dangvien_analysis.system_errors import reason


class WriteError(Exception):
    """Say in one Vietnamese sentence which file could not be written, and what to do."""


def plan_forms(
    collection: Collection, school: str | None = None, before: Collection | None = None
) -> list[tuple[School, FormPlan]]:
    """Lay out the form of each school of a collection, or of one.

    `before`: the collection of the last call for returns, whose numbers are shown beside.
    Raises SettingsError where there is no such school, no school at all, or no period.
    """
    schools = [find_school(collection, school)] if school else _open_schools(collection)
    last = last_numbers(collection, before)
    return [(one, plan_form(collection, one, last.get(one.id))) for one in schools]


def find_school(collection: Collection, school: str) -> School:
    """Return a school by its id; raise SettingsError, naming those that exist."""
    for one in collection.schools:
        if one.id == school:
            return one
    known = ", ".join(one.id for one in collection.schools) or "chưa có trường nào"
    raise SettingsError(f"Bộ số liệu «{collection.id}» không có trường «{school}»; các mã trường: {known}.")


def _open_schools(collection: Collection) -> list[School]:
    """Return the schools that existed in any of the periods."""
    if not collection.schools:
        raise SettingsError(
            f"Bộ số liệu «{collection.id}» chưa có danh sách trường; hãy điền các phần [[schools]] trong "
            f"{collection.folder / COLLECTION_FILE} rồi chạy lại."
        )
    if not collection.periods:
        return list(collection.schools)
    return [one for one in collection.schools if any(existed(one, period) for period in collection.periods)]


def forms_folder(collection: Collection) -> Path:
    """Return where the forms of a collection go unless another folder is named."""
    return find_root() / "reports" / collection.id / "forms"


def make_forms(planned: list[tuple[School, FormPlan]], folder: Path) -> Iterator[Path]:
    """Write the forms into `folder`, and yield each file; raise WriteError at the first that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"Không tạo được thư mục {folder} ({reason(error)}); hãy chọn thư mục khác.") from error
    for school, form in planned:
        path = folder / f"{school.id}.xlsx"
        write_whole(path, lambda target, form=form: write_form(target, form))
        yield path


def write_whole(path: Path, write) -> None:
    """Write a file under another name beside its place, and put it there only when it is whole.

    A file of the same bytes is left alone, any other raises WriteError: somebody may have filled it.
    """
    fresh = path.with_name(f".{uuid4().hex}.xlsx")
    try:
        write(fresh)
        if path.exists():
            _compare(fresh, path)
        else:
            fresh.replace(path)
    except OSError as error:
        raise WriteError(
            f"Không ghi được {path} ({reason(error)}); tệp có thể đang mở, hoặc thư mục chỉ cho đọc."
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _compare(fresh: Path, path: Path) -> None:
    if fresh.read_bytes() != path.read_bytes():
        raise WriteError(
            f"Đã có tệp {path}, khác với tệp sắp ghi (có thể đã điền số). Hãy chuyển tệp đó đi nơi khác, xóa nó, "
            "hoặc chọn thư mục khác bằng --out."
        )
