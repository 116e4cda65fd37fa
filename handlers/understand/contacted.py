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
from collections.abc import Sequence
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
#: A sentence that tells what was done, who with or where aside: 今天拜访了…, had lunch with …
_BEGINS = (
    r"^[\s，,]*(?:(?:[今昨前]天|[昨今]晚|今早|早上|上午|中午|下午|晚上|傍晚|上?周[一二三四五六日天末]|上周|刚才|刚刚?"
    r"|已经?|又|再|去|来|到|我们?|一起|[跟和与同给向在]"
    r"|just|i|we|have|has|had|went|to|today|yesterday|this|last|morning|afternoon|evening|night|week|a|an|another|quick|good"
    r"|long|nice|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:[\s，,]+|(?<=[\u3400-\u9fff])))*"
)
_DONE = {
    Contacted.CALL: (
        r"(?:打|通|接|回)(?:了|过|完)?[一个通次两]{0,2}(?:电话|電話)|电话里?[跟和与]?[聊谈说]"
        r"|(?:called|phoned|rang|(?:spoke|talked) (?:to|with)|call with)\b"
    ),
    Contacted.VISIT: r"(?:拜访|走访|登门|上门)|(?:visited|visit to|dropped (?:in|by))\b",
    Contacted.MEETING: (
        r"(?:见(?:了|到|过|面)|碰了?[个一]?面|[吃喝]了?[个顿杯一]{0,2}(?:[早午晚]?饭|茶|咖啡|酒)|开了?[个一]{0,2}会|面谈)"
        r"|(?:met|saw|(?:lunch|dinner|breakfast|coffee|tea|drinks|meeting) with)\b"
    ),
    Contacted.MESSAGE: r"[发回](?:了|过)[一个条]{0,2}(?:微信|短信|消息|信息)|(?:messaged|texted|whatsapped)\b",
    Contacted.EMAIL: r"[发回](?:了|过)[一个封]{0,2}(?:电子)?邮件|(?:e-?mailed|sent an? e-?mail)\b",
}  # fmt: skip
_TOLD = [(kind, re.compile(_BEGINS + f"(?:{pattern})", re.IGNORECASE)) for kind, pattern in _DONE.items()]
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


def read(text: str, names: Sequence[str] = ()) -> Told:
    """The kind, the outcome, and what is left. Words that are nothing but the kind's are kept.

    `names`: what names somebody in a sentence that tells what was done; of such a one all words are kept.
    """
    text = text.strip()
    for kind, pattern in () if any(names) else _READ:
        found = pattern.match(text)
        if found is None:
            continue
        rest = text[found.end() :].strip(_EDGES)
        outcome = outcome_in(rest, kind)
        said_alone = outcome is not None and not _OUTCOMES[outcome].sub("", rest, count=1).strip(_EDGES)
        return Told(kind, outcome, "" if said_alone else rest or text)
    return _told(text, names)


def outcome_in(words: str, kind: Contacted) -> Outcome | None:
    """What came of a contact whose kind is known, as words tell it."""
    return next(
        (each for each, sign in _OUTCOMES.items() if each in OUTCOMES.get(kind, ()) and sign.search(words)), None
    )


def _told(text: str, names: Sequence[str]) -> Told:
    plain = text
    for name in filter(None, names):
        plain = plain.replace(name, " ", 1)
    plain = re.sub(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])", "", " ".join(plain.split()))
    kind = next((kind for kind, pattern in _TOLD if pattern.match(plain)), Contacted.NOTE)
    return Told(kind, outcome_in(plain, kind), text)
