"""The message for a form that has ended because its purpose became impossible (`forms.Over`).

It gives the typed words back, since nothing was saved of them, and offers a way on from what the form was about.
"""

from __future__ import annotations

from handlers.kit.forms import FORMS, Over
from handlers.kit.reply import Button, Message, Param, Text, message, t
from handlers.kit.request import Draft, Request
from store import complaints, customers
from store.errors import NotAllowed
from store.rules.models import Role


def ended(req: Request, over: Over, why: Text) -> Message:
    """Why it is over, what was written, and where to go on; `why` is left out where it speaks of a button."""
    words = _words(req, over.draft)
    reason = [] if over.key == "no_longer" else [why]
    return message(*reason, t("form.over_words" if words else "form.over"), *words, buttons=[_ways(req, over.draft)])


def _words(req: Request, draft: Draft) -> list[Text]:
    """The form's values that were typed, and the last answer as typed; not what the book held before."""
    before = draft.extra.get("text")
    said: list[Param] = [before] if isinstance(before, str) else []
    said += [
        field.show(draft.values[field.key])
        for field in FORMS[draft.form].now(req).fields
        if field.key in draft.values and field.key != draft.step
    ]
    if not req.pressed:
        said.append(req.incoming.text)
    return [t("plain", text=one) for one in said if one]


def _ways(req: Request, draft: Draft) -> list[Button]:
    if not req.actor.member:
        return [Button(t("guest.button.menu"), "g.menu")] if req.actor.role is Role.CUSTOMER else []
    ways = [Button(t("button.menu"), "menu")]
    for name, get in (("case", complaints.get), ("customer", customers.get)):
        try:
            get(req.tx, req.actor, int(str(draft.extra[name])))
        except (KeyError, ValueError, NotAllowed):
            continue
        ways.insert(0, Button(t("button.open"), name, int(str(draft.extra[name]))))
    return ways
