"""Find the root folder, the collections in it, and the files of a collection."""

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from dangvien_analysis.settings.model import Collection, SettingsError
from dangvien_analysis.settings.reading import read_collection

COLLECTION_FILE = "collection.toml"
REGISTER_FILES = frozenset({COLLECTION_FILE, "received.csv", "corrections.csv"})
SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})  # Windows leaves these in any folder that was looked at


def find_root(start: Path | None = None) -> Path:
    """Return the project's folder: DANGVIEN_HOME, else the nearest folder upwards that holds data/raw."""
    if home := os.environ.get("DANGVIEN_HOME"):
        root = Path(home).expanduser().resolve()
        if not (root / "data" / "raw").is_dir():
            raise SettingsError(
                f"Biến môi trường DANGVIEN_HOME chỉ đến «{root}» nhưng ở đó không có thư mục data/raw; "
                "hãy sửa biến này hoặc tạo thư mục data/raw."
            )
        return root
    checkout = Path(__file__).parents[2]  # an editable install: papermill finds its data from any folder
    begin = Path.cwd() if start is None else Path(start).resolve()
    for folder in (begin, *begin.parents, *([checkout] if start is None else [])):
        if (folder / "data" / "raw").is_dir():
            return folder
    raise SettingsError(
        f"Từ «{begin}» ngược lên không có thư mục nào chứa data/raw; hãy chuyển đến thư mục của dự án "
        "hoặc đặt biến môi trường DANGVIEN_HOME là thư mục đó."
    )


def list_collections() -> list[str]:
    """Return the names of the folders in data/raw, sorted."""
    raw = find_root() / "data" / "raw"
    return sorted(folder.name for folder in raw.iterdir() if folder.is_dir() and not folder.name.startswith("."))


def find_collection(name_or_folder: str | Path) -> Collection:
    """Return a collection by its name in data/raw, or by its folder anywhere.

    A bare name is looked for in data/raw first; a `Path`, or a text with a separator, is a folder.
    """
    folder = _locate(name_or_folder)
    path = folder / COLLECTION_FILE
    if path.is_file():
        return read_collection(folder, path)
    return Collection(id=folder.name, folder=folder, title=folder.name)


def _locate(name_or_folder: str | Path) -> Path:
    text = str(name_or_folder)
    if not text.strip():
        raise SettingsError(f"Chưa nói bộ số liệu nào; {_what_exists()}.")
    bare = isinstance(name_or_folder, str) and not re.search(r"[\\/]", text) and text not in (".", "..")
    folder = (_named(text) if bare else None) or Path(name_or_folder).expanduser().resolve()
    if folder.is_dir():
        return folder
    if folder.is_file():
        raise SettingsError(f"«{text}» là một tệp, không phải thư mục của một bộ số liệu; {_what_exists()}.")
    raise SettingsError(f"Không có bộ số liệu «{text}»; {_what_exists()}.")


def _named(name: str) -> Path | None:
    """Find a folder of data/raw by its name; Windows does not tell cases apart, macOS writes an accent as two signs."""
    try:
        root, known = find_root(), list_collections()
    except SettingsError:
        return None
    alike = [candidate for candidate in known if _plain(candidate) == _plain(name)]
    if not alike:
        return None
    return root / "data" / "raw" / (name if name in alike else alike[0])


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _what_exists() -> str:
    try:
        known = list_collections()
    except SettingsError:
        return "cũng không tìm thấy thư mục data/raw nào: hãy chuyển đến thư mục của dự án hoặc đặt DANGVIEN_HOME"
    if not known:
        return "thư mục data/raw còn trống: hãy tạo bộ số liệu bằng lệnh «dangvien new TÊN»"
    return f"các bộ số liệu hiện có: {', '.join(known)}"


def processed_folder(collection: Collection) -> Path:
    """Return data/processed/<id>: beside the data/raw the collection lies in, else under the root.

    A folder from elsewhere never takes the place of a collection of data/raw with the same name.
    """
    raw = collection.folder.parent
    if raw.name == "raw" and raw.parent.name == "data":
        return raw.parent / "processed" / collection.id
    root = find_root()
    if _named(collection.id):
        raise SettingsError(
            f"Thư mục «{collection.folder}» nằm ngoài data/raw nhưng trùng tên với bộ số liệu «{collection.id}»; "
            "hãy đổi tên thư mục rồi chạy lại."
        )
    return root / "data" / "processed" / collection.id


def common_folder(paths: Iterable[Path]) -> Path:
    """Return the folder that some files lie in, at any depth."""
    try:
        return Path(os.path.commonpath([path.parent for path in paths]))
    except ValueError as error:  # on Windows
        raise SettingsError("Các tệp nằm trên các ổ đĩa khác nhau; hãy làm riêng với tệp của từng ổ.") from error


def workbook_files(collection: Collection) -> list[Path]:
    """Return every file of the collection that may be a return, in an order that is the same on every machine.

    Lock files (~$…) are listed: that a return stood open while it was collected is something to report.
    """
    folder = collection.folder
    found = [path for path in folder.rglob("*") if path.is_file() and not _is_own(path.relative_to(folder))]
    return sorted(found, key=collection.file_name)


def _is_own(path: Path) -> bool:
    name = path.name.casefold()
    at_top = len(path.parts) == 1
    hidden = any(part.startswith(".") for part in path.parts)
    return hidden or name.endswith(".md") or name in SYSTEM_FILES or (at_top and name in REGISTER_FILES)
