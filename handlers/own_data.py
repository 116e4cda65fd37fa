"""My data, on the customer's side: see it, ask for a correction, receive it as a file, ask for erasure.

A request changes nothing by itself: it goes to those who may answer it (handlers/data_requests.py), and the customer is
told the outcome. A visitor (handlers/own_proof.py) sees less, and how to see all.
"""

from __future__ import annotations

from handlers.data_requests import to_answerers
from handlers.fields import CUSTOMER_FIELDS, field_of, value_of
from handlers.guest_cases import back
from handlers.kit import forms, own_file
from handlers.kit.files import file_text
from handlers.kit.form_model import Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.own_file import own_lines, request_line
from handlers.kit.reply import BLANK, Button, Reply, Text, message, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from handlers.kit.texts import Reader
from store import floods, own_data, worktime
from store.access import Action
from store.errors import Busy, NotAllowed
from store.own_data import CORRECTABLE
from store.rules.data_requests import AskedWhat

routes = Routes()

#: How often a day a customer may have their data as a file.
FILES_A_DAY = 5
#: Requests on the card: the newest.
REQUESTS_SHOWN = 3


@routes.button("g.data", Action.OWN_DATA)
def show(req: Request) -> Reply:
    """What is kept of the customer, in words, and their requests."""
    return shown(req)


def shown(req: Request, *above: Text) -> Reply:
    """My data, below what has just happened."""
    held = own_data.held(req.tx, req.actor, req.actor.customer_id)
    asked = [request_line(one) for one in held.requests[:REQUESTS_SHOWN]]
    erasing = any(one.pending and one.what is AskedWhat.ERASE for one in held.requests)
    head = [*above, BLANK] if above else []
    prove = [] if held.whole else [Button(t("proof.button"), "g.prove")]
    buttons = [
        prove,
        [Button(t("file.button"), "g.files", 0)] if held.files else [],
        [Button(t("own.button.correct"), "g.right"), Button(t("own.button.file"), "g.file")],
        [*([] if erasing else [Button(t("own.button.erase"), "g.erase")]), Button(t("button.return"), "g.privacy")],
    ]
    return Reply.say(
        *head, t("own.title"), *own_lines(held), *([t("own.rest")] if held.whole else [BLANK, t("proof.held")]),
        *([BLANK, *asked] if asked else []), buttons=buttons, replace=req.pressed, customer_id=held.customer.id,
    )  # fmt: skip


@routes.button("g.files", Action.OWN_DATA)
def own_files(req: Request) -> Reply:
    """Their photos, recordings and files, each a tap away."""
    skip = req.number()
    page = own_data.held(req.tx, req.actor, req.actor.customer_id).files[skip : skip + PAGE + 1]
    rows = [Button(t("timeline.file", file=file_text(one), at=one.created_at), "file", one.id) for one in page[:PAGE]]
    buttons = paged(rows, "g.files", skip=skip, more=len(page) > PAGE)
    return Reply.say(t("own.files"), buttons=[*buttons, [Button(t("button.return"), "g.data")]], replace=True)


# Put right -----------------------------------------------------------------------------------------------------------


@routes.button("g.right", Action.OWN_DATA)
def choose(_: Request) -> Reply:
    """Asks which field is wrong."""
    fields = [Button(field_of(key).label, "g.right.to", key) for key in CORRECTABLE]
    rows = [fields[at : at + 3] for at in range(0, len(fields), 3)]
    return Reply.say(t("own.which"), buttons=[*rows, [Button(t("button.return"), "g.data")]], replace=True)


@routes.button("g.right.to", Action.OWN_DATA, writes=True, keeps_form=True)
def ask_right(req: Request) -> Reply:
    """Asks for the right value."""
    if req.word() not in CORRECTABLE:
        raise NotAllowed
    return forms.begin(req, RIGHT, only=req.word())


def _said(req: Request, draft: Draft) -> Reply:
    key, value = next(iter(draft.values.items()))
    customer = own_data.held(req.tx, req.actor, req.actor.customer_id).customer
    if value_of(customer, key) == value:
        return shown(req, t("own.same")).closing()
    asked = own_data.ask_correction(req.tx, req.actor, key, value)
    return shown(req, t("own.passed_on")).also(*to_answerers(req.tx, asked)).closing()


RIGHT = forms.register(Form("own_right", Action.OWN_DATA, CUSTOMER_FIELDS, _said, confirm=False))


# As a file -----------------------------------------------------------------------------------------------------------


@routes.button("g.file", Action.OWN_DATA, writes=True)
def hand_out(req: Request) -> Reply:
    """Everything, twice: for a machine and to be read. The files' names say nothing of anybody."""
    if not floods.may(req.tx, req.incoming.person, "own data", FILES_A_DAY):
        raise Busy("limit")
    held = own_data.held(req.tx, req.actor, req.actor.customer_id)
    reader = Reader(req.actor.language, worktime.calendar(req.tx).zone.key, req.now)
    told = {"kehu-data.txt": own_file.as_text(held, reader), "kehu-data.json": own_file.as_json(held, req.now)}
    return Reply(tuple(
        message(t("own.file.here" if name.endswith("txt") else "own.file.machine"), document=data, file_name=name,
                customer_id=held.customer.id)
        for name, data in told.items()
    ))  # fmt: skip


# To be erased --------------------------------------------------------------------------------------------------------


@routes.button("g.erase", Action.OWN_DATA)
def ask_erase(_: Request) -> Reply:
    """It can't be taken back, so it is asked once more."""
    sure = [Button(t("own.button.erase_now"), "g.erase.now"), Button(t("button.return"), "g.data")]
    return Reply.say(t("own.erase"), buttons=[sure], replace=True)


@routes.button("g.erase.now", Action.OWN_DATA, writes=True)
def erase(req: Request) -> Reply:
    """The owners are asked; by when they must answer is said."""
    asked = own_data.ask_erasure(req.tx, req.actor)
    said = Reply.say(t("own.erase_asked", due=asked.due_at), buttons=[back()], replace=True)
    return said.also(*to_answerers(req.tx, asked))
