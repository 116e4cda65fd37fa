"""Keys become sentences: the two catalogues, and the only place where user text meets HTML.

    render(t("customer.saved", name="<张三>"), Reader("zh", "Asia/Shanghai", now))  →  已保存 <b>&lt;张三&gt;</b>

A catalogue is a TOML file of dotted keys with named placeholders. Where English needs a plural the entry is a table
with `one` and `other`, chosen by the placeholder `n`. Markup is written in the catalogues (Telegram's HTML subset,
https://core.telegram.org/bots/api#html-style); what people typed is escaped here, once.
"""

from __future__ import annotations

import html
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from handlers.kit.moments import day, moment
from handlers.kit.reply import Param, Text

LANGUAGES = ("zh", "en")
_SLOT = re.compile(r"\{(\w+)\}")
#: What is left out of everybody's words: control characters, and those that turn or override the direction of what
#: follows (https://www.unicode.org/reports/tr9/, section 2): a customer's would turn our own words around.
_UNSEEN = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
#: Letters and symbols by category that are blank all the same.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")

Entry = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader for whom a text is rendered: language, IANA time zone, and the instant from which "tomorrow" is
    counted.
    """

    language: str
    zone: str
    now: datetime


@cache
def catalogue(language: str) -> dict[str, Entry]:
    """Every key of a language, dotted."""
    text = files("handlers").joinpath("texts", f"{language}.toml").read_text(encoding="utf-8")
    flat: dict[str, Entry] = {}
    _flatten(tomllib.loads(text), "", flat)
    return flat


def _flatten(tree: dict[str, Any], prefix: str, flat: dict[str, Entry]) -> None:
    for name, value in tree.items():
        if isinstance(value, dict) and value.keys() != {"one", "other"}:
            _flatten(value, f"{prefix}{name}.", flat)
        else:
            flat[prefix + name] = value


def render(text: Text, reader: Reader) -> str:
    """A text as Telegram's HTML. Raises KeyError for a key or parameter that does not exist."""
    entry = catalogue(reader.language)[text.key]
    if isinstance(entry, dict):
        entry = entry["one" if text.params.get("n") == 1 else "other"]
    return _SLOT.sub(lambda slot: _say(text.params[slot[1]], reader), entry)


def label(text: Text, reader: Reader) -> str:
    """A text without markup, for buttons and keyboards."""
    return html.unescape(re.sub(r"<[^>]*>", "", render(text, reader)))


def language_of(code: str, default: str) -> str:
    """The language to begin with, from Telegram's `language_code` (IETF tag): Chinese of any kind is zh."""
    if not code:
        return default
    return "zh" if code.lower().startswith("zh") else "en"


def _say(value: Param, reader: Reader) -> str:
    if isinstance(value, Text):
        return render(value, reader)
    if isinstance(value, datetime):
        return html.escape(moment(value, reader.now, ZoneInfo(reader.zone), reader.language))
    if isinstance(value, date):
        today = reader.now.astimezone(ZoneInfo(reader.zone)).date()
        return html.escape(day(value, today, reader.language))
    if isinstance(value, int | float):
        return f"{value:,}"
    return html.escape(value.translate(_UNSEEN), quote=False)


def shows(text: str) -> bool:
    """Whether a person sees anything of a text. Telegram refuses a message or a button of which nothing is seen."""
    return any(unicodedata.category(char)[0] not in "ZCM" and char not in _BLANK_LETTERS for char in text)
