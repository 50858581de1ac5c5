"""The forms of a collection as files, one for each school; a file that is there already is never written over."""

from collections.abc import Iterator
from pathlib import Path

from dangvien_analysis.forms.layout import Key
from dangvien_analysis.forms.plan import FormPlan, plan_form
from dangvien_analysis.forms.writing import form_file
from dangvien_analysis.measures.selection import existed
from dangvien_analysis.settings import COLLECTION_FILE, Collection, School, SettingsError, find_root
from dangvien_analysis.store import open_store, stored_returns
from dangvien_analysis.writing import unwritable, write_whole

_FACETS = list(Key._fields)


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


def last_numbers(collection: Collection, before: Collection | None = None) -> dict[str, dict[Key, int]]:
    """Return the numbers last loaded, by school: of the collection itself, over those of the one `before` it.

    Only actual numbers. A collection that was never loaded says nothing; SettingsError where it is the one before, for
    its numbers were asked for.
    """
    earlier, own = open_store(before.folder) if before else None, stored_returns(collection)
    found: dict[str, dict[Key, int]] = {}
    for counts in (returns.counts for returns in (earlier, own) if returns):
        rows = counts[counts["kind"] == "actual"]
        facets = rows[_FACETS].astype(object).where(rows[_FACETS].notna(), None).itertuples(index=False, name=None)
        for school, key, n in zip(rows["school"], facets, rows["n"], strict=True):
            found.setdefault(school, {})[Key(*key)] = int(n)
    return found


def forms_folder(collection: Collection) -> Path:
    """Return where the forms of a collection go unless another folder is named."""
    return find_root() / "reports" / collection.id / "forms"


def make_forms(planned: list[tuple[School, FormPlan]], folder: Path) -> Iterator[Path]:
    """Write the forms into `folder`, and yield each file; SettingsError at the first that cannot be written."""
    for school, form in planned:
        yield put_form(folder / f"{school.id}.xlsx", form_file(form))


def put_form(path: Path, content: bytes) -> Path:
    """Write a form whole and return its path; SettingsError for another file that is there: it may be filled."""
    try:
        lying = path.read_bytes() if path.exists() else None
    except OSError as error:
        raise unwritable(path, error) from error
    if lying not in (None, content):
        raise SettingsError(
            f"Đã có tệp {path}, khác với tệp sắp ghi (có thể đã điền số). Hãy chuyển tệp đó đi nơi khác, xóa nó, "
            "hoặc chọn thư mục khác bằng --out."
        )
    return path if lying == content else write_whole(path, content)
