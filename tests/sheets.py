"""Reads an XLSX file as Excel would, cell by cell: what each holds, and of which kind it is.

sheets = read(data)          #  {"答案": [[Cell("s", "时间"), …], …]}
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple
from xml.etree import ElementTree as ET

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Cell(NamedTuple):
    """A cell's kind (`s`: a string, `n`: a number or time, `f`: a formula) and its value."""

    kind: str
    value: str


def read(data: bytes) -> dict[str, list[list[Cell]]]:
    """Every sheet's rows by its name; an empty cell is left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        strings = [_words(item) for item in _root(file, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]
        names = [str(sheet.get("name")) for sheet in _root(file, "xl/workbook.xml").iter(f"{_MAIN}sheet")]
        pages = [_root(file, f"xl/worksheets/sheet{place}.xml") for place in range(1, len(names) + 1)]
    return {
        name: [[_cell(cell, strings) for cell in row.iter(f"{_MAIN}c")] for row in page.iter(f"{_MAIN}row")]
        for name, page in zip(names, pages, strict=True)
    }


def values(data: bytes) -> dict[str, list[list[str]]]:
    """The same without the kinds."""
    return {name: [[cell.value for cell in row] for row in rows] for name, rows in read(data).items()}


def _root(file: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(file.read(name)) if name in file.namelist() else ET.Element("none")


def _words(item: ET.Element) -> str:
    text = "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))
    return re.sub(r"_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), text)


def _cell(cell: ET.Element, strings: list[str]) -> Cell:
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.find(f"{_MAIN}f") is not None:
        return Cell("f", value)
    return Cell("s", strings[int(value)]) if cell.get("t") == "s" else Cell("n", value)
