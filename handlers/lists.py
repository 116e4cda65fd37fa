"""Lists of customers: the recent ones, filtered and sorted by buttons or in words, complete and paged.

    VIP 客户 30天没联系   →   12 位 · VIP · 30 天没联系, and the first eight of them

Every button carries its list's address (handlers/kit/narrowing.py), so buttons of old messages keep working.
"""

from __future__ import annotations

from collections.abc import Iterator

from handlers.kit import added, narrowing, ranges
from handlers.kit.cards import card, row_label
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Reply, Text, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from handlers.understand.listing import Listing, recognise
from store import customers, marks, selecting, staff
from store.access import Action, allowed
from store.rules import areas
from store.rules.models import Customer
from store.rules.script import fold
from store.selecting import LONG, Filters, Sort

routes = Routes()


@routes.button("recent", Action.FIND)
def recent(req: Request) -> Reply:
    """The customers touched last: every list begins here."""
    return page(req, Filters(), Sort.RECENT, 0)


@routes.button("list", Action.FIND)
def show(req: Request) -> Reply:
    """A page of a list."""
    return page(req, *_named(req), req.number(2), replaces=True)


def in_words(req: Request, text: str) -> Reply | None:
    """The list that a line asks for; None when it asks for none, or for something that the book doesn't know."""
    narrowed = meant(req, text)
    if narrowed is None:
        return None
    return page(req, narrowed, Sort.RECENT if narrowed.silent is None else Sort.CONTACT, 0)


def standing_alone(req: Request, text: str) -> Reply | None:
    """The list of a level or a stage that is all of a line, where nobody is called so: vip, leads."""
    asked = recognise(text, narrowed=True)
    if asked is None or asked.others or asked == Listing():
        return None
    return page(req, Filters(level=asked.level, stage=asked.stage), Sort.RECENT, 0)


def meant(req: Request, text: str, *, certainly: bool = False) -> Filters | None:
    """Which list some words ask for; `certainly`: that they ask for one is known, so `vip` alone does."""
    between, rest = ranges.in_line(req, text)
    since, rest = added.in_line(req, rest)
    asked = recognise(rest, narrowed=certainly or between is not None or since is not None)
    return None if asked is None else _looked_up(req, asked, Filters(range=between, added=since))


def _looked_up(req: Request, asked: Listing, narrowed: Filters) -> Filters | None:
    """The filters, with what only the book knows; None where it doesn't."""
    found = narrowed.having(
        level=asked.level, stage=asked.stage, silent=asked.silent, tag=0 if asked.untagged else None
    )
    if asked.mine or asked.pool:
        found = found.having(owner=req.actor.id if asked.mine else 0)
    for words in asked.others:
        for more in _known_in(req, words):
            if more is None or more.keys() & found.asked.keys():
                return None
            found = found.having(**more)
    return found if narrowing.fits(found) else None


def _known_in(req: Request, words: str) -> Iterator[dict[str, object] | None]:
    """The filter that some words mean, taking as many as mean one thing together: united kingdom | trade; None where
    one is unknown.
    """
    left = words.split()
    while left:
        for length in range(len(left), 0, -1):
            more = _known(req, " ".join(left[:length]))
            if more is not None or length == 1:
                left = left[length:]
                break
        yield more
        if more is None:
            return


def _known(req: Request, words: str) -> dict[str, object] | None:
    """The filter that some words name: a colleague whose customers this person may see, a tag in sight, a choice of an
    own field, a region, an industry; None unless it is exactly one.
    """
    called: list[tuple[str, object]] = [
        ("owner", one) for one in narrowing.owners(req) if one and fold(staff.name(req.tx, one)) == words
    ]
    tags = marks.tags_near(req.tx, req.actor, limit=marks.NEAR)
    called += [("tag", tag_id) for tag_id, name in tags if fold(name) == words.lstrip("#")]
    called += [("field", value) for value, name in narrowing.own_values(req) if name and fold(name) == words]
    region = areas.read(words)
    called += [("region", region)] if region else []
    called = called or [("industry", one) for one in narrowing.industries(req, words)]
    return dict(called) if len(called) == 1 else None


def _named(req: Request) -> tuple[Filters, Sort]:
    return narrowing.filters(req.word(0)), narrowing.sort_of(req.word(1))


def _address(narrowed: Filters, sort: Sort) -> tuple[str, str]:
    return narrowing.word(narrowed), narrowing.sort_word(sort)


def page(req: Request, narrowed: Filters, sort: Sort, skip: int, *, replaces: bool = False) -> Reply:
    """The list from one customer on; `replaces`: in place of the message whose button was pressed."""
    found = selecting.select(req.tx, req.actor, narrowed, sort, skip=skip, limit=PAGE + 1)
    if not found and skip:  # the list has become shorter since
        return page(req, narrowed, sort, 0, replaces=replaces)
    address = _address(narrowed, sort)
    if not found:
        return _empty(req, narrowed, address, replaces=replaces)
    number = selecting.count(req.tx, req.actor, narrowed)
    rows = [Button(_label(req, one, narrowed, sort), "list.one", *address, skip, one.id) for one in found[:PAGE]]
    buttons = paged(rows, "list", *address, skip=skip, more=len(found) > PAGE)
    tools = [Button(t("list.button.narrow"), "list.by", *address), Button(t("list.button.sort"), "list.sort", *address)]
    if allowed(req.actor, Action.EDIT):
        tools.append(Button(t("list.button.bulk"), "bulk", address[0]))
    further = _put_away(req) if narrowed == Filters() else []
    masked = all(one.masked for one in found[:PAGE])
    return Reply.say(
        *_title(req, narrowed, sort, number, place=(skip + 1, skip + len(rows))),
        buttons=[*buttons, tools, further], replace=replaces,
        customer_id=found[0].id, others=tuple(one.id for one in found[1:PAGE]), masked=masked,
    )  # fmt: skip


