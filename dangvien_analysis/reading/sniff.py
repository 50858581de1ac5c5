"""What a file holds, told from its first bytes and its parts: names lie."""

import re
from pathlib import PurePath

from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.parts import Package
from dangvien_analysis.reading.refusal import Unreadable, not_a_workbook

XLSX, XLS, ODS = "xlsx", "xls", "ods"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x00\x07\x00")
_SIGNATURES = (
    (b"%PDF", "tệp PDF"),
    (b"{\\rtf", "văn bản RTF"),
    (b"\x89PNG", "ảnh"),
    (b"\xff\xd8\xff", "ảnh"),
    (b"GIF8", "ảnh"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén GZIP"),
)
_OLE_STREAMS = (
    ("Workbook", XLS),
    ("Book", XLS),
    ("WordDocument", "văn bản Word"),
    ("PowerPoint Document", "bản trình chiếu PowerPoint"),
)
_OFFICE_PARTS = (
    ("word/document.xml", "văn bản Word"),
    ("ppt/presentation.xml", "bản trình chiếu PowerPoint"),
    ("index/document.iwa", "bảng tính Numbers của Apple"),
)
_MARKUP = re.compile(rb"<(?:!doctype html|html|head|body|table|meta|script|style|div)\b", re.IGNORECASE)
_JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


def is_lock_file(name: str) -> bool:
    """Tell whether a file's name is that of a lock file of Excel or LibreOffice."""
    return name.startswith(("~$", ".~lock."))


def is_junk(name: str) -> bool:
    """Tell whether a file's name is one that an operating system gives to files of its own."""
    return name.lower() in _JUNK_NAMES


def sniff(data: bytes, name: str) -> tuple[str, Package | None]:
    """Return the format of a workbook, with its parts if it is a zip file.

    Raises Unreadable for anything that is not an .xlsx, .xlsm, .xls or .ods inside, saying what it is.
    """
    extension = PurePath(name).suffix.lower()
    if not data:
        raise Unreadable(refusal.EMPTY)
    if data.startswith(_OLE):
        return _sniff_ole(data, extension), None
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        package = Package(data)
        return _sniff_zip(package, extension), package
    if data.startswith(_OLD_BIFF):
        raise Unreadable(refusal.OLD_EXCEL)
    if data.startswith((b"\x09\x08\x08\x00\x00\x05", b"\x09\x08\x10\x00\x00\x06")):
        return XLS, None  # the workbook's stream by itself, without the compound document around it
    if not data.strip(b"\0"):
        raise Unreadable(refusal.TRUNCATED)
    raise not_a_workbook(extension, _describe(data))


def _sniff_ole(data: bytes, extension: str) -> str:
    def holds(stream: str) -> bool:
        return (stream + "\0").encode("utf-16-le") in data

    content = next((content for stream, content in _OLE_STREAMS if holds(stream)), None)
    if content == XLS:
        return XLS
    if holds("EncryptedPackage"):
        raise Unreadable(refusal.ENCRYPTED)
    if content is None:
        raise Unreadable(refusal.DAMAGED)
    raise not_a_workbook(extension, content)


def _sniff_zip(package: Package, extension: str) -> str:
    if "xl/workbook.bin" in package:
        raise Unreadable(refusal.XLSB)
    if "mimetype" in package and "content.xml" in package:
        return _sniff_opendocument(package, extension)
    content = next((content for part, content in _OFFICE_PARTS if part in package), None)
    if content is None and "[Content_Types].xml" not in package and "_rels/.rels" not in package:
        content = "tệp nén ZIP"
    if content is not None:
        raise not_a_workbook(extension, content)
    return XLSX


def _sniff_opendocument(package: Package, extension: str) -> str:
    mimetype = package.read("mimetype")
    if b"opendocument.spreadsheet" not in mimetype:
        raise not_a_workbook(extension, "văn bản OpenDocument")
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable(refusal.ENCRYPTED)
    return ODS


def _describe(data: bytes) -> str:
    for signature, content in _SIGNATURES:
        if data.startswith(signature):
            return content
    start = data[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", errors="ignore").encode()
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _MARKUP.search(start):
        return "trang web (HTML)"
    if start.startswith(b"<"):
        return "tệp XML"
    if start.startswith((b"{", b"[")):
        return "dữ liệu JSON"
    if start.startswith(b"MIME-Version:"):
        return "trang web lưu trữ (MHT)"
    return "văn bản thuần hoặc CSV" if _looks_like_text(start) else "dữ liệu không rõ loại (tệp có thể đã bị hỏng)"


def _looks_like_text(start: bytes) -> bool:
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in start)
