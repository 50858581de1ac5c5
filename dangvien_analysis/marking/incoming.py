"""Which files are to be checked, as part of which collection, and where what goes back is written."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from dangvien_analysis.settings import (
    COLLECTION_FILE,
    Collection,
    SettingsError,
    common_folder,
    find_collection,
    find_root,
    workbook_files,
)

FOLDER = "can-sua"


class Incoming(NamedTuple):
    """Files to be checked by the name they go under, with the collection that they belong to."""

    collection: Collection
    files: dict[str, Path]
    known: bool  # whether the collection is one that was set up, not merely the folder where the files lie


def gather(paths: Iterable[Path], name: str | None) -> list[Incoming]:
    """Return the files by their collection: the one named, else the one they lie in. Raises SettingsError."""
    paths = list(dict.fromkeys(found.resolve() for path in paths for found in _expanded(Path(path))))
    if missing := [path for path in paths if not path.is_file()]:
        raise SettingsError(f"Không có tệp «{missing[0]}»; hãy kiểm tra lại đường dẫn.")
    if name is not None:
        return [_incoming(find_collection(name), paths, known=True)]
    homes: dict[Path | None, list[Path]] = {}
    for path in paths:
        homes.setdefault(_home(path), []).append(path)
    loose = homes.pop(None, [])
    found = [_incoming(find_collection(home), group, known=True) for home, group in homes.items()]
    if loose:
        folder = common_folder(loose)
        found.append(_incoming(Collection(folder.name, folder, folder.name), loose, known=False))
    return found


def _expanded(path: Path) -> list[Path]:
    """Return the files that a path means: a folder's workbooks, or a pattern's, which Windows leaves to the program."""
    if path.is_dir():
        return workbook_files(Collection(path.name, path, path.name)) or [path]
    if path.exists() or not set(path.name) & set("*?"):
        return [path]
    return sorted(path.parent.glob(path.name)) or [path]


def _home(path: Path) -> Path | None:
    """Return the folder of the collection that a file lies in."""
    for folder in path.parents:
        if (folder / COLLECTION_FILE).is_file() or folder.parts[-3:-1] == ("data", "raw"):
            return folder
    return None


def _incoming(collection: Collection, paths: list[Path], known: bool) -> Incoming:
    lying = workbook_files(collection) if known else []
    files: dict[str, Path] = {}
    for path in paths:
        files[_free_name(_name(path, collection, lying), path, files)] = path
    return Incoming(collection, files, known)


def _name(path: Path, collection: Collection, lying: Sequence[Path]) -> str:
    """Return what a file goes under: its place in the collection, also when a newer copy of it comes from outside."""
    if path.is_relative_to(collection.folder):
        return collection.file_name(path)
    same = [collection.file_name(known) for known in lying if known.name.casefold() == path.name.casefold()]
    return same[0] if len(same) == 1 else path.name


def _free_name(name: str, path: Path, files: dict[str, Path]) -> str:
    folders = list(reversed(path.parent.parts))
    while name in files and folders:
        name = f"{folders.pop(0)}/{name}"
    return name


def default_folder(incoming: Incoming) -> Path:
    """Return where the files that go back are written: among the reports, or beside files of no known collection."""
    collection = incoming.collection
    if not incoming.known:
        return collection.folder / FOLDER
    with suppress(SettingsError):
        return find_root() / "reports" / collection.id / FOLDER
    return collection.folder.parent / f"{collection.id}-{FOLDER}"


def refuse_to_overwrite(incoming: Iterable[Incoming], out: Path) -> None:
    """Raise SettingsError where writing into `out` would touch a return, or lay a copy among the returns."""
    out = out.resolve()
    for group in incoming:
        if group.known and out.is_relative_to(group.collection.folder):
            raise SettingsError(
                f"Thư mục «{out}» nằm trong bộ số liệu «{group.collection.id}»: bản đánh dấu để ở đó sẽ bị đọc như một "
                "báo cáo nữa; hãy chọn thư mục khác bằng --out."
            )
        if touched := [path for path in group.files.values() if path.is_relative_to(out)]:
            raise SettingsError(
                f"Tệp «{touched[0]}» đang nằm trong thư mục kết quả «{out}», mà báo cáo gốc không bao giờ bị ghi đè; "
                "hãy chép tệp ra nơi khác rồi kiểm tra, hoặc chọn thư mục khác bằng --out."
            )
