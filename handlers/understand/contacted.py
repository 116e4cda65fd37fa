"""What kind of contact a note tells of: the word that it begins with.

>>> read("电话 下周给报价")
(<Contacted.CALL: 'call'>, '下周给报价')
>>> read("wants a quote")
(<Contacted.NOTE: 'note'>, 'wants a quote')
"""

from __future__ import annotations

from store.rules.models import Contacted

_WORDS = {
    Contacted.CALL: ("电话", "電話", "打电话", "通话", "call", "called", "phoned", "phone"),
    Contacted.MEETING: ("见面", "面谈", "会议", "开会", "meeting", "met"),
    Contacted.VISIT: ("拜访", "上门", "visit", "visited"),
    Contacted.MESSAGE: ("微信", "短信", "消息", "message", "messaged", "wechat", "text", "texted"),
    Contacted.EMAIL: ("邮件", "email", "emailed", "e-mail"),
}
_KIND = {word: kind for kind, words in _WORDS.items() for word in words}


def read(text: str) -> tuple[Contacted, str]:
    """The kind, and what is left when its word is taken off; a text that is nothing but the word keeps it."""
    head, _, rest = text.strip().partition(" ")
    kind = _KIND.get(head.lower().rstrip("：:，,"), Contacted.NOTE)
    return kind, rest.strip() if kind is not Contacted.NOTE and rest.strip() else text.strip()