def _title(req: Request, narrowed: Filters, sort: Sort, number: int, *, place: tuple[int, int]) -> list[Text]:
    """The number of customers, of a long list also which of them are shown, the filter and the order."""
    head = t("list.recent") if narrowed == Filters() and sort is Sort.RECENT else t("list.title")
    how_many = t("list.long", n=LONG) if number >= LONG else t("list.count", n=number)
    if number > PAGE:
        how_many = t("list.place", first=place[0], last=place[1], count=how_many)
    kind = narrowing.said(req, narrowed)
    order = [] if sort is Sort.RECENT else [t(f"list.sort.{sort}")]
    lines = [t("list.head", title=head, count=how_many)]
    return [*lines, narrowing.joined([*kind, *order])] if kind or order else lines


def _label(req: Request, one: Customer, narrowed: Filters, sort: Sort) -> Text:
    """A row; how long nobody was in contact stands on it where the list is about that."""
    if narrowed.silent is None and sort is not Sort.CONTACT:
        return row_label(one)
    days = (req.now - (one.last_contact_at or one.created_at)).days
    return t("list.row_silent", who=row_label(one), n=days)


def _empty(req: Request, narrowed: Filters, address: tuple[str, str], *, replaces: bool) -> Reply:
    if narrowed == Filters():
        buttons = [[Button(t("find.add"), "add")]] if allowed(req.actor, Action.ADD) else []
        return Reply.say(t("find.empty"), buttons=[*buttons, _put_away(req)], replace=replaces)
    lines = [t("list.none"), narrowing.joined(narrowing.said(req, narrowed))]
    return Reply.say(*lines, buttons=[*_taken_off(req, narrowed, address[1])], replace=replaces)


def _put_away(req: Request) -> list[Button]:
    """The way to who was archived, where there is somebody."""
    if not allowed(req.actor, Action.EDIT) or not customers.archived(req.tx, req.actor, limit=1):
        return []
    return [Button(t("archive.button"), "archived", 0)]


def _taken_off(req: Request, narrowed: Filters, sort: str) -> list[list[Button]]:
    """A button for each filter that the list has, to take it off."""
    return [
        [
            Button(
                t("list.button.off", what=narrowing.label(req, name, value)), "list",
                narrowing.word(narrowed.having(**{name: None})), sort, 0,
            )
        ]
        for name, value in narrowed.asked.items()
    ]  # fmt: skip


@routes.button("list.by", Action.FIND)
def narrow(req: Request) -> Reply:
    """The filters on offer, with the present ones."""
    narrowed, sort = _named(req)
    address = _address(narrowed, sort)
    ways = [
        Button(t(f"list.by.{name}"), "list.pick", *address, letter)
        for name, letter in narrowing.LETTERS.items()
        if len(narrowing.offered(req, name)) > (name == "owner") or (name == "field" and ranges.own_fields(req))
    ]
    rows = [*_taken_off(req, narrowed, address[1]), *(ways[at : at + 2] for at in range(0, len(ways), 2))]
    back = [Button(t("button.list"), "list", *address, 0)]
    kind = narrowing.said(req, narrowed)
    lines = [narrowing.joined(kind)] if kind else []
    return Reply.say(t("list.which"), *lines, buttons=[*rows, back], replace=True)


@routes.button("list.pick", Action.FIND)
def pick(req: Request) -> Reply:
    """The values of one filter; the one that is chosen replaces what was chosen before."""
    narrowed, sort = _named(req)
    name = next((name for name, letter in narrowing.LETTERS.items() if letter == req.word(2)), "")
    address = _address(narrowed, sort)
    choices = [
        Button(
            narrowing.label(req, name, value), "list",
            narrowing.word(narrowed.having(**{name: value})), address[1], 0,
        )
        for value in narrowing.offered(req, name)
        if narrowing.fits(narrowed.having(**{name: value}))
    ]  # fmt: skip
    if name == "field":
        between = ranges.own_fields(req)
        choices += [Button(t("list.of_field", field=one.name), "list.range", *address, one.id) for one in between]
    rows = [choices[at : at + 2] for at in range(0, len(choices), 2)]
    asked = t(f"list.by_which.{name}") if choices else t("list.full")
    return Reply.say(asked, buttons=[*rows, [Button(t("button.return"), "list.by", *address)]], replace=True)


@routes.button("list.sort", Action.FIND)
def sort_by(req: Request) -> Reply:
    """The orders that a list may have."""
    narrowed, sort = _named(req)
    ways = [Button(t(f"list.sort.{one}"), "list", *_address(narrowed, one), 0) for one in Sort if one is not sort]
    back = [Button(t("button.list"), "list", *_address(narrowed, sort), 0)]
    return Reply.say(t("list.how"), buttons=[*([way] for way in ways), back], replace=True)


@routes.button("list.one", Action.SEE)
def one_of(req: Request) -> Reply:
    """One of a list, with the way back to its page."""
    narrowed, sort = _named(req)
    skip, customer_id = req.number(2), req.number(3)
    back = Button(t("button.list"), "list", *_address(narrowed, sort), skip)
    return card(req, customers.get(req.tx, req.actor, customer_id), replace=True, back=back)
