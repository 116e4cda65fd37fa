"""What a line about a customer was understood to say. `Capture(name="王总", company="云帆科技", rest="回访")`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from store.rules.models import Phone

Gender = Literal["male", "female"]


@dataclass(frozen=True, slots=True)
class Capture:
    """One customer from one message; a field that nothing was said about is empty.

    `when` is the follow-up that the line speaks of: a day, or a day and a time in the person's zone. `birthday` is
    `1990-05-01`, or `--05-01` without a year (RFC 6350 §4.3.1). `rest` is what went into no field: it becomes a note.
    """

    name: str = ""
    company: str = ""
    title: str = ""
    phones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    wechat: str = ""
    address: str = ""
    region: str = ""
    tags: tuple[str, ...] = ()
    when: date | datetime | None = None
    birthday: str = ""
    gender: Gender | None = None
    salutation: str = ""
    rest: str = ""
