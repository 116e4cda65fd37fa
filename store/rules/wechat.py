"""WeChat names as people give them. `parse(" Wang_1988 ")` is `"wang_1988"`.

WeChat's rule for an ID: 6 to 20 characters, a letter first, then letters, digits, `_` and `-`; the name given at
registration is `wxid_…`, which may be longer. Many people give the mobile number or the QQ number they registered with.
"""

import re

from store.rules.script import narrow

_ID = re.compile(r"(?:[A-Za-z][A-Za-z0-9_-]{5,19}|wxid_[A-Za-z0-9]{6,30}|[1-9]\d{4,10})")


def parse(text: str) -> str | None:
    """The ID as typed, at ASCII width, without spaces around; None when WeChat couldn't have given it."""
    plain = narrow(text).strip()
    return plain if _ID.fullmatch(plain) else None


def key(wechat: str) -> str:
    """The form in which two IDs are compared: WeChat doesn't tell `Wang88` from `wang88`."""
    return narrow(wechat).strip().casefold()
