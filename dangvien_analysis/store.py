"""`data/processed/<collection>`: what was taken from the returns, written whole and swapped in at once.

Nothing in it is ever edited: delete it, load again, get the same bytes. The folder is made under another name
beside the old one, and the two change places by renaming, so that a reader sees the old data or the new.

Beside the folder stands one file of what cannot be derived again: the counts as they were before the last load that
changed any. It only tells what that load changed.
"""

import hashlib
import json
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from uuid import uuid4

import pandas as pd

from dangvien_analysis import listing
from dangvien_analysis.frames import (
    CORRECTION_DTYPES,
    COUNT_DTYPES,
    COUNT_KEY,
    FILE_DTYPES,
    FINDING_DTYPES,
    corrections_frame,
)
from dangvien_analysis.settings import Collection, SettingsError, find_collection, processed_folder, workbook_files
from dangvien_analysis.system_errors import reason
from dangvien_analysis.writing import unwritable

UNREADABLE = "not readable"
_AT_ONCE = 1 << 20
PREVIOUS = ".previous.parquet"
PACKAGE = Path(__file__).parent
SETTINGS_FILES = ("collection.toml", "corrections.csv")  # read with the returns, so they are inputs as well
FRAMES = {"counts": COUNT_DTYPES, "findings": FINDING_DTYPES, "files": FILE_DTYPES, "corrections": CORRECTION_DTYPES}
TRIES = 50  # a swap takes a few milliseconds; a virus scanner on Windows may hold a new folder for a second
PAUSE = 0.05  # seconds
LEFTOVER_AGE = 3600  # seconds: a folder from a swap that was cut off; a swap under way is far younger


@dataclass(frozen=True)
class Returns:
    """What a collection's returns say: the numbers, what is wrong with them, the files they came from.

    `corrections`: what became of each line of `corrections.csv`.
    """

    counts: pd.DataFrame
    findings: pd.DataFrame
    files: pd.DataFrame
    collection: Collection
    corrections: pd.DataFrame = field(default_factory=corrections_frame)

    def save(self) -> Path:
        """Write this whole to `data/processed/<collection>` in place of what was there, and return that folder.

        Refused when only a part of the collection was read.
        """
        collection = self.collection
        missing = {*map(collection.file_name, workbook_files(collection))} - set(self.files["file"])
        if missing:
            raise SettingsError(
                f"Chỉ lưu được khi đã đọc cả bộ số liệu «{collection.id}»; còn {len(missing)} tệp chưa đọc, "
                f"thí dụ «{min(missing)}»: hãy dùng load_returns với tên của bộ số liệu."
            )
        folder = processed_folder(collection)
        _make(folder.parent)
        _remove_leftovers(folder)
        fresh = folder.with_name(f".{folder.name}.new-{uuid4().hex}")
        try:
            fresh.mkdir()
            _write(fresh, self)
            stored = _read_counts(folder / "counts.parquet")
            _swap_in(fresh, folder)
            if stored is not None and not _numbers(stored).equals(_numbers(self.counts)):
                _keep_previous(folder, stored)
        except OSError as error:  # a read-only folder, a full disk: what was stored before is still whole
            raise unwritable(folder, error) from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return folder


def open_store(name: str | Path) -> Returns:
    """Read what was last loaded for a collection; raise SettingsError when that has not been done yet.

    The description of what is stored is read before and after the frames: were they swapped in between,
    they are read again, so the frames always belong together.
    """
    collection = find_collection(name)
    folder = processed_folder(collection)
    for _ in range(TRIES):
        before = _read_meta(folder)
        frames = _read_frames(folder) if before else None
        if frames and _read_meta(folder) == before:
            return Returns(**frames, collection=collection)
        if not before and not _swapping(folder):
            break
        time.sleep(PAUSE)
    raise SettingsError(
        f"Bộ số liệu «{collection.id}» chưa được nạp; hãy chạy «dangvien load {collection.id}» rồi làm lại."
    )


def stored_returns(collection: Collection) -> Returns | None:
    """Return what the store holds, None where nothing was loaded yet or an older program wrote it."""
    try:
        return open_store(collection.folder)
    except SettingsError:
        return None


def previous_counts(collection: Collection) -> pd.DataFrame | None:
    """Return the counts as they were before the last load that changed any; None where no load has yet."""
    return _read_counts(_previous(processed_folder(collection)))


def _previous(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}{PREVIOUS}")


def _keep_previous(folder: Path, counts: pd.DataFrame) -> None:
    """Keep what was stored; a load that changes nothing comes not here, and leaves the last change to be seen."""
    fresh = folder.with_name(f".{folder.name}.previous-{uuid4().hex}")
    try:
        counts.to_parquet(fresh, index=False)
        fresh.replace(_previous(folder))
    finally:
        fresh.unlink(missing_ok=True)


def _numbers(counts: pd.DataFrame) -> pd.DataFrame:
    return counts[[*COUNT_KEY, "n"]].sort_values(COUNT_KEY, ignore_index=True)


def _read_counts(path: Path) -> pd.DataFrame | None:
    try:
        return pd.read_parquet(path).astype(COUNT_DTYPES)
    except (OSError, KeyError, ValueError):  # there is none, or an older program wrote it otherwise
        return None


