"""The list of complaints: one work queue, filtered, a page at a time.

    cases:due:0        those whose deadline is near or missed
    cases:all:s3c2:8   all of severity 3 (urgent) and category 2, from the ninth on

The filter is encoded in the buttons as letters and numbers: a severity by its place (s3), labels and a team by their
ids (c2, p5, x7, t1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from handlers.cases import customer_of
from handlers.kit import case_cards
from handlers.kit.case_cards import label_text
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Reply, Text, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import access, case_labels, case_queue, team_tree
from store.access import Action
from store.case_queue import Only, Queue
from store.errors import NotAllowed
from store.rules.models import LabelKind, Severity, Team

routes = Routes()

#: Where a member begins who asks for no queue: where there is most to do.
_FIRST = (Queue.MINE, Queue.FREE)
_SEVERITIES = tuple(Severity)
_FILTER = re.compile(r"(?:s([0-3]))?(?:c(\d{1,9}))?(?:p(\d{1,9}))?(?:x(\d{1,9}))?(?:t(\d{1,9}))?")
#: Labels of a kind that the choice of filters offers.
OFFERED = 8


@routes.button("cases", Action.SEE_CASE)
def cases(req: Request) -> Reply:
    """The cases of one queue, from one row on, narrowed or not; without arguments where there is most to do."""
    return open_cases(req)


def open_cases(req: Request) -> Reply:
    """A page of cases with the queues to choose from."""
    handles = access.allowed(req.actor, Action.HANDLE)
    which, only, skip = _asked(req)
    teams = _teams(req)
    queues = [queue for queue in Queue if queue is not Queue.TEAM or (teams and req.actor.team_id is not None)]
    counts = {queue: case_queue.count(req.tx, req.actor, queue, only) for queue in queues}
    if which is not None and which not in counts:
        which = Queue.ALL
    if which is None:
        which = next((queue for queue in _FIRST if handles and counts[queue]), Queue.ALL)
    page = case_queue.page(req.tx, req.actor, which, only=only, skip=skip, limit=PAGE + 1)
    rows = [case_cards.row(case, customer_of(req, case), req.now) for case in page[:PAGE]]
    buttons = paged(rows, "cases", which.value, *_packed(only), skip=skip, more=len(page) > PAGE)
    if handles and (any(counts.values()) or _packed(only)):
        tabs = [_tab(queue, n, only, chosen=queue is which) for queue, n in counts.items()]
        narrow = Button(t("complaint.tab.filter"), "cases.by", which.value, *_packed(only))
        buttons += [tabs[:-2], [*tabs[-2:], narrow]]
    last = [Button(t("complaint.tab.report"), "case.report")] if access.allowed(req.actor, Action.REPORT) else []
    if handles and counts[Queue.ALL] > 1:
        last.append(Button(t("complaint.tab.alike"), "alike", 0))
    buttons.append(last)
    if not _packed(only) and not counts[which] and which is Queue.ALL:
        hint = [t("complaint.list.hint")] if access.allowed(req.actor, Action.COMPLAIN) else []
        return Reply.say(t("complaint.list.none"), *hint, buttons=buttons, replace=req.pressed and bool(req.args))
    narrowed = [t("complaint.list.only", what=what) for what in _narrowed(req, only)]
    title = t(f"complaint.list.{which.value}", n=counts[which])
    return Reply.say(title, *narrowed, buttons=buttons, replace=req.pressed and bool(req.args))


def _teams(req: Request) -> list[Team]:
    """The teams between whose cases this person may choose; none where there is but one."""
    reached = team_tree.reached(req.tx, req.actor) if access.allowed(req.actor, Action.INVITE) else []
    return reached if len(reached) > 1 else []


def _tab(queue: Queue, count: int, only: Only, *, chosen: bool) -> Button:
    label = t(f"complaint.tab.{queue.value}", count=count)
    named = t("case.chosen" if chosen else "case.choice", label=label)
    return Button(named, "cases", queue.value, *_packed(only), 0)


@routes.button("cases.by", Action.SEE_CASE)
def narrow(req: Request) -> Reply:
    """The filters on offer, the present ones marked; a tap on a present one removes it."""
    which, only, _ = _asked(req)
    queue = (which or Queue.ALL).value

    def choice(label: Text, changed: Only, *, chosen: bool) -> Button:
        return Button(t("case.chosen" if chosen else "case.choice", label=label), "cases", queue, *_packed(changed), 0)

    buttons = [
        choice(t(f"severity.{one}"), only._replace(severity=None if only.severity is one else one),
               chosen=only.severity is one)
        for one in Severity
    ]  # fmt: skip
    rows = [buttons]
    for kind in LabelKind:
        held = getattr(only, kind)
        found = [
            choice(label_text(label), _with(only, kind, None if held == label.id else label.id),
                   chosen=held == label.id)
            for label in case_labels.listed(req.tx, kind)[:OFFERED]
        ]  # fmt: skip
        rows += [found[at : at + 3] for at in range(0, len(found), 3)]
    teams = [
        choice(plain(team.name), only._replace(team=None if only.team == team.id else team.id),
               chosen=only.team == team.id)
        for team in _teams(req)[:OFFERED]
    ]  # fmt: skip
    rows += [teams[at : at + 3] for at in range(0, len(teams), 3)]
    rows.append([Button(t("complaint.tab.clear"), "cases", queue, 0)])
    return Reply.say(t("complaint.list.filter"), buttons=rows, replace=True)


def _with(only: Only, kind: LabelKind, label_id: int | None) -> Only:
    held: dict[str, Any] = {kind.value: label_id}
    return only._replace(**held)


def _asked(req: Request) -> tuple[Queue | None, Only, int]:
    """Queue, filter and place as the button names them. Raises NotAllowed for a button that was edited."""
    args = list(req.args)
    try:
        which = Queue(args.pop(0)) if args else None
    except ValueError:
        raise NotAllowed from None
    only = _unpacked(args.pop(0)) if args and not args[0].isdigit() else Only()
    return which, only, req.number(len(req.args) - 1) if args else 0


def _packed(only: Only) -> tuple[str, ...]:
    """A filter as a button carries it; nothing where it narrows nothing."""
    place = None if only.severity is None else _SEVERITIES.index(only.severity)
    parts = zip("scpxt", (place, *only[1:]), strict=True)
    word = "".join(f"{letter}{number}" for letter, number in parts if number is not None)
    return (word,) if word else ()


def _unpacked(word: str) -> Only:
    found = _FILTER.fullmatch(word)
    if found is None:
        raise NotAllowed
    place, *labels = (None if part is None else int(part) for part in found.groups())
    return Only(None if place is None else _SEVERITIES[place], *labels)


def _narrowed(req: Request, only: Only) -> Iterator[Text]:
    """The filter in words."""
    if only.severity is not None:
        yield t(f"severity.{only.severity}")
    for label_id in (only.category, only.product, only.cause):
        label = case_labels.find(req.tx, label_id)
        if label is not None:
            yield label_text(label)
    if only.team is not None:
        yield plain(team_tree.get(req.tx, req.actor, only.team).name)
