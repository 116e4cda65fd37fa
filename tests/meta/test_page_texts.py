"""The demo page's own words and colours, read from its files."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "bot/demo/page"


def test_every_text_of_the_page_is_used_and_every_used_text_is_there() -> None:
    texts = (PAGE / "texts.js").read_text(encoding="utf-8").partition("export const LINES")[0]
    zh, en = (set(re.findall(r'^    "?([\w.]+)"?: "', half, re.MULTILINE)) for half in texts.split("  en: {"))
    assert zh == en
    code = "".join(path.read_text(encoding="utf-8") for path in PAGE.glob("*.js") if path.name != "texts.js")
    families = set(re.findall(r"\bt\(\s*`([\w.]+)\.\$", code))
    named = set(re.findall(r'\bt\(\s*"([\w.]+)"', code))
    assert named <= zh
    quoted = set(re.findall(r'"([\w.]+)"', code))
    assert {key for key in zh - quoted if key.rpartition(".")[0] not in families} == set()
