"""One customer in one message: whatever order, punctuation, labels and languages people type it in.

`read("王总 13800138000 云帆科技 采购 周三下午回访", now=…, zone=…)` gives the name 王总, the phone, the company
云帆科技, the title 采购, Wednesday 14:00 and the rest 回访. The customers feature shows that as a card to confirm;
`as_json` is the same for `python -m handlers.understand capture`.

How it goes: what is only said around the matter is put aside (chatter); what has a shape comes off the line (contacts,
inverted), then what has a label (labels, labelled), then the address, the date (dates), and at last names, firms and
jobs are told from each other by words, shapes and places (pieces, chinese, introduced, told, pairs, latin, sentences,
jobs, people, weighing, choose). What nobody took is the rest, so nothing is lost.
To add a word, see words.toml; a label, labels.py; an example, tests/understand/gold/capture_own.jsonl.
"""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.understand.capture.model import Capture

if TYPE_CHECKING:
    from handlers.understand.capture.reading import Understood

__all__ = ["Capture", "as_json", "read", "with_task"]


def read(text: str, *, now: datetime, zone: ZoneInfo, region: str = "CN") -> Capture:
    """What a message says about one customer. Never raises; what isn't understood is in `rest`.

    `now` is an aware instant; days and times are told in `zone`; `region` is the ISO 3166 code of the country whose
    numbers are typed without a country code.
    """
    # Imported with the first line: the word patterns take 0.2 s to build, which the start of the bot need not wait for.
    from handlers.understand.capture.reading import understood

    return understood(text, now, zone, region).capture


def as_json(text: str, *, now: datetime, zone: ZoneInfo, region: str = "CN") -> dict[str, object]:
    """The same as plain JSON values; a key is absent when its field is.

    Keys: name, company, title, phones (e164, ext, raw), emails, wechat, address, tags, when (ISO 8601, wall time in the
    zone), rest. What `read` has in fields beyond these (region, birthday, gender, salutation) is in the rest as typed.
    """
    from handlers.understand.capture.reading import understood

    return _json(understood(text, now, zone, region))


def with_task(text: str, *, now: datetime, zone: ZoneInfo, region: str = "CN") -> tuple[dict[str, object], str, str]:
    """The same, and what is to be done at the time that the message speaks of, with the rest without that.

    Both are words as they were typed; the task is empty where no time is told, or nothing beside it.
    """
    from handlers.understand.capture.reading import understood

    found = understood(text, now, zone, region)
    return _json(found), found.task, found.beside


def _json(found: "Understood") -> dict[str, object]:
    capture = found.capture
    when = capture.when
    told = when.replace(tzinfo=None).isoformat(timespec="minutes") if isinstance(when, datetime) else when
    fields: dict[str, object] = {
        "name": capture.name,
        "company": capture.company,
        "title": capture.title,
        "phones": [{key: value for key, value in phone.model_dump().items() if value} for phone in capture.phones],
        "emails": list(capture.emails),
        "wechat": capture.wechat,
        "address": capture.address,
        "tags": list(capture.tags),
        "when": str(told) if told else "",
        "rest": found.rest,
    }
    return {key: value for key, value in fields.items() if value}
