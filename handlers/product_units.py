"""Units sold, by product and month: entered by owners and managers so that complaints are counted per thousand.

    销量 净水器 X1 10月 1200        units sold Filter X1 October 1200

In the statistics each product is a button. A month is encoded in a button as the number of its first day.
"""

from __future__ import annotations

from datetime import date, timedelta

from handlers.kit import forms
from handlers.kit.case_cards import label_text
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Message, Reply, Text, message, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.understand import sold as reading
from store import case_labels, product_units
from store.access import Action
from store.errors import Invalid, NotAllowed
from store.rules.models import Label, LabelKind

routes = Routes()


@routes.button("units", Action.UNITS)
def show(req: Request) -> Reply:
    """A month's units, each product a tap."""
    return Reply((_shown(req, _month(req, 0), req.number(1)),))


def _shown(req: Request, month: date, skip: int, *above: Text) -> Message:
    products, sold = case_labels.listed(req.tx, LabelKind.PRODUCT), product_units.sold(req.tx, month)
    rows = [
        Button(_line(product, sold.get(product.id)), "units.ask", product.id, month.toordinal())
        for product in products[skip : skip + PAGE]
    ]
    buttons = paged(rows, "units", month.toordinal(), skip=skip, more=len(products) > skip + PAGE)
    undo = [] if req.tx.change is None else [req.undo()]
    report = Button(t("units.report"), "case.groups", "p", f"m{month.toordinal()}", 0)
    said = t("units.title", month=month_text(month)) if products else t("units.no_products")
    return message(
        *above, said, buttons=[*buttons, _neighbours(req, month) if products else [], [*undo, report]],
        replace=req.pressed,
    )  # fmt: skip


def _line(product: Label, units: int | None) -> Text:
    name = label_text(product)
    return t("units.none", product=name) if units is None else t("units.line", product=name, n=units)


def _neighbours(req: Request, month: date) -> list[Button]:
    """The month before, and the one behind as long as it has begun."""
    following = _first(month + timedelta(days=31))
    months = [_first(month - timedelta(days=1)), *([following] if following <= _today(req) else [])]
    return [Button(month_text(one), "units", one.toordinal(), 0) for one in months]


def month_text(month: date) -> Text:
    """A month with its year."""
    return t("report.month", year=str(month.year), month=t(f"report.months.{month.month}"))


def _today(req: Request) -> date:
    return req.now.astimezone(req.zone).date()


def _first(day: date) -> date:
    return day.replace(day=1)


def _month(req: Request, place: int) -> date:
    """The month that a button names. Raises NotAllowed for one that has not begun, or for an edited button."""
    try:
        day = _first(date.fromordinal(req.number(place)))
    except (ValueError, OverflowError):
        raise NotAllowed from None
    if day.year < 1971 or day > _today(req):
        raise NotAllowed
    return day


# Entering ------------------------------------------------------------------------------------------------------------


@routes.verb("units", Action.UNITS, writes=True)
def enter(req: Request) -> Reply:
    """ "销量 净水器 X1 10月 1200": entered where all of it is said; what is missing is asked with buttons."""
    products = case_labels.listed(req.tx, LabelKind.PRODUCT)
    said = reading.read(req.text, products, _today(req))
    this = _first(_today(req))
    if said.units is not None and said.units > product_units.UNITS_MOST:
        raise Invalid("units", req.text)
    if said.product is None and said.units is None:
        return Reply((_shown(req, said.month or this, 0),))
    if said.product is None:
        return _which(products, said.month or this, said.units or 0)
    if said.month is None:
        return _when(req, said.product, said.units)
    if said.units is None:
        return _ask(req, said.product, said.month)
    return _entered(req, said.product.id, said.month, said.units)


def _which(products: list[Label], month: date, units: int) -> Reply:
    """Asks for the product; the number that was typed is carried by the buttons."""
    rows = [[Button(label_text(one), "units.put", one.id, month.toordinal(), units)] for one in products[:PAGE]]
    asked = t("units.which", month=month_text(month), n=units) if rows else t("units.no_products")
    return Reply.say(asked, buttons=rows)


def _when(req: Request, product: Label, units: int | None) -> Reply:
    """In which month?"""
    this = _first(_today(req))
    months = (this, _first(this - timedelta(days=1)))
    route, more = ("units.ask", ()) if units is None else ("units.put", (units,))
    row = [Button(month_text(one), route, product.id, one.toordinal(), *more) for one in months]
    return Reply.say(t("units.when", product=label_text(product)), buttons=[row])


@routes.button("units.put", Action.UNITS, writes=True)
def put(req: Request) -> Reply:
    """Saves the number that was typed, for the product or month of this button."""
    return _entered(req, req.number(), _month(req, 1), req.number(2))


@routes.button("units.off", Action.UNITS, writes=True)
def take_away(req: Request) -> Reply:
    """Takes a figure away again: nothing is known of that month."""
    return _entered(req, req.number(), _month(req, 1), None)


def _entered(req: Request, product_id: int, month: date, units: int | None) -> Reply:
    product_units.enter(req.tx, req.actor, product_id, month, units)
    product = case_labels.get(req.tx, LabelKind.PRODUCT, product_id)
    done = t("units.done", line=_line(product, units), month=month_text(month))
    return Reply((_shown(req, month, 0, done),))


@routes.button("units.ask", Action.UNITS, writes=True, keeps_form=True)
def ask(req: Request) -> Reply:
    """Asks how many there were."""
    return _ask(req, case_labels.get(req.tx, LabelKind.PRODUCT, req.number()), _month(req, 1))


def _ask(req: Request, product: Label, month: date) -> Reply:
    held = product_units.sold(req.tx, month).get(product.id)
    notice = t("units.of", line=_line(product, held), month=month_text(month))
    asked = forms.begin(req, UNITS, extra={"product": product.id, "month": month.toordinal()}, notice=notice)
    if held is None:
        return asked
    (said,) = asked.messages
    away = Button(t("units.button.off"), "units.off", product.id, month.toordinal())
    return Reply((message(*said.lines, buttons=[*said.buttons, [away]], replace=said.replace),)).opening(asked.draft)


def _units(_: Request, typed: str) -> int:
    """A number of things. Raises Invalid `units`."""
    number = reading.whole(typed)
    if number is None or number > product_units.UNITS_MOST:
        raise Invalid("units", typed)
    return number


def _answered(req: Request, draft: Draft) -> Reply:
    product, month = (int(str(draft.extra[name])) for name in ("product", "month"))
    return _entered(req, product, date.fromordinal(month), int(str(draft.values["units"])))


UNITS = forms.register(
    Form("product_units", Action.UNITS, (Field("units", _units, required=True),), _answered, confirm=False)
)
