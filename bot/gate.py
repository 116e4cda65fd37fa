"""One accepted update from beginning to end: actor, route, permission, transaction, reply.

The only place that binds a route to a person, and the only `except` around features. A reading route runs on a reader's
snapshot and is followed by one short commit; a writing route runs whole inside that commit. Either way the reply's
rows, the draft and the mark that the update is handled become true together, or not at all.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from bot import logs, outgoing
from handlers.kit import forms, over, router
from handlers.kit.reply import BLANK, Message, Reply, message, t
from handlers.kit.request import Draft, Incoming, Request
from handlers.kit.routes import Routes
from handlers.kit.texts import Reader, language_of
from store import access, guests, queue, staff, strangers
from store.access import Actor
from store.db import Book, Tx
from store.errors import Busy, KehuError
from store.queue import Arrived, Priority
from store.rules.models import Role

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """What is the same for every request: the company's language, zone and country, and the bot's name for links."""

    language: str
    zone: str
    bot_name: str
    country: str = "CN"


@dataclass(frozen=True, slots=True)
class Done:
    """A route that has run: where the update led, what it was given, and what it answered."""

    found: router.Way
    request: Request
    reply: Reply


class Exhausted(Exception):
    """An update has brought the process down too often; it is set aside with a reference."""


class Gate:
    """Turns inbox rows into committed effects. `handle` may be called for many people at once, for one only in
    order.
    """

    def __init__(self, book: Book, routes: Routes, house: House) -> None:
        self._book = book
        self._routes = routes
        self._house = house

    async def handle(self, arrived: Arrived) -> bool:
        """Handles one update. A refusal is answered to the person; an unexpected error is logged, and the person gets
        its reference.

        Returns whether the person can be written to: everybody but one who has just blocked the bot. Raises only Busy,
        when nothing can be written just now; the update is then untouched and may be handled again.
        """
        try:
            return await self._handle(arrived)
        except Busy:
            raise
        except Exception as error:  # noqa: BLE001 - not even an apology could be written
            # Set aside, or it would come back for ever.
            reference = logs.reference(log, error)
            await self._book.write(lambda tx: queue.finish(tx, arrived.update_id, reference))
            return True

    async def glance(self, incoming: Incoming) -> tuple[tuple[Message, ...], Reader] | None:
        """The messages for a member who only looks (an inline query), and their reader; None for everybody else.

        Nothing is written, so an unexpected error leaves nothing but its reference in the log.
        """

        def run(tx: Tx) -> tuple[tuple[Message, ...], Reader] | None:
            language = language_of(incoming.language_code, self._house.language)
            actor = staff.actor(tx, incoming.person, language=language, zone=self._house.zone)
            route = self._routes.kinds[incoming.kind]
            if not actor.member or not access.allowed(actor, route.action):
                return None
            reply = route.run(self._with_house(tx, actor, incoming, text=incoming.text))
            return reply.messages, Reader(actor.language, actor.zone, tx.now)

        try:
            return await self._book.read(run)
        except KehuError:
            return None

    async def _handle(self, arrived: Arrived) -> bool:
        incoming = Incoming.model_validate_json(arrived.payload)
        try:
            if arrived.again:
                await self._book.write(lambda tx: _try_again(tx, arrived))
            done = None if router.likely_writes(self._routes, incoming) else await self._read(incoming)
            await self._book.write(lambda tx: self._finish(tx, arrived, incoming, done))
        except KehuError as error:
            if isinstance(error, Busy) and error.of_the_book:
                raise
            refused = error
            await self._book.write(lambda tx: self._refuse(tx, arrived, incoming, refused))
        except Exception as error:  # noqa: BLE001 - the one place that answers for features
            reference = logs.reference(log, error)
            unexpected = KehuError("unexpected", reference=reference)
            await self._book.write(lambda tx: self._refuse(tx, arrived, incoming, unexpected, reference))
        return incoming.kind != "blocked"

    def _request(self, tx: Tx, incoming: Incoming) -> tuple[router.Way, Request]:
        language = language_of(incoming.language_code, self._house.language)
        actor = staff.actor(tx, incoming.person, language=language, zone=self._house.zone)
        draft = _meant(tx, incoming)
        found = router.way(self._routes, incoming, actor, draft)
        if draft is not None and found.route == forms.route_of(draft, incoming.text):
            with forms.ending(draft):
                access.require(actor, found.route.action)
            if incoming.kind == "text" and not forms.fits(self._asks(tx, actor, incoming, found, draft)):
                found = router.way(self._routes, incoming, actor, None)
        access.require(actor, found.route.action)
        tx.cause = found.route.name
        return found, self._asks(tx, actor, incoming, found, draft)

    def _asks(self, tx: Tx, actor: Actor, incoming: Incoming, found: router.Way, draft: Draft | None) -> Request:
        request = self._with_house(tx, actor, incoming, text=found.text)
        return replace(request, args=found.args, draft=draft)

    def _with_house(self, tx: Tx, actor: Actor, incoming: Incoming, *, text: str = "") -> Request:
        house = self._house
        return Request(tx, actor, incoming, text=text, bot_name=house.bot_name, country=house.country)

    async def _read(self, incoming: Incoming) -> Done | None:
        """What a reading route answered on a reader's snapshot; None when the route needs to write."""

        def run(tx: Tx) -> Done | None:
            found, request = self._request(tx, incoming)
            return None if found.route.writes else Done(found, request, found.route.run(request))

        return await self._book.read(run)

    def _finish(self, tx: Tx, arrived: Arrived, incoming: Incoming, done: Done | None) -> None:
        """The one commit of an update: a writing route's effects, the draft, the reply's rows, and the mark in the
        inbox.
        """
        if not queue.finish(tx, arrived.update_id):
            return
        if incoming.kind in ("blocked", "unblocked"):
            self._reachable(tx, incoming)
            return
        actor = done.request.actor if done else None
        if done is None:
            found, request = self._request(tx, incoming)
            done = Done(found, request, found.route.run(request))
            # Joining changes who somebody is; the answer goes to who they are now.
            actor = staff.actor(tx, incoming.person, language=request.actor.language, zone=self._house.zone)
        left = self._keep_draft(tx, done)
        self._post(tx, _with_way_back(replace(done.request, tx=tx), done.reply.messages, left), incoming,
                   actor or done.request.actor)  # fmt: skip

    def _keep_draft(self, tx: Tx, done: Done) -> list[Draft]:
        """Writes what is open from now on; which forms of a member were left half-filled for something else."""
        person, draft, reply = done.request.incoming.person, done.request.draft, done.reply
        before = _open_draft(tx, person)
        leaves = draft is not None and draft.step is not None and not done.found.route.keeps_form
        after = reply.draft if not reply.keep_draft else None if leaves else draft
        # Who closes what they don't know of, a change in words while a question waits, leaves it for something else.
        ends = done.found.route.keeps_form and not reply.keep_draft and reply.draft is None
        ended = draft if ends else None
        if draft is not None:
            queue.drop_aside(tx, person, draft.nonce)
        if after is None:
            queue.drop_draft(tx, person)
        elif after != before:
            queue.save_draft(tx, person, after.form, after.model_dump_json().encode(), after.until)
        held = {one.nonce for one in (after, ended) if one is not None}
        left = {one.nonce: one for one in (before, draft) if one is not None and one.nonce not in held}
        if not done.request.actor.member:
            return []
        for one in left.values():
            queue.put_aside(tx, person, one.nonce, one.model_dump_json().encode())
        return list(left.values())

    def _post(self, tx: Tx, messages: tuple[Message, ...], incoming: Incoming, actor: Actor) -> None:
        pressed = incoming.message_id if incoming.kind == "button" else None
        for said in messages:
            outgoing.post(tx, said, chat=incoming.chat, actor=actor, pressed=pressed)

    def _refuse(
        self, tx: Tx, arrived: Arrived, incoming: Incoming, error: KehuError, reference: str | None = None
    ) -> None:
        """Answers with the reason of a refusal. A form that can't be fulfilled any more ends; any other stays open."""
        if not queue.finish(tx, arrived.update_id, reference):
            return
        language = language_of(incoming.language_code, self._house.language)
        actor = staff.actor(tx, incoming.person, language=language, zone=self._house.zone)
        why = t(f"error.{error.key}", **_params(error))
        answer = message(why)
        if isinstance(error, forms.Over):
            answer = over.ended(self._with_house(tx, actor, incoming), error, why)
            _forget(tx, incoming.person, error.draft)
        if actor.role is not Role.STRANGER or strangers.may_try(tx, incoming.person):
            self._post(tx, (answer,), incoming, actor)
        if reference is not None and queue.once(tx, f"fault:{tx.now:%Y-%m-%dT%H}:{actor.id}"):
            for owner in staff.with_role(tx, Role.OWNER):
                if owner != actor.id:
                    told = message(t("error.owner_told", reference=reference), to_staff=owner, priority=Priority.NEWS)
                    outgoing.post(tx, told, chat=0, actor=actor)

    def _reachable(self, tx: Tx, incoming: Incoming) -> None:
        reachable = incoming.kind == "unblocked"
        staff.set_reachable(tx, incoming.person, reachable)
        guests.set_reachable(tx, incoming.person, reachable)


