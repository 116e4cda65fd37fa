"""Sheets that a person opens in Excel or WPS: tables of texts, words, numbers and times, as the bytes of one XLSX file.

    answers = Sheet(t("sheet.answers"), [t("sheet.when"), t("sheet.words")], [[given.at, given.words]])
    return Reply.say(t("sheet.sent"), document=workbook([answers], reader_of(req)), file_name="kehu-answers.xlsx")

What somebody typed is a string of characters in its cell and nothing else: never a formula, a link or a number. The
file lies in memory only. Its name goes through Telegram and lies on phones: it holds no personal data.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.kit.reply import Text, plain
from handlers.kit.request import Request
from handlers.kit.texts import Reader, label

Cell = Text | str | int | float | date | datetime | None

#: https://support.microsoft.com/office/excel-specifications-and-limits: rows, and characters of a cell, in UTF-16.
ROWS_MAX, CELL_MAX = 1_048_576, 32_767
#: How wide a column may become, in characters; longer words are wrapped.
WIDTH_MAX = 48
_MOMENT, _DAY = "yyyy-mm-dd hh:mm", "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: what it is called (at most 31 characters, none of `[]:*?/\\`), its head, and its rows.

    A `Text` is said in the reader's language, a str is somebody's own words, a datetime is shown in the reader's zone;
    None leaves a cell empty. No row is longer than the head.
    """

    name: Text
    head: Sequence[Text]
    rows: Sequence[Sequence[Cell]]


def reader_of(req: Request) -> Reader:
    """The reader of a sheet: the person who asked for it."""
    return Reader(req.actor.language, req.actor.zone, req.now)


def workbook(sheets: Sequence[Sheet], reader: Reader) -> bytes:
    """The sheets as one file, in a reader's language and zone."""
    import xlsxwriter  # rarely needed, and 150 ms to load

    file = io.BytesIO()
    # in_memory: or the rows would lie in the open in a temporary file.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": _local(reader.now, reader)})
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "moment": book.add_format({"num_format": _MOMENT, "valign": "top"}),
        "day": book.add_format({"num_format": _DAY, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }
    for sheet in sheets:
        page = book.add_worksheet(label(sheet.name, reader))
        page.freeze_panes(1, 0)
        widths = [8] * len(sheet.head)
        for row, cells in enumerate([sheet.head, *sheet.rows[: ROWS_MAX - 1]]):
            for column, cell in enumerate(cells):
                said = _said(cell, reader)
                match said:
                    case None:
                        continue
                    case str():
                        page.write_string(row, column, _fitting(said), formats["words" if row else "head"])
                    case datetime():
                        page.write_datetime(row, column, said, formats["moment"])
                    case date():
                        page.write_datetime(row, column, said, formats["day"])
                    case _:
                        page.write_number(row, column, said, formats["number"])
                widths[column] = max(widths[column], _width(said))
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
    book.close()
    return file.getvalue()


def _said(cell: Cell, reader: Reader) -> str | int | float | date | datetime | None:
    match cell:
        case Text():
            return label(cell, reader)
        case str():
            return label(plain(cell), reader)
        case datetime():
            return _local(cell, reader)
    return cell


def _local(moment: datetime, reader: Reader) -> datetime:
    """A sheet's times have no zone."""
    return moment.astimezone(ZoneInfo(reader.zone)).replace(tzinfo=None)


def _fitting(words: str) -> str:
    """As much of them as a cell holds."""
    return (
        words
        if len(words) <= CELL_MAX // 2
        else words.encode("utf-16-le")[: CELL_MAX * 2].decode("utf-16-le", "ignore")
    )


def _width(said: str | float | date) -> int:
    """The width of a cell in characters; Chinese ones count twice."""
    if not isinstance(said, str):
        return len(_MOMENT) if isinstance(said, date) else 8
    longest = max(said.splitlines() or [""], key=len)
    return min(sum(2 if ord(char) > 0x2E7F else 1 for char in longest[:WIDTH_MAX]) + 2, WIDTH_MAX)
