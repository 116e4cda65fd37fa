"""Merges a description of a customer into what is known: fills what is missing, replaces nothing.

>>> additions(CustomerWords(name="张三"), CustomerWords(name="张三", title="采购"))
([Addition(key='title', value='采购', new='采购')], [])
"""

from __future__ import annotations

from typing import NamedTuple

from store.rules import company, pinyin
from store.rules.models import CustomerWords, Phone
from store.rules.script import fold

#: How many numbers, and how many addresses, a customer has at most.
CONTACTS_MOST = 5


class Addition(NamedTuple):
    """A field that gains something: its whole new value as JSON, and of it what is new."""

    key: str
    value: object
    new: object


def additions(one: CustomerWords, more: CustomerWords) -> tuple[list[Addition], list[str]]:
    """What `more` adds to `one`, field by field; and the values of `more` that contradict `one`."""
    added, otherwise = [], list[str]()
    told = more.model_dump(mode="json")
    for key in CustomerWords.model_fields:
        there, said = getattr(one, key), getattr(more, key)
        if key == "name" or not said:
            continue
        if isinstance(said, tuple):
            known = {_same(each) for each in there}
            news = [each for each in said if _same(each) not in known]
            room = max(CONTACTS_MOST - len(there), 0)
            otherwise += [each.raw or each.e164 if isinstance(each, Phone) else str(each) for each in news[room:]]
            if news[:room]:
                added.append(Addition(key, _json([*there, *news[:room]]), _json(news[:room])))
        elif not there:
            added.append(Addition(key, told[key], told[key]))
        elif isinstance(said, str) and _telling(key, said) != _telling(key, there):
            otherwise.append(said)
    return added, otherwise


def person(name: str, firm: str) -> str | None:
    """The key by which somebody without a contact is recognised: the sound of the name, and the distinctive part of the
    company.
    """
    sound, core = pinyin.folded(name), company.core(firm) if firm.strip() else ""
    return f"{sound}|{core}" if sound and core else None


def _same(each: object) -> str:
    return each.e164 or each.raw if isinstance(each, Phone) else fold(str(each))


def _telling(key: str, text: str) -> str:
    return company.core(text) if key == "company" else fold(text)


def _json(values: list[object]) -> list[object]:
    return [each.model_dump() if isinstance(each, Phone) else each for each in values]
