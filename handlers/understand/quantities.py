"""Conditions on a number: 30万以上, ≥3, over 300k, between 10k and 50k, 10-50万.

    read("超过30万")  →  Bounds(300000, above=True)

`PATTERN` is the shape of them all, for who looks for one in a sentence.
"""

from __future__ import annotations

import re

from handlers.understand import amount
from handlers.understand.between import Bounds
from store.rules.script import flat

_ONE = amount.PATTERN
_FORMS = (
    rf"(?:在|介于|between|from)?\s*(?P<low>{_ONE})\s*(?:到|至|和|-|–|—|~|and|to)\s*(?P<high>{_ONE})\s*(?:之间|间)?",
    rf"(?:>=|=>|≥|不少于|不低于|不小于|至少|最少|at least|from|min(?:imum)?|no less than)\s*(?P<least>{_ONE})"
    rf"|(?P<least_zh>{_ONE})\s*(?:及?以上|起|\+|or more|and (?:up|above|more))",
    rf"(?:>|大于|超过|高于|多于|over|above|more than|greater than|exceeding|beyond)\s*(?P<above>{_ONE})",
    rf"(?:<=|=<|≤|不超过|不高于|不大于|不多于|至多|最多|up to|at most|max(?:imum)?|no more than)\s*(?P<most>{_ONE})"
    rf"|(?P<most_zh>{_ONE})\s*(?:及?以[下内]|or (?:less|fewer)|and (?:below|less))",
    rf"(?:<|小于|低于|少于|不到|不足|under|below|less than|fewer than)\s*(?P<below>{_ONE})",
    rf"(?:=|等于|exactly)\s*(?P<same>{_ONE})",
)
_READ = [re.compile(form, re.IGNORECASE) for form in _FORMS]
PATTERN = "|".join(re.sub(r"\?P<\w+>", "?:", form) for form in _FORMS)


def read(said: str) -> Bounds | None:
    """The numbers that a text means; None for what is none. A number alone means itself."""
    plain = flat(said).strip()
    for form in _READ:
        found = form.fullmatch(plain)
        if found is not None:
            return _bounds({name: text for name, text in found.groupdict().items() if text})
    alone = amount.read(plain)
    return None if alone is None else Bounds(alone, alone)


def _bounds(told: dict[str, str]) -> Bounds | None:
    if "low" in told:
        high = amount.read(told["high"])
        unit = "" if amount.unit(told["low"]) else amount.unit(told["high"])  # 10-50万
        low = amount.read(told["low"] + unit)
        return None if low is None or high is None else Bounds(low, high)
    (way, said), *_ = told.items()
    value = amount.read(said)
    if value is None:
        return None
    return {
        "least": Bounds(value), "above": Bounds(value, above=True), "most": Bounds(None, value),
        "below": Bounds(None, value, below=True), "same": Bounds(value, value),
    }[way.removesuffix("_zh")]  # fmt: skip
