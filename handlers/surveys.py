"""What a customer is asked without having come: how a case was handled that the staff has closed; and the button under
all such questions, no more of this, with the way back at once.

buttons=[[…], [surveys.stop()]]
"""

from __future__ import annotations

from handlers.guest_cases import back, stars
from handlers.kit.reply import Button, Message, Reply, message, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import case_survey, surveys
from store.access import Action
from store.db import Tx
from store.queue import Priority

routes = Routes()


def stop() -> Button:
    """No more surveys."""
    return Button(t("survey.stop"), "g.quiet")


@routes.tick
def ask_about_cases(tx: Tx) -> list[Message]:
    """How was it handled? In the customer's language, and not at night; one tap answers."""
    return [
        message(
            t("survey.case", number=str(case.id)), buttons=[stars("g.mark", case.id), [stop()]],
            to_customer=case.customer_id, customer_id=case.customer_id, priority=Priority.NEWS,
        )
        for case in case_survey.claim(tx)
    ]  # fmt: skip


@routes.button("g.quiet", Action.RATE, writes=True)
def decline(req: Request) -> Reply:
    """The customer doesn't want to be asked."""
    surveys.decline(req.tx, req.actor)
    return Reply.say(t("survey.stopped"), buttons=[[Button(t("survey.allow"), "g.askme")], back()], replace=True)


@routes.button("g.askme", Action.RATE, writes=True)
def allow(req: Request) -> Reply:
    """They want to be asked again."""
    surveys.allow(req.tx, req.actor)
    return Reply.say(t("survey.allowed"), buttons=[[stop()], back()], replace=True)
