"""What kind of contact a note tells of, and what came of it: the word that it begins with, and a phrase in the rest.

>>> read("电话 下周给报价")
Told(kind=<Contacted.CALL: 'call'>, outcome=None, words='下周给报价')
>>> read("called, no answer")
Told(kind=<Contacted.CALL: 'call'>, outcome=<Outcome.NO_ANSWER: 'no_answer'>, words='')
>>> read("wants a quote")
Told(kind=<Contacted.NOTE: 'note'>, outcome=None, words='wants a quote')

A kind's word may be the beginning of something else (电话号码换了, text books): it needs an end, a mark, or the outcome
right behind it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from store.rules.models import Contacted, Outcome

#: What may come of each kind, the likeliest first: what is offered as buttons, and what words are read for.
OUTCOMES: dict[Contacted, tuple[Outcome, ...]] = {
    Contacted.CALL: (Outcome.REACHED, Outcome.NO_ANSWER, Outcome.LATER, Outcome.WRONG),
    Contacted.MEETING: (Outcome.DONE, Outcome.ABSENT, Outcome.POSTPONED),
    Contacted.VISIT: (Outcome.DONE, Outcome.ABSENT, Outcome.POSTPONED),
    Contacted.MESSAGE: (Outcome.SENT, Outcome.REPLIED, Outcome.NO_ANSWER),
    Contacted.EMAIL: (Outcome.SENT, Outcome.REPLIED, Outcome.NO_ANSWER),
}
_KINDS = {
    Contacted.CALL: (
        r"(?:给[他她]|给对方)?打(?:了|过)?[个通]?(?:电话|電話)|[打来回致]?(?:电话|電話)|[致来回去]电|通了?电?话",
        r"call(?:ed)?|phone[d]?|rang|(?:spoke|talked)(?: (?:to|with))?",
    ),
    Contacted.MEETING: (r"见了?一?面|面谈|碰面|开了?会|会议|会面", r"met|meeting"),
    Contacted.VISIT: (r"拜访|上门|登门|走访", r"visit(?:ed)?"),
    Contacted.MESSAGE: (
        r"(?:发了?)?(?:微信|短信|消息|信息)|留言", r"messaged?|texted|text|wechat(?:ed)?|whatsapp(?:ed)?",
    ),
    Contacted.EMAIL: (r"(?:发了?|回了?)?(?:邮件|郵件)", r"e-?mail(?:ed)?|mailed"),
}  # fmt: skip
_LEAD = r"^\s*(?:(?:刚刚?|已经?|又|再)|(?:just|i|we|have|has|had)\s+)*"
_END = r"(?:\s*[\s：:，,。.;；、\-–—]+|$|(?=[没未无打空占关停不]|接通|聊|谈了|说))"
_READ = [
    (kind, re.compile(f"{_LEAD}(?:{chinese}){_END}|{_LEAD}(?:{english})\\b(?:{_END})", re.IGNORECASE))
    for kind, (chinese, english) in _KINDS.items()
]
_SIGNS = {
    Outcome.WRONG: r"空号|号码(?:不对|错了?|有误)|打错了?|wrong number|not in service",
    Outcome.NO_ANSWER: (
        r"没人?接(?:听|电话|通)?|未接(?:听|通)?|无人接听|没打通|打不通|不通|占线|关机|停机|没回(?:复|音|信)?|未回复|已读不回"
        r"|no answer|no reply|(?:didn'?t|did not) (?:answer|pick up|reply)|not reached|voice ?mail|line (?:was )?busy"
        r"|left (?:a |her a |him a )?message"
    ),
    Outcome.ABSENT: r"(?:人)?不在|没见[到着]|没人在|扑空|not (?:in|there)|(?:wasn'?t|was not) (?:in|there)|no[- ]show",
    Outcome.POSTPONED: r"改期|延期|推迟|改天|postponed|rescheduled|put off",
    Outcome.LATER: r"约了?(?:改天|下次|晚点)再(?:打|聊|联系)|call back later|asked (?:me |us )?to call back",
    Outcome.REPLIED: r"已?回复了?|回了|replied|answered",
    Outcome.REACHED: r"接通了?|打通了?|reached",
    Outcome.DONE: r"见到了?",
}
_OUTCOMES = {outcome: re.compile(pattern, re.IGNORECASE) for outcome, pattern in _SIGNS.items()}
_EDGES = " \t\n：:，,。.;；、-–—"


class Told(NamedTuple):
    """What a note tells: the kind of contact, what came of it where it says so, and the other words."""

    kind: Contacted
    outcome: Outcome | None
    words: str


def read(text: str) -> Told:
    """The kind, the outcome, and what is left. Words that are nothing but the kind's are kept."""
    text = text.strip()
    for kind, pattern in _READ:
        found = pattern.match(text)
        if found is None:
            continue
        rest = text[found.end() :].strip(_EDGES)
        for outcome, sign in _OUTCOMES.items():
            said = sign.search(rest) if outcome in OUTCOMES[kind] else None
            if said is not None:
                left = (rest[: said.start()] + rest[said.end() :]).strip(_EDGES)
                return Told(kind, outcome, rest if left else "")
        return Told(kind, None, rest or text)
    return Told(Contacted.NOTE, None, text)
