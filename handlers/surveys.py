"""The button under whatever a customer is asked without having come: no more of this; and, at once, the way back.

buttons=[[…], [surveys.stop()]]
"""

from __future__ import annotations

from handlers.guest_cases import back
from handlers.kit.reply import Button, Reply, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import surveys
from store.access import Action

routes = Routes()


def stop() -> Button:
    """No more surveys."""
    return Button(t("survey.stop"), "g.quiet")


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
