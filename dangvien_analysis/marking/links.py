"""The relations between the parts of a workbook file, and the list of what each part is."""

from posixpath import join, normpath
from typing import NamedTuple
from urllib.parse import unquote

from dangvien_analysis.marking.outline import as_bytes, quoted
from dangvien_analysis.reading.parts import Package, parse_xml

CONTENT_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Link(NamedTuple):
    """A relation of a part: `target` is the name of another part, or an address outside."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of its type, the same in strict and in transitional files."""
        return self.type.rpartition("/")[2]


def relations_name(part: str) -> str:
    """Return the name of the part that holds the relations of `part`, those of the file itself for ""."""
    folder, _, base = part.rpartition("/")
    return f"{folder}/_rels/{base}.rels".lstrip("/")


def read_links(package: Package, part: str) -> list[Link]:
    """Return the relations of a part; one that leads to a part that is not there is left out."""
    name = relations_name(part)
    found = [_link(entry.attrib, part) for entry in parse_xml(package.read(name))] if name in package else []
    return [link._replace(target=_spelt(package, link)) for link in found if link.external or link.target in package]


def _link(attributes: dict[str, str], part: str) -> Link:
    target, external = attributes.get("Target", ""), attributes.get("TargetMode") == "External"
    if not external:
        target = normpath(join("/", part.rpartition("/")[0], unquote(target.replace("\\", "/")))).lstrip("/")
    return Link(attributes.get("Id", ""), attributes.get("Type", ""), target, external)


def _spelt(package: Package, link: Link) -> str:
    return link.target if link.external else package.name(link.target)


def links_xml(links: list[Link]) -> bytes:
    """Return the part that holds these relations; none of them leads outside."""
    entries = "".join(
        f'<Relationship Id="{quoted(link.id)}" Type="{quoted(link.type)}" Target="/{quoted(link.target)}"/>'
        for link in links
    )
    return as_bytes(f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{entries}</Relationships>')


def read_types(package: Package) -> tuple[dict[str, str], dict[str, str]]:
    """Return the content types by ending and by part, both in lower case."""
    endings, parts = {}, {}
    for entry in parse_xml(package.read(CONTENT_TYPES)):
        said = entry.get("ContentType", "")
        if entry.tag.endswith("}Default"):
            endings[entry.get("Extension", "").lower()] = said
        elif entry.tag.endswith("}Override"):
            parts[entry.get("PartName", "").lstrip("/").lower()] = said
    return endings, parts


def types_xml(endings: dict[str, str], parts: dict[str, str]) -> bytes:
    """Return the list of content types."""
    entries = "".join(f'<Default Extension="{quoted(e)}" ContentType="{quoted(t)}"/>' for e, t in endings.items())
    entries += "".join(f'<Override PartName="/{quoted(p)}" ContentType="{quoted(t)}"/>' for p, t in parts.items())
    return as_bytes(f'{_HEAD}<Types xmlns="{_TYPES}">{entries}</Types>')
