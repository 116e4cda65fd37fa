"""The way of one line through capture: shapes, labels, address, date, and at last who, which firm, what job.

`understood(text, now, zone, region)` is what `read` and `as_json` of the package stand on.
"""

import re
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from handlers.understand.capture import address, chatter, contacts, dates, inverted, labelled, passed_on, task
from handlers.understand.capture.choose import Known, settle
from handlers.understand.capture.line import Line
from handlers.understand.capture.model import Capture, Gender
from handlers.understand.verbs import recognise
from store.rules import phone
from store.rules.person_name import ADDRESS_GENDER, LATIN_GENDER, spoken

MOST = 1000
"""A card is shorter; what stands beyond goes to the rest unread, so that a long forwarded text costs no time."""

_CAME_BY = re.compile(r"(?:from|via|by|at|on|in|through) [a-z0-9 ]{1,24}:")
"""New lead from our website: …, what an order to add says before its colon."""

_REST = ("", "kept", "chatter", dates.SAID, passed_on.WRITER)
_ASIDE = ("region", "birthday", "gender", "salutation")
"""Fields of `Capture` that the JSON form has no key for."""


def _gender(line: Line, name: str, salutation: str) -> Gender | None:
    """What 男, 女, F, 先生, Mrs. tell, in this order of trust."""
    said = "".join(line.lower[at] for at, field in enumerate(line.field) if field == "gender").strip(" :=")
    if said.startswith(("女", "f")):
        return "female"
    if said.startswith(("男", "m")):
        return "male"
    address_word = salutation.lower().strip(".")
    told = spoken(name)
    return LATIN_GENDER.get(address_word) or ADDRESS_GENDER.get(address_word) or (told.gender if told else None)


def _unread(line: Line, region: str) -> None:
    """Digits that are no number we know, nor part of an address or a day, belong to nobody's name or firm."""
    for one in phone.unread(line.open, region):
        line.take(one.start, one.end, "kept")


class Understood(NamedTuple):
    """What a message says about one customer, and the rest as the JSON form has it, with what it has no key for."""

    capture: Capture
    rest: str
    #: What is to be done at the time of which it speaks, and the rest without that.
    task: str = ""
    beside: str = ""


def understood(text: str, now: datetime, zone: ZoneInfo, region: str) -> Understood:
    """A message taken apart."""
    line = Line(text)
    line.take(MOST, len(text), "kept")
    begin = chatter.take(line)
    verb = recognise(text[begin:])
    if verb is not None and verb.name == "add":
        start, end = begin + verb.span[0], begin + verb.span[1]
        came_by = _CAME_BY.match(line.lower, end)
        line.take(start, end, "label")
        line.take(end, came_by.end() if came_by else end, "kept")
    found = contacts.take(line, region)
    turned = inverted.take(line, found.emails)
    told = labelled.take(line, now, zone)
    passed_on.take(line)
    where = told.address or address.take(line)
    when = told.when if told.when is not None else dates.take(line, now, zone)
    _unread(line, region)
    known = Known(found.emails, name=bool(turned or told.name), company=bool(told.company), title=bool(told.title))
    settled = settle(line, known)
    name = turned or told.name or settled.name
    salutation = told.salutation or settled.salutation
    capture = Capture(
        name=name,
        company=told.company or settled.company,
        title=told.title or settled.title,
        phones=found.phones,
        emails=found.emails,
        wechat=found.wechat,
        address=where,
        region=told.region or settled.region,
        tags=tuple(dict.fromkeys(found.tags + told.tags)),
        when=when,
        birthday=found.birthday,
        gender=_gender(line, name, salutation),
        salutation=salutation,
        rest=line.gather(*_REST),
    )
    whole = line.gather(*_REST, *_ASIDE)
    return Understood(capture, whole, task.take(line), line.gather(*_REST, *_ASIDE))
