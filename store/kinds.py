"""The kinds of records in the journal: for each table, its clear columns, its sealed fields, and hooks after each
write.

    journal.update(tx, actor, kinds.CUSTOMER, row, {"level": "vip"})
    kinds.CUSTOMER.after.append(hook)

A column that is not listed here is not journaled: it is derived from those that are, or only bookkeeping of the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from store.access import Action
from store.db import Tx


class Written(NamedTuple):
    """A record as it was just written: its version and, by name, everything that the journal compares, now and before
    (None: it is new).
    """

    id: int
    version: int
    values: Mapping[str, object]
    before: Mapping[str, object] | None


Hook = Callable[[Tx, Written], None]


@dataclass(frozen=True)
class Kind:
    """A journaled table: its columns in the clear, its sealed fields, and the action that taking back a change needs.

    `hung`: of what hangs on several kinds of records, that action by the record where it is another. `follows` are
    columns that follow another record's: a change of nothing else is taken back with that one. `unkept` are those whose
    values no entry holds, since they must be forgotten for good when the record gives them up: who somebody is on
    Telegram. `after` is called with each record that was written, so that what is derived from it follows.
    """

    table: str
    clear: tuple[str, ...]
    sealed: tuple[str, ...] = ()
    edit: Action = Action.EDIT
    hung: Mapping[str, Action] = field(default_factory=dict)
    follows: frozenset[str] = frozenset()
    unkept: frozenset[str] = frozenset()
    after: list[Hook] = field(default_factory=list)


CUSTOMER = Kind(
    "customer",
    ("owner_id", "team_id", "kind", "level", "stage", "region", "industry", "source", "deleted_at"),
    ("name", "company", "title", "phones", "emails", "wechat", "address", "gender", "birth_year", "birthday",
     "language", "preferences", "needs", "notes", "tags", "custom"),
)  # fmt: skip
INTERACTION = Kind(
    "interaction",
    ("customer_id", "kind", "outcome", "author_id", "at", "deleted_at"),
    ("text", "origin"),
    edit=Action.LOG,
)
ATTACHMENT = Kind(
    "attachment",
    ("customer_id", "record", "record_id", "author_id", "kind", "size", "deleted_at"),
    ("name", "mime"),
    edit=Action.SEE_CASE,  # every role that may hang something on a record has it; undo is of one's own changes only
    hung={"interaction": Action.LOG},  # also of a customer whom one has for a follow-up only, and so no case of theirs
)
FOLLOWUP = Kind(
    "followup",
    ("customer_id", "staff_id", "author_id", "due_at", "zone", "rrule", "state", "rings", "wake_at", "done_at",
     "lent_by", "offer_at", "offered", "deleted_at"),
    ("text", "outcome"),
    edit=Action.REMIND,
)  # fmt: skip
DEAL = Kind(
    "deal",
    ("customer_id", "author_id", "state", "amount", "currency", "expected_on", "decided_at", "deleted_at"),
    ("title", "reason", "why"),
    edit=Action.DEAL,
)
COMPLAINT = Kind(
    "complaint",
    ("customer_id", "team_id", "author_id", "assignee_id", "status", "severity", "opened_at", "answered_at",
     "resolved_at", "closed_at", "answer_target", "solve_target", "answer_ms", "worked_ms", "running_since", "reopened",
     "category_id", "product_id", "cause_id", "merged_into", "rating", "guest_id", "deleted_at"),
    ("text", "remedy"),
    edit=Action.SEE_CASE,  # who logs a case may correct its severity, and take that back, without handling it
    follows=frozenset({"team_id"}),  # the customer's (store/case_moves.py)
)  # fmt: skip
CASE_MESSAGE = Kind(
    "case_message",
    ("complaint_id", "customer_id", "author_id", "guest_id", "kind", "at", "deleted_at"),
    ("text",),
    edit=Action.HANDLE,
)
FEEDBACK = Kind(
    "feedback",
    ("customer_id", "team_id", "campaign_id", "complaint_id", "deal_id", "guest_id", "score", "scale", "notice",
     "worded", "answered_at", "deleted_at"),
    ("text", "answer"),
    edit=Action.SEE_FEEDBACK,
)  # fmt: skip
LINK = Kind(
    "link",
    ("customer_id", "digest", "author_id", "claimed_by", "deleted_at"),
    ("token",),
    edit=Action.LINK,
    unkept=frozenset({"claimed_by"}),
)
CAMPAIGN = Kind(
    "campaign",
    ("name", "scale", "anonymous", "team_id", "author_id", "ended_at", "deleted_at"),
    edit=Action.CAMPAIGN,
)
PUBLIC_LINK = Kind("public_link", ("record", "record_id", "digest", "token", "deleted_at"), edit=Action.CAMPAIGN)
GUEST = Kind(
    "guest",
    ("customer_id", "digest", "language", "consent_version", "consent_at", "unreachable_at", "proven_at", "proven_by",
     "quiet_at", "deleted_at"),
    ("telegram_id", "chat_id"),
    edit=Action.LINK,
    unkept=frozenset({"digest", "telegram_id", "chat_id"}),
)  # fmt: skip
SURVEY = Kind("survey", ("customer_id", "declined_at", "deleted_at"), edit=Action.RATE)
QUESTIONNAIRE = Kind(
    "questionnaire",
    ("title_zh", "title_en", "anonymous", "state", "team_id", "author_id", "begun_at", "deleted_at"),
    edit=Action.SURVEY,
)
QUESTION = Kind(
    "question",
    ("questionnaire_id", "place", "kind", "required", "text_zh", "text_en", "options", "deleted_at"),
    edit=Action.SURVEY,
)
RESPONSE = Kind(
    "response",
    ("questionnaire_id", "customer_id", "guest_id", "team_id", "digest", "notice", "finished_at", "deleted_at"),
    ("answers", "handle"),
    edit=Action.SURVEY,
)
APART = Kind("apart", ("one_id", "other_id", "author_id", "deleted_at"))
REQUEST = Kind("request", ("wanted_id", "asker_id", "asked_at", "state", "answered_by", "deleted_at"))
DATA_REQUEST = Kind(
    "data_request",
    ("customer_id", "guest_id", "kind", "field", "state", "due_at", "answered_by", "deleted_at"),
    ("value", "reason"),
)
STAFF = Kind(
    "staff",
    ("telegram_id", "chat_id", "name", "role", "team_id", "language", "zone", "active", "unreachable_at",
     "created_at", "deleted_at", "agenda_at", "agenda"),
    edit=Action.MANAGE,
)  # fmt: skip
TEAM = Kind("team", ("name", "parent_id", "deleted_at"), edit=Action.MANAGE)
INVITE = Kind(
    "invite",
    ("digest", "role", "team_id", "invited_by", "created_at", "expires_at", "used_by", "used_at", "deleted_at"),
    edit=Action.INVITE,
)
SETTING = Kind("setting", ("name", "value", "deleted_at"), edit=Action.RULES)
LABEL = Kind("case_label", ("kind", "code", "name", "deleted_at"), edit=Action.HANDLE)
UNITS = Kind("product_units", ("product_id", "month", "units", "deleted_at"), edit=Action.UNITS)
FIELD = Kind("field", ("name", "kind", "need", "deleted_at"), edit=Action.RULES)
OPTION = Kind("option", ("list", "name", "deleted_at"), edit=Action.RULES)
KINDS = {
    kind.table: kind
    for kind in (
        CUSTOMER, INTERACTION, ATTACHMENT, APART, FOLLOWUP, DEAL, COMPLAINT, CASE_MESSAGE, FEEDBACK, LINK, GUEST,
        STAFF, TEAM, INVITE, REQUEST, DATA_REQUEST, SETTING, LABEL, UNITS, FIELD, OPTION, SURVEY,
        CAMPAIGN, PUBLIC_LINK, QUESTIONNAIRE, QUESTION, RESPONSE,
    )
}  # fmt: skip
