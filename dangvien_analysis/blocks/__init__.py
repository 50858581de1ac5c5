"""What a notebook shows, and what its HTML and PDF reports are made from.

A block is plain data: texts, rows of texts, one SVG. It carries no markup, so nothing that stood in a workbook can
become any, and both reports are made from the same list, so that they cannot differ.
"""

from dangvien_analysis.blocks.block import (
    MIME,
    Block,
    banner,
    bullets,
    heading,
    key_figures,
    letterhead,
    note,
    page_break,
    say,
    signature,
)
from dangvien_analysis.blocks.figures import figure
from dangvien_analysis.blocks.grids import table
from dangvien_analysis.blocks.notebook import ExecutionError, read_blocks
from dangvien_analysis.blocks.outline import arrange

__all__ = [
    "MIME",
    "Block",
    "ExecutionError",
    "arrange",
    "banner",
    "bullets",
    "figure",
    "heading",
    "key_figures",
    "letterhead",
    "note",
    "page_break",
    "read_blocks",
    "say",
    "signature",
    "table",
]