def is_current(collection: Collection) -> bool:
    """Tell whether what is stored came from exactly the files that lie there now, read by exactly this program."""
    meta = _read_meta(processed_folder(collection))
    return meta is not None and json.loads(meta).get("source") == _source(hash_inputs(collection))


def source_hash(collection: Collection) -> str:
    """Return one hash over every input of a collection and the program itself: the same hash, the same results."""
    return source_of(hash_inputs(collection))


def source_of(inputs: dict[str, str]) -> str:
    """Return the `source_hash` of a collection whose files were hashed already."""
    return hashlib.sha256(json.dumps(_source(inputs), sort_keys=True).encode()).hexdigest()


def hash_inputs(collection: Collection) -> dict[str, str]:
    """Return the SHA-256 of every file that loading reads, by its path within the collection."""
    paths = [*workbook_files(collection), *(collection.folder / name for name in SETTINGS_FILES)]
    return {collection.file_name(path): hash_file(path) for path in paths if path.is_file()}


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, or `UNREADABLE`."""
    try:
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size < _AT_ONCE:  # the way for large files takes longer to begin
                return hashlib.sha256(stream.read()).hexdigest()
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:  # open in Excel, or no right to read: loading reports it; here it only must not look unchanged
        return UNREADABLE


def version() -> str:
    """Return this package's version; a copy that was never installed has none."""
    try:
        return metadata.version("dangvien_analysis")
    except metadata.PackageNotFoundError:
        return "chưa cài đặt"


@lru_cache(maxsize=1)
def package_hash() -> str:
    """Return one hash over the package's code, vocabulary and templates: results may differ when it does."""
    paths = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.relative_to(PACKAGE).as_posix()):
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))  # a Windows checkout is the same program
    return digest.hexdigest()


def _source(inputs: dict[str, str]) -> dict:
    return {"package": package_hash(), "inputs": dict(sorted(inputs.items()))}


def _write(folder: Path, returns: Returns) -> None:
    frames = {name: getattr(returns, name) for name in FRAMES}
    for name, frame in frames.items():
        frame.to_parquet(folder / f"{name}.parquet", index=False)
    listing.write_workbook(folder / "counts.xlsx", **frames, collection=returns.collection)
    listing.dictionary().to_csv(folder / "dictionary.csv", index=False, encoding="utf-8-sig", lineterminator="\n")
    (folder / "dictionary.md").write_text(listing.dictionary_markdown(), encoding="utf-8", newline="\n")
    (folder / "meta.json").write_text(_meta(returns), encoding="utf-8", newline="\n")


def _meta(returns: Returns) -> str:
    # What was read is what the frame says was read; a file that changed since makes the store out of date.
    inputs = dict(zip(returns.files["file"], returns.files["sha256"], strict=True))
    settings = {name: value for name, value in hash_inputs(returns.collection).items() if name in SETTINGS_FILES}
    rows = {name: len(getattr(returns, name)) for name in FRAMES}
    meta = {"version": version(), "collection": returns.collection.id, "rows": rows}
    return json.dumps(meta | {"source": _source(inputs | settings)}, ensure_ascii=False, indent=1) + "\n"


def _read_meta(folder: Path) -> str | None:
    try:
        return (folder / "meta.json").read_text(encoding="utf-8")
    except OSError:
        return None


def _read_frames(folder: Path) -> dict[str, pd.DataFrame] | None:
    try:
        return {name: pd.read_parquet(folder / f"{name}.parquet").astype(types) for name, types in FRAMES.items()}
    except OSError:  # swapped away while it was read
        return None
    except (KeyError, ValueError) as error:
        raise SettingsError(
            f"Số liệu trong {folder} do một phiên bản khác của chương trình ghi; "
            f"hãy chạy «dangvien load {folder.name}» rồi làm lại."
        ) from error


def _swapping(folder: Path) -> bool:
    return any(folder.parent.glob(f".{folder.name}.old-*"))


def _swap_in(fresh: Path, folder: Path) -> None:
    """Put `fresh` where `folder` is: two renames, and again when another writer came between."""
    for _ in range(TRIES):
        old = folder.with_name(f".{folder.name}.old-{uuid4().hex}")
        with suppress(FileNotFoundError):
            _move_away(folder, old)
        try:
            fresh.rename(folder)
        except OSError:
            with suppress(OSError):
                old.rename(folder)  # a reader must not wait for us
            time.sleep(PAUSE)
        else:
            return
        finally:
            shutil.rmtree(old, ignore_errors=True)
    raise _in_use(folder)


def _move_away(folder: Path, old: Path) -> None:
    """Rename `folder`; on Windows that waits a moment for whoever has a file of it open."""
    for _ in range(TRIES):
        try:
            folder.rename(old)
        except PermissionError:
            time.sleep(PAUSE)
        else:
            return
    raise _in_use(folder)


def _in_use(folder: Path) -> SettingsError:
    return SettingsError(
        f"Không thay được thư mục {folder} vì có chương trình đang mở tệp trong đó; "
        "hãy đóng Excel và các cửa sổ đang xem thư mục này rồi chạy lại."
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"Không tạo được thư mục {folder} ({reason(error)}); hãy kiểm tra quyền ghi.") from error


def _remove_leftovers(folder: Path) -> None:
    for leftover in folder.parent.glob(f".{folder.name}.*-*"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > LEFTOVER_AGE:
                shutil.rmtree(leftover, ignore_errors=True)
