"""From a folder of returns to counts and findings, in one call.

What is in a file never raises: it becomes findings, and every other file is read all the same. Only when nothing
could be looked at is there an error, with what to do.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from os.path import commonpath
from pathlib import Path

import pandas as pd

from dangvien_analysis import checks, returns, store
from dangvien_analysis.frames import Finding, files_frame, findings_frame
from dangvien_analysis.settings import COLLECTION_FILE, Collection, SettingsError, find_collection, workbook_files
from dangvien_analysis.store import Returns
from dangvien_analysis.workbook import Workbook, read_workbooks

What = str | Path | Sequence[str | Path]
Progress = Callable[[int, int, str], None]

CHUNK = 16  # files handed to a worker at a time: starting its reading process is paid once for all of them


def load_returns(what: What, executor: Executor | None = None, progress: Progress | None = None) -> Returns:
    """Read a collection (by name or folder), one file, or a list of files.

    `executor` (a pool, or a cluster's) opens the files in parallel; `progress(done, of, file)` is told of each.
    Raises SettingsError when there is no such folder, no file in it, or its `collection.toml` cannot be read.
    """
    collection, paths = _resolve(what)
    names = {path: _name(path, collection.folder) for path in paths}
    # Before reading: a file that changes meanwhile then looks changed afterwards, and is read again next time.
    hashes = {names[path]: store.hash_file(path) for path in paths}
    workbooks: list[tuple[str, Workbook]] = []
    for path, workbook in _read(paths, executor):
        workbooks.append((names[path], workbook))
        if progress:
            progress(len(workbooks), len(paths), names[path])
    counts, found = returns.read_returns(workbooks, collection)
    files = _files(hashes, workbooks, counts, found)
    found = [*found, *checks.run_checks(counts, collection)]
    return Returns(counts, findings_frame(found), _with_problems(files, found), collection)


def current_returns(name: str | Path, progress: Progress | None = None) -> Returns:
    """Return what is stored when it still is what the files say, else read the files; nothing is written.

    A notebook thus runs by itself on a fresh copy of the project, and never shows yesterday's numbers.
    """
    collection = find_collection(name)
    if store.is_current(collection):
        return store.open_store(name)
    return load_returns(name, progress=progress)


def _resolve(what: What) -> tuple[Collection, list[Path]]:
    if isinstance(what, (str, Path)):
        if Path(what).is_file():
            return _of_files([Path(what)])
        collection = find_collection(what)
        paths = workbook_files(collection)
        if not paths:
            raise SettingsError(
                f"Thư mục {collection.folder} chưa có tệp báo cáo nào; hãy chép các tệp Excel vào đó rồi chạy lại."
            )
        return collection, paths
    return _of_files([Path(path) for path in what])


def _of_files(paths: list[Path]) -> tuple[Collection, list[Path]]:
    """Take single files as a part of the collection they lie in, so that its schools and wordings are known."""
    if not paths:
        raise SettingsError("Danh sách tệp trống; hãy nêu ít nhất một tệp báo cáo.")
    if missing := [path for path in paths if not path.is_file()]:
        raise SettingsError(f"Không có tệp «{missing[0]}»; hãy kiểm tra lại đường dẫn.")
    paths = list(dict.fromkeys(path.resolve() for path in paths))
    folder = Path(commonpath([path.parent for path in paths]))
    home = next((above for above in (folder, *folder.parents) if (above / COLLECTION_FILE).is_file()), folder)
    return find_collection(home), paths


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _read(paths: list[Path], executor: Executor | None) -> Iterator[tuple[Path, Workbook]]:
    """Open the files in their order, so that a pool and a plain loop give the same result."""
    if executor is None:
        yield from read_workbooks(paths)
        return
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    for read in executor.map(_read_chunk, chunks):
        yield from read


def _read_chunk(paths: list[Path]) -> list[tuple[Path, Workbook]]:
    return list(read_workbooks(paths))


def _files(
    hashes: dict[str, str],
    workbooks: Iterable[tuple[str, Workbook]],
    counts: pd.DataFrame,
    found: Iterable[Finding],
) -> pd.DataFrame:
    """Return the files frame: a file is partial when it was opened and something in it was not taken."""
    numbers = counts.groupby("file").size()
    failed = {finding.file for finding in found if finding.level == "error"}
    opened = {name: sum(not sheet.hidden for sheet in workbook.sheets) for name, workbook in workbooks}
    return files_frame(
        {
            "file": name,
            "sha256": sha256,
            "status": _status(opened[name], name in failed),
            "sheets": opened[name],
            "counts": int(numbers.get(name, 0)),
        }
        for name, sha256 in hashes.items()
    )


def _status(sheets: int, failed: bool) -> str:
    if not sheets:
        return "not_read"
    return "partial" if failed else "read"


def _with_problems(files: pd.DataFrame, found: Iterable[Finding]) -> pd.DataFrame:
    tally = Counter((finding.file, finding.level) for finding in found)
    return files.assign(
        errors=pd.array([tally[name, "error"] for name in files["file"]], dtype="Int64"),
        warnings=pd.array([tally[name, "warning"] for name in files["file"]], dtype="Int64"),
    )
