"""One change to a whole list of customers, said in a sentence: asked with the number it would touch, never done at
once.

    tag all vip customers xmas     给所有VIP客户打标签 圣诞     把北京的客户都转给韩梅     set all leads to qualified

handlers/changes.py asks `meant` of every change before it looks for a customer of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from handlers import bulk, lists, values
from handlers.kit.reply import Button, Reply, t
from handlers.kit.request import Request
from handlers.kit.subject import subject
from handlers.understand.changes import Asked, field_in, standing
from handlers.understand.listing import whole_of
from store.bulk import To
from store.rules.models import Level, Stage
from store.selecting import Filters


class Whole(NamedTuple):
    """A list by its words, and the change: the field's key, "owner", "tag", "untag", or what no list can be given.

    `narrowed` None: all of something are meant of which the book knows nothing.
    """

    typed: str
    narrowed: Filters | None
    key: str
    value: str


def meant(req: Request, asked: Asked) -> Whole | None:
    """The list that a change is for; None where it is for one customer."""
    said = list(_ways(asked))
    for typed, key, value in said:
        words, every = whole_of(typed)
        # "all" alone, before several words, would make a tag of the list that isn't known.
        narrowed = lists.meant(req, words, certainly=every) if words or len(said) == 1 else None
        if narrowed is not None:
            return Whole(typed, narrowed, key, value)
    if not said or not whole_of(said[0][0])[1] or subject(req, said[0][0]).certain:
        return None
    return Whole(said[0][0], None, said[0][1], said[0][2])


def _ways(asked: Asked) -> Iterator[tuple[str, str, str]]:
    """Who may be named, what shall change, and to what: of tags behind a name every way to cut them, the longest name
    first.
    """
    if asked.what in ("tag", "untag") and not asked.left:
        ends = [match.end() for match in re.finditer(r"\S+", asked.value)]
        for end in reversed(ends[:-1]):
            yield asked.value[:end], asked.what, asked.value[end:].strip()
        return
    field = field_in(asked.left, {}) if asked.what in ("set", "clear") else None
    told = standing(asked.value) if field is None and asked.what in ("set", "standing") else None
    if field is not None:
        yield (*field, asked.value)
    elif told is not None:
        yield (asked.left, *told)
    elif asked.what != "restore":
        yield asked.left, asked.what, asked.value


def ask(req: Request, whole: Whole) -> Reply:
    """How many it would touch; or what can be given to a whole list, where it is nothing of that."""
    if whole.narrowed is None:
        return Reply.say(t("bulk.unknown", name=whole.typed[:60]), buttons=[[Button(t("menu.find"), "recent")]])
    if whole.key in ("tag", "untag"):
        tags = values.tags(req, whole.value)
        if len(tags) > 1:
            return bulk.offer(req, whole.narrowed, t("bulk.one_tag"))
        return bulk.propose(req, whole.narrowed, To("tag" if whole.key == "tag" else "untag", tags[0]))
    told = standing(whole.value)
    if told is None or told[0] != whole.key:
        return bulk.offer(req, whole.narrowed, t("bulk.one_by_one"))
    if told[0] == "level":
        return bulk.propose(req, whole.narrowed, To("level", Level(told[1])))
    return bulk.propose(req, whole.narrowed, To("stage", Stage(told[1])))


def give(req: Request, whole: Whole, heir: int) -> Reply:
    """The same of a colleague who shall have them."""
    return ask(req, whole) if whole.narrowed is None else bulk.propose(req, whole.narrowed, To("owner", heir))
