"""Read `collection.toml`: every key known, every value of its kind, every id once."""

import re
import tomllib
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import Any

from dangvien_analysis.settings.model import (
    ISSUERS,
    Break,
    Collection,
    FormerName,
    Organisation,
    Published,
    School,
    SettingsError,
)
from dangvien_analysis.settings.values import (
    any_text,
    day,
    flag,
    period_list,
    refuse_unknown,
    school_id,
    section_of,
    sections_of,
    take,
    text,
    texts,
    whole,
    wholes,
)
from dangvien_analysis.system_errors import reason

SECTIONS = ("collection", "organisation", "schools", "aliases", "published", "context", "proposal", "breaks")
HEAD = ("title", "periods", "as_of", "deadline", "illustrative")
PROPOSED = ("student", "staff")
ALIAS_FACETS = ("school", "period", "group", "breakdown", "measure", "kind", "cohort", "reason", "role")


def read_collection(folder: Path, path: Path) -> Collection:
    """Return the collection that lies in `folder` and is described by the file `path`."""
    data = _read_toml(path)
    refuse_unknown(data, SECTIONS, str(path))
    head, where = section_of(data, "collection", str(path)), f"{path}, mục [collection]"
    refuse_unknown(head, HEAD, where)
    return Collection(
        id=folder.name,
        folder=folder,
        title=take(head, "title", text, where),
        periods=take(head, "periods", period_list, where, ()),
        as_of=take(head, "as_of", day, where, None),
        deadline=take(head, "deadline", day, where, None),
        illustrative=take(head, "illustrative", flag, where, False),
        organisation=_organisation(section_of(data, "organisation", str(path)), f"{path}, mục [organisation]"),
        schools=_schools(sections_of(data, "schools", str(path)), f"{path}, mục [[schools]]"),
        aliases=_aliases(section_of(data, "aliases", str(path)), f"{path}, mục [aliases]"),
        published=_published(sections_of(data, "published", str(path)), f"{path}, mục [[published]]"),
        context=_context(section_of(data, "context", str(path)), f"{path}, mục [context]"),
        proposal=_proposal(section_of(data, "proposal", str(path)), f"{path}, mục [proposal]"),
        breaks=_breaks(sections_of(data, "breaks", str(path)), f"{path}, mục [[breaks]]"),
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Notepad writes a byte order mark
    except UnicodeDecodeError as error:
        raise SettingsError(f"Tệp {path} không phải mã UTF-8; hãy mở bằng Notepad và lưu lại với mã UTF-8.") from error
    except OSError as error:
        raise SettingsError(f"Không mở được tệp {path} ({reason(error)}); hãy kiểm tra quyền đọc tệp.") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"ở dòng {line[1]}" if line else "ở cuối tệp"
        raise SettingsError(
            f"Tệp {path} viết sai {place}; thường do thiếu dấu ngoặc kép, thiếu dấu phẩy hoặc một mục ghi hai lần."
        ) from error


def _organisation(section: dict[str, Any], where: str) -> Organisation:
    refuse_unknown(section, _names(Organisation), where)
    found = {key: take(section, key, any_text, where) for key in section}
    if (issuer := found.get("issuer", "board")) not in ISSUERS:
        raise SettingsError(
            f"{where}: issuer là «{issuer}», chỉ được là «board» (văn bản của ban) hoặc «committee» (của cấp ủy)."
        )
    return Organisation(**found)


def _schools(entries: list[dict[str, Any]], where: str) -> tuple[School, ...]:
    schools = tuple(_school(entry, where) for entry in entries)
    ids = [school.id for school in schools]
    if twice := [key for key, times in Counter(ids).items() if times > 1]:
        raise SettingsError(f"{where}: mã trường «{twice[0]}» ghi hai lần; mỗi trường cần một mã riêng.")
    for school in schools:
        _check_successor(school, ids, where)
    return schools


def _check_successor(school: School, ids: list[str], where: str) -> None:
    if school.successor is None:
        return
    if school.successor not in ids:
        raise SettingsError(
            f"{where}: trường «{school.id}» có successor «{school.successor}» không có trong danh sách; "
            f"các mã hiện có: {', '.join(ids)}."
        )
    if school.successor == school.id:
        raise SettingsError(f"{where}: trường «{school.id}» có successor là chính nó; hãy ghi mã của trường mới.")
    if school.valid_to is None:
        raise SettingsError(
            f"{where}: trường «{school.id}» có successor nhưng thiếu valid_to; hãy thêm ngày cuối cùng của trường."
        )


def _school(entry: dict[str, Any], where: str) -> School:
    where = f"{where}, trường «{entry.get('id', entry.get('name', '?'))}»"
    refuse_unknown(entry, _names(School), where)
    school = School(
        id=take(entry, "id", school_id, where),
        name=take(entry, "name", text, where),
        aliases=take(entry, "aliases", texts, where, ()),
        valid_from=take(entry, "valid_from", day, where, None),
        valid_to=take(entry, "valid_to", day, where, None),
        successor=take(entry, "successor", text, where, None),
        former=take(entry, "former", _former, where, ()),
    )
    if school.valid_from and school.valid_to and school.valid_to < school.valid_from:
        raise SettingsError(f"{where}: valid_to đứng trước valid_from; hãy sửa một trong hai ngày.")
    return school


def _former(value: Any, where: str) -> tuple[FormerName, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise SettingsError(f'{where}: phải viết dạng [{{name = "Trường THPT …", until = 2025-06-30}}].')
    for entry in value:
        refuse_unknown(entry, _names(FormerName), where)
    return tuple(
        FormerName(take(entry, "name", text, where), take(entry, "until", day, where))
        for entry in sorted(value, key=lambda entry: str(entry.get("until")))
    )


def _breaks(entries: list[dict[str, Any]], where: str) -> tuple[Break, ...]:
    for entry in entries:
        refuse_unknown(entry, _names(Break), where)
    return tuple(Break(take(entry, "day", day, where), take(entry, "text", text, where)) for entry in entries)


def _aliases(section: dict[str, Any], where: str) -> dict[str, dict[str, str]]:
    aliases = {}
    for phrase, meaning in section.items():
        here = f"{where}, «{phrase}»"
        if not isinstance(meaning, dict) or not meaning:
            raise SettingsError(f'{here}: phải viết dạng «"{phrase}" = {{group = "student"}}».')
        refuse_unknown(meaning, ALIAS_FACETS, here)
        aliases[phrase] = {facet: text(value, f"{here}, {facet}") for facet, value in meaning.items()}
    return aliases


def _published(entries: list[dict[str, Any]], where: str) -> tuple[Published, ...]:
    for entry in entries:
        refuse_unknown(entry, _names(Published), where)
    return tuple(
        Published(
            group=take(entry, "group", text, where),
            measure=take(entry, "measure", text, where),
            periods=take(entry, "periods", period_list, where),
            n=take(entry, "n", whole, where),
            source=take(entry, "source", text, where),
            note=take(entry, "note", any_text, where, ""),
        )
        for entry in entries
    )


def _context(section: dict[str, Any], where: str) -> dict[str, str]:
    return {key: text(value, f"{where}, {key}") for key, value in section.items()}


def _proposal(section: dict[str, Any], where: str) -> dict[str, tuple[int, ...]]:
    refuse_unknown(section, PROPOSED, where)
    return {group: take(section, group, wholes, where) for group in section}


def _names(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))
