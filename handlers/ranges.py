"""Filtering a list by a range of an own field, a number or a date: typed, or for dates tapped.

Filter › Your own fields › Budget › "over 300k"      Filter › Your own fields › Contract day › This month
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from handlers import lists
from handlers.kit import forms, narrowing, ranges
from handlers.kit.form_model import Choice, Field, Form
from handlers.kit.reply import Reply, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.understand.between import Bounds
from store import fields
from store.access import Action
from store.errors import Invalid, KehuError
from store.rules.classification import FieldKind
from store.rules.script import flat

routes = Routes()


@routes.button("list.range", Action.FIND, writes=True, keeps_form=True)
def ask(req: Request) -> Reply:
    """Asks for a range of the field that was tapped."""
    field = fields.get(req.tx, req.number(2))
    if field is None or field.kind not in _FORMS:
        raise KehuError("no_longer")
    narrowing.filters(req.word(0)), narrowing.sort_of(req.word(1))
    extra = {"list": req.word(0), "sort": req.word(1), "field": field.id}
    return forms.begin(req, _FORMS[field.kind], only="range", extra=extra)


def _number(_: Request, typed: str) -> dict[str, Any]:
    from handlers.understand import quantities  # brings the grammar of numerals with it

    found = quantities.read(typed)
    if found is None:
        raise Invalid("number", typed)
    return asdict(found)


def _days(req: Request, typed: str) -> dict[str, Any]:
    from handlers.understand import spans

    found = spans.read(flat(typed), req.now.astimezone(req.zone).date())
    if found is None:
        raise Invalid("day", typed)
    return asdict(found)


def _spans(req: Request) -> list[Choice]:
    return [Choice(_days(req, said), t(f"list.span.{name}")) for name, said in ranges.SPANS.items()]


def _done(req: Request, draft: Draft) -> Reply:
    narrowed, sort = narrowing.filters(str(draft.extra["list"])), narrowing.sort_of(str(draft.extra["sort"]))
    told = draft.values["range"]
    assert isinstance(told, dict)
    found = narrowed.having(range=ranges.of(int(str(draft.extra["field"])), Bounds(**told)))
    if not narrowing.fits(found):
        return Reply.say(t("list.full"), replace=req.pressed)
    return lists.page(req, found, sort, 0, replaces=req.pressed)


def _left(req: Request, draft: Draft) -> Reply:
    """Nothing was chosen: back to the list as it was."""
    narrowed, sort = narrowing.filters(str(draft.extra["list"])), narrowing.sort_of(str(draft.extra["sort"]))
    return lists.page(req, narrowed, sort, 0, replaces=req.pressed)


_FORMS = {
    FieldKind.NUMBER: forms.register(
        Form("range_number", Action.FIND, (Field("range", _number, required=True),), _done, confirm=False, left=_left)
    ),
    FieldKind.DATE: forms.register(
        Form("range_day", Action.FIND, (Field("range", _days, required=True, choices=_spans),), _done, confirm=False,
             left=_left)
    ),
}  # fmt: skip