def _open_draft(tx: Tx, person: int) -> Draft | None:
    row = queue.draft(tx, person)
    return Draft.model_validate_json(row["payload"]) if row else None


def _forget(tx: Tx, person: int, draft: Draft) -> None:
    """A form is over, whether it was open or put aside."""
    queue.drop_aside(tx, person, draft.nonce)
    still = _open_draft(tx, person)
    if still is not None and still.nonce == draft.nonce:
        queue.drop_draft(tx, person)


def _meant(tx: Tx, incoming: Incoming) -> Draft | None:
    """The form that an update is about: what is open, or the one put aside to which the pressed button belongs."""
    draft = _open_draft(tx, incoming.person)
    nonce = incoming.text.split(":")[1:2] if incoming.kind == "button" else []
    if nonce and (draft is None or draft.nonce != nonce[0]):
        row = queue.aside(tx, incoming.person, nonce[0])
        if row is not None:
            return Draft.model_validate_json(row["payload"])
    return draft


def _with_way_back(request: Request, messages: tuple[Message, ...], left: list[Draft]) -> tuple[Message, ...]:
    """The answer, with one line and a button for what was put aside by it."""
    told = next((said for one in reversed(left) if (said := forms.put_aside(request, one)) is not None), None)
    if told is None:
        return messages
    line, way = told
    for place, one in enumerate(messages):
        if one.to_staff is None and one.to_customer is None and not one.keyboard and one.lines:
            more = replace(one, lines=(*one.lines, BLANK, line), buttons=(*one.buttons, (way,)))
            return (*messages[:place], more, *messages[place + 1 :])
    return (*messages, message(line, buttons=[[way]]))


def _try_again(tx: Tx, arrived: Arrived) -> None:
    if not queue.try_again(tx, arrived.update_id):
        raise Exhausted


def _params(error: KehuError) -> dict[str, str | int]:
    return {name: value if isinstance(value, int) else str(value)[:200] for name, value in error.data.items()}
