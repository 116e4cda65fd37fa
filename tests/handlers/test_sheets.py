"""Sheets: what somebody typed is characters in a cell, whatever it looks like."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.reply import plain, t
from handlers.kit.sheets import CELL_MAX, Sheet, workbook
from handlers.kit.texts import Reader
from tests.house import BEGIN
from tests.sheets import Cell, read, values

NOON = BEGIN.replace(hour=12)
ZH = Reader("zh", "Asia/Shanghai", BEGIN)


def test_a_sheet_speaks_its_readers_language_and_time() -> None:
    sheet = Sheet(
        plain("表"), [t("field.name"), plain("when"), plain("n")], [["张三", NOON, 5], [None, date(2026, 11, 20), 1.5]]
    )
    # 46346 is 2026-11-20 in the days since 1899-12-30 that a sheet counts.
    assert values(workbook([sheet], ZH)) == {"表": [["姓名", "when", "n"], ["张三", "46346.5", "5"], ["46346", "1.5"]]}
    english = read(workbook([sheet], Reader("en", "Africa/Cairo", BEGIN)))["表"]
    assert english[0][0] == Cell("s", "Name")
    assert english[1][1] == Cell("n", "46346.25")


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "=HYPERLINK(\"http://evil\")", "+861380", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "http://evil.example",
     "0138", "mailto:a@b.c", "{=1}", "=cmd|' /C calc'!A0", "<b>x</b> & y", "a\u202eb", "file:///etc/passwd"],
)  # fmt: skip
def test_words_are_words(typed: str) -> None:
    data = workbook([Sheet(plain("x"), [plain("h")], [[typed]])], ZH)
    assert read(data)["x"][1] == [Cell("s", typed.replace("\u202e", ""))]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert not [name for name in file.namelist() if "rels" in name and b"evil" in file.read(name)]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_words_make_a_file_that_opens(typed: str) -> None:
    rows = read(workbook([Sheet(plain("x"), [plain("h"), plain("n")], [[typed, 1]])], ZH))["x"]
    assert [cell.kind for cell in rows[1]][-1] == "n"
    assert all(cell.kind != "f" for cell in rows[1])


def test_words_that_no_cell_holds_are_cut() -> None:
    rows = read(workbook([Sheet(plain("x"), [plain("h")], [["😀" * 20_000], ["a" * 40_000]])], ZH))["x"]
    assert rows[1][0].value == "😀" * (CELL_MAX // 2)
    assert rows[2][0].value == "a" * CELL_MAX
