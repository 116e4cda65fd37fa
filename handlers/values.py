"""How a value of each kind (words, choices, amounts, dates, places) is parsed from typed text and shown again.

handlers/fields.py builds customer fields from these, the built-in ones and the company's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from handlers.kit.form_model import Choice
from handlers.kit.reply import Param, Text, plain, t
from handlers.kit.request import Request
from handlers.kit.texts import LANGUAGES, catalogue, shows
from handlers.understand import known_days
from handlers.understand.answers import NO, YES
from store.errors import Invalid
from store.rules import areas
from store.rules.own_fields import Option
from store.rules.script import fold, has_han

Parse = Callable[[Request, str], Any]
Show = Callable[[Any], Param]
#: How many tags somebody carries, and how long one is.
TAGS_MOST, TAG_MOST = 20, 24
_BETWEEN_TAGS = re.compile(r"[,，、;；#＃\n|]+")


def words(field: str, most: int) -> Parse:
    """Some words on one line, cut at `most` characters."""

    def parse(_: Request, typed: str) -> str:
        text = " ".join(typed.split())
        if not shows(text):
            raise Invalid(field, typed)
        return text[:most]

    return parse


def one_of(kind: type[StrEnum], key: str, more: Sequence[Option] = ()) -> tuple[list[Choice], Parse]:
    """Choices of ours, with those that the owner added, and how they are typed: as the button says, in any language."""
    choices = [Choice(one.value, t(f"{texts_of(key)}.{one.value}")) for one in kind]
    choices += [Choice(str(one.id), plain(one.name)) for one in more]
    texts = texts_of(key)
    said = {fold(str(catalogue(language)[f"{texts}.{one.value}"])): one.value for one in kind for language in LANGUAGES}
    said |= {one.value: one.value for one in kind} | {fold(one.name): str(one.id) for one in more}
    return choices, _chosen(key, said)


def texts_of(key: str) -> str:
    """Where the names of a field's choices stand in the texts."""
    return key if key in ("level", "stage") else f"choice.{key}"


def option_of(options: Sequence[Option]) -> tuple[list[Choice], Parse]:
    """The choices of a field of the company's own; a value is an option's number."""
    choices = [Choice(one.id, plain(one.name)) for one in options]
    return choices, _chosen("option", {fold(one.name): one.id for one in options})


def yes_no() -> tuple[list[Choice], Parse]:
    """Yes and no."""
    said = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
    return [Choice(True, t("answer.yes")), Choice(False, t("answer.no"))], _chosen("yes_no", said)


def _chosen(field: str, said: dict[str, Any]) -> Parse:
    def parse(_: Request, typed: str) -> Any:
        known = said.get(fold(" ".join(typed.split())))
        if known is None:
            raise Invalid(field, typed)
        return known

    return parse


def number(_: Request, typed: str) -> int | float:
    """An amount."""
    from handlers.understand import amount  # brings the grammar of numerals with it: not every start needs it

    found = amount.read(typed)
    if found is None:
        raise Invalid("number", typed)
    return found


def day(req: Request, typed: str) -> str:
    """A day."""
    found = known_days.day(typed, req.now.astimezone(req.zone), req.zone)
    if found is None:
        raise Invalid("day", typed)
    return found


def birthday(_: Request, typed: str) -> str:
    """Month and day; what stands before them, a year, is asked for by itself."""
    found = known_days.birthday(typed)
    if found is None:
        raise Invalid("birthday", typed)
    return found[1]


def birth_year(req: Request, typed: str) -> int:
    """A year of birth."""
    found = known_days.year(typed, req.now.astimezone(req.zone))
    if found is None:
        raise Invalid("birth_year", typed)
    return found


def region(_: Request, typed: str) -> str:
    """A place as its code."""
    found = areas.read(typed)
    if found is None:
        raise Invalid("region", typed)
    return found


def tags(_: Request, typed: str) -> list[str]:
    """Tags, each once however it is written: by commas or #, Chinese ones by spaces too."""
    parts = _BETWEEN_TAGS.split(typed)
    if len([part for part in parts if part.strip()]) == 1 and has_han(typed):
        parts = typed.replace("#", " ").split()
    found = {fold(part): part for written in parts if shows(part := " ".join(written.split())[:TAG_MOST])}
    if not found:
        raise Invalid("tags", typed)
    return list(found.values())[:TAGS_MOST]


def show_words(value: Any) -> Param:
    """Words, and whatever is read as it is written."""
    return str(value)


def show_number(value: Any) -> Param:
    """An amount, grouped."""
    return value if isinstance(value, int | float) else str(value)


def show_tags(value: Any) -> Param:
    """Tags as they are written everywhere."""
    return " ".join(f"#{tag}" for tag in value)


def show_choice(key: str, names: Mapping[str, str]) -> Show:
    """A choice of ours by its text, one that the owner added by its name, retired or not; any other by a question
    mark: a list's button was edited.
    """

    def show(value: Any) -> Param:
        name, ours = names.get(str(value)), f"{texts_of(key)}.{value}"
        return name or (t(ours) if ours in catalogue(LANGUAGES[0]) else "?")

    return show


def show_birthday(value: Any) -> Text:
    """A birthday without its year."""
    month, _, of_month = str(value).partition("-")
    return t("report.day", month=t(f"report.months.{int(month)}"), day=int(of_month))


def show_yes_no(value: Any) -> Text:
    """Yes or no."""
    return t("answer.yes" if value else "answer.no")
