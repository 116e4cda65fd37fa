"""What a line or a contact card tells of somebody new, as the values of the form that adds them.

    read(req, "王总 13800138000 云帆科技 周三下午回访")   # name, phone, company; a time, and what it is for

handlers/capture.py shows it to be saved, handlers/search.py offers to add whom it did not find.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from handlers import along, labelled
from handlers.fields import CUSTOMER_FIELDS
from handlers.followups import MORNING, quick_times
from handlers.home import country_of
from handlers.kit.request import Request, SharedContact
from handlers.kit.texts import shows
from handlers.understand import capture as reading
from handlers.understand import vcard
from store.rules import email, phone
from store.rules.adding import CONTACTS_MOST
from store.rules.ladder import wall_instant
from store.times import to_ms

_LISTS = ("phones", "emails")


class Read(NamedTuple):
    """What was understood of a line: values by field, the rest that went into none, and a time that it names."""

    values: dict[str, Any]
    rest: str = ""
    at: datetime | None = None
    #: What is to be done at that time.
    task: str = ""

    def tidied(self) -> dict[str, Any]:
        """The values as the form keeps them, without the empty ones; where somebody is, if that is told."""
        tidied = {key: _tidy(key, value) for key, value in self.values.items()}
        tidied["region"] = tidied.get("region") or labelled.place(tidied)
        return {key: value for key, value in tidied.items() if value not in (None, "", [])}

    def extra(self) -> dict[str, Any]:
        """What is saved with the customer: a note of the rest, and a reminder."""
        noted = {"note": self.rest} if self.rest else {}
        return noted | ({along.REMINDER: {"at": to_ms(self.at), "what": self.task}} if self.at else {})


def read(req: Request, line: str) -> Read:
    """A line as values by field."""
    own, line = labelled.take_own(req, line)
    here = req.now.astimezone(req.zone)
    found, task, beside = reading.with_task(line, now=here, zone=req.zone, region=country_of(req))
    at = _instant(req, found.get("when"))
    values: dict[str, Any] = {field.key: found.get(field.key) for field in CUSTOMER_FIELDS}
    further, rest = labelled.take(req, beside if task else str(found.get("rest", "")))
    values |= {"tags": found.get("tags")} | further | own
    return Read(values, "", at, rest) if at and not task else Read(values, rest, at, task)


def _instant(req: Request, when: object) -> datetime | None:
    """The time that a line speaks of. A day alone means nine in the morning, today: later today."""
    if not when:
        return None
    local = datetime.fromisoformat(str(when))
    at = wall_instant(local.date(), local.time() if "T" in str(when) else MORNING, req.zone)
    if at <= req.now and "T" not in str(when):
        return quick_times(req.now, req)[0]
    return at


def read_contact(req: Request, contact: SharedContact) -> Read:
    """A contact card as values: what Telegram tells of it, and what is in its vCard."""
    region = country_of(req)
    card = vcard.read(contact.vcard)
    typed = [contact.phone, *card.phones]
    numbers = [phone.parse(one, region) or phone.parse("+" + one.lstrip("+"), region) for one in typed]
    phones = {number.e164: number.model_dump() for number in numbers if number is not None}
    emails = dict.fromkeys(address for one in card.emails if (address := email.parse(one)))
    values: dict[str, Any] = {
        "name": contact.name if shows(contact.name) else card.name, "phones": list(phones.values())[:CONTACTS_MOST],
        "emails": list(emails)[:CONTACTS_MOST], "company": card.company, "title": card.title, "address": card.address,
    }  # fmt: skip
    unread = [one for one, number in zip(typed, numbers, strict=True) if number is None]
    return Read(values, rest=" ".join([*unread, *filter(None, [card.note])]))


def _tidy(key: str, value: Any) -> Any:
    """A value as the form keeps it; words of which nothing is seen are none."""
    if isinstance(value, str):
        return " ".join(value.split()) if shows(value) else None
    return value[:CONTACTS_MOST] if key in _LISTS and value else value
