"""The history of a case: what was said and done, by whom and when, from the beginning."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.cases import customer_of
from handlers.kit.case_cards import Told, label_text, said_line, story_lines
from handlers.kit.files import open_case_files
from handlers.kit.reply import Button, Reply, Text, plain, t
from handlers.kit.request import Request
from handlers.kit.routes import Routes
from store import attachments, case_labels, complaints, journal, proofs, staff, team_tree
from store.access import Action
from store.db import Tx
from store.journal import Past
from store.rules.models import CaseStatus, Complaint, LabelKind
from store.times import from_ms

routes = Routes()

#: Steps that are told as such; that a case waits or goes on is seen from what was said.
_TOLD = (CaseStatus.RESOLVED, CaseStatus.CLOSED, CaseStatus.REOPENED)


@routes.button("case.story", Action.SEE_CASE)
def story(req: Request) -> Reply:
    """Everything that was said and done, whole."""
    case = complaints.get(req.tx, req.actor, req.number())
    files = attachments.of_case(req.tx, req.actor, case.id)
    said = [
        said_line(one, staff.name(req.tx, one.author_id), files)
        for one in complaints.messages(req.tx, req.actor, case.id)
    ]
    done = [one for past in journal.of_case(req.tx, req.actor, case.id) for one in _told(req.tx, past)]
    done += [line for one in complaints.repetitions(req.tx, req.actor, case.id) for line in _merged(req, one, case.id)]
    buttons = [[*open_case_files(case.id, files), Button(t("button.return"), "case", case.id)]]
    doubtful = proofs.doubtful(req.tx, "complaint", case.id)
    return Reply.say(
        *story_lines(case, [*said, *done], author=staff.name(req.tx, case.author_id), doubtful=doubtful),
        buttons=buttons, replace=True, customer_id=case.customer_id if customer_of(req, case) else None, masked=True,
    )  # fmt: skip


def _merged(req: Request, case: Complaint, into: int) -> Iterator[Told]:
    """The first words of a repetition, and that it was merged into the case that is told."""
    number, who = str(case.id), staff.name(req.tx, case.author_id) or t("case.voice.customer")
    words = t("case.wordless") if case.wordless else plain(case.text)
    yield Told(case.opened_at, t("case.story.same", at=case.opened_at, number=number, who=who, text=words))
    for past in journal.of_case(req.tx, req.actor, case.id):
        if past.before is not None and past.after.get("merged_into") == into:
            name, at = staff.name(req.tx, past.actor_id), from_ms(past.at)
            what = t("case.step.took", number=number)
            yield Told(at, t("case.story.step", at=at, who=name, what=what))


def _told(tx: Tx, past: Past) -> Iterator[Told]:
    if past.before is None:
        return
    name, at = staff.name(tx, past.actor_id), from_ms(past.at)
    for what in _steps(tx, past.after):
        yield Told(at, t("case.story.step", at=at, who=name or t("case.voice.customer"), what=what))


def _steps(tx: Tx, after: dict[str, object]) -> Iterator[Text]:
    """The lines for one change of a case."""
    assignee = after.get("assignee_id")
    if isinstance(assignee, int):
        yield t("case.step.assignee", name=staff.name(tx, assignee))
    if isinstance(after.get("team_id"), int):
        yield t("case.step.moved", name=team_tree.name(tx, int(str(after["team_id"]))))
    if after.get("merged_into") is not None:
        yield t("case.step.merged", number=str(after["merged_into"]))
    elif after.get("status") in _TOLD:
        yield t(f"case.step.{after['status']}")
    if "severity" in after:
        yield t("case.step.severity", label=t(f"severity.{after['severity']}"))
    for kind in LabelKind:
        held = after.get(f"{kind}_id")
        label = case_labels.find(tx, held) if isinstance(held, int) else None
        if label is not None:
            yield t(f"case.sorted.{kind}", label=label_text(label))
    if after.get("rating") is not None:
        yield t("case.rating", score=str(after["rating"]))
