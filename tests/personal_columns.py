"""What every column of the book holds.

tests/store/test_personal_columns.py holds the file against it, tests/authorizer.py refuses reads by it. A new column is
named here first; whoever can't say what it holds shouldn't add it.
"""

from __future__ import annotations

from enum import StrEnum


class Holds(StrEnum):
    """What a column holds about people, and what becomes of it when a customer is erased."""

    PLAIN = "plain"
    """Nothing that identifies anybody: ids, times, states, counts."""
    SEALED = "sealed"
    """A customer's words under the customer's own key. Erasing deletes the key. (Of members: as JSON.)"""
    KEY = "key"
    """A key. Erasing deletes the row."""
    TRACE = "trace"
    """A hash by which something known is found again: of a contact, an identity, a token. Erasing deletes the row."""
    SEARCH = "search"
    """A customer's words in the clear (inside the encrypted file), to be found by. Erasing deletes and optimises."""
    BUFFER = "buffer"
    """What is on its way in or out, or half said; blanked once it has served."""
    PERSON = "person"
    """A Telegram id, a chat or a name of a person. Of members; and on the wire of whoever writes or is written to."""


PLAIN, SEALED, KEY, TRACE, SEARCH, BUFFER, PERSON = Holds


def _columns(plain: str, **others: Holds) -> dict[str, Holds]:
    return dict.fromkeys(plain.split(), PLAIN) | others


COLUMNS: dict[str, dict[str, Holds]] = {
    # People of the company
    "staff": _columns(
        "id version role team_id language zone active unreachable_at created_at deleted_at agenda_at agenda",
        telegram_id=PERSON, chat_id=PERSON, name=PERSON,
    ),
    "team": _columns("id version name parent_id deleted_at"),
    "reach": _columns("staff_id team_id"),
    "invite": _columns(
        "id version role team_id invited_by created_at expires_at used_by used_at deleted_at", digest=TRACE
    ),
    # Customers and what hangs on them
    "seal_key": _columns("id customer_id", key=KEY),
    "customer": _columns(
        "id version key_id owner_id team_id kind level stage region industry source created_at updated_at"
        " last_contact_at deleted_at",
        sealed=SEALED,
    ),
    "tag": _columns("id", name=SEARCH, folded=SEARCH),
    "customer_tag": _columns("tag_id customer_id"),
    "customer_value": _columns("field_id customer_id", value=SEARCH),
    "contact": _columns("customer_id", digest=TRACE),
    "customer_find": _columns("id owner_id team_id recent_at reach", shown=SEARCH, hidden=SEARCH, by_name=SEARCH),
    "customer_token": {"words": SEARCH},
    "customer_token_data": _columns("id", block=SEARCH),
    "customer_token_idx": _columns("segid pgno", term=SEARCH),
    "customer_token_docsize": _columns("id sz origin"),
    "customer_token_config": _columns("k v"),
    "interaction": _columns(
        "id version key_id customer_id kind outcome author_id at created_at updated_at deleted_at", sealed=SEALED
    ),
    "attachment": _columns(
        "id version key_id customer_id record record_id author_id kind size state attempts wake_at created_at"
        " updated_at deleted_at",
        handle=SEALED, sealed=SEALED,
    ),
    "attachment_part": _columns("id key_id attachment_id place", sealed=SEALED),
    "followup": _columns(
        "id version key_id customer_id staff_id author_id due_at zone rrule state rings wake_at done_at lent_by"
        " offer_at offered created_at updated_at deleted_at",
        sealed=SEALED,
    ),
    "deal": _columns(
        "id version key_id customer_id author_id state amount currency expected_on decided_at created_at updated_at"
        " deleted_at",
        sealed=SEALED,
    ),
    "complaint": _columns(
        "id version key_id customer_id team_id author_id assignee_id status severity opened_at answered_at resolved_at"
        " closed_at answer_target solve_target answer_ms worked_ms running_since reopened category_id product_id"
        " cause_id merged_into rating guest_id created_at updated_at deleted_at",
        sealed=SEALED,
    ),
    "case_message": _columns(
        "id version key_id complaint_id customer_id author_id guest_id kind at created_at updated_at deleted_at",
        sealed=SEALED,
    ),
    "case_told": _columns("id status due promise"),
    "case_label": _columns("id version kind code name deleted_at"),
    "product_units": _columns("id version product_id month units deleted_at"),
    "survey_due": _columns("record record_id wake_at ended_at"),
    "case_ring": _columns("staff_id case_id what stage wake_at"),
    "case_watch": _columns(
        "id answer_near answer_due solve_near solve_due answer_warned solve_warned wake_at"
    ),
    "feedback": _columns(
        "id version key_id customer_id team_id campaign_id complaint_id deal_id guest_id score scale notice worded"
        " seen_at answered_at created_at updated_at deleted_at",
        sealed=SEALED,
    ),
    "link": _columns(
        "id version key_id customer_id author_id claimed_by created_at updated_at deleted_at",
        digest=TRACE, sealed=SEALED,
    ),
    "guest": _columns(
        "id version key_id customer_id language consent_version consent_at unreachable_at proven_at proven_by"
        " quiet_at created_at updated_at deleted_at",
        digest=TRACE, sealed=SEALED,
    ),
    "survey": _columns("id version customer_id asked_at declined_at deleted_at"),
    # What whoever comes by is asked: the company's own words, and links that hang on the wall
    "campaign": _columns("id version name scale anonymous team_id author_id ended_at deleted_at"),
    "public_link": _columns("id version record record_id digest token deleted_at"),
    # Questionnaires: the company's words, and the customers' answers
    "questionnaire": _columns(
        "id version title_zh title_en anonymous state team_id author_id begun_at deleted_at"
    ),
    "question": _columns("id version questionnaire_id place kind required text_zh text_en options deleted_at"),
    "response": _columns(
        "id version key_id questionnaire_id customer_id guest_id team_id notice finished_at created_at updated_at"
        " deleted_at",
        digest=TRACE, sealed=SEALED,
    ),
    "questionnaire_guest": _columns("questionnaire_id customer_id answered"),
    "questionnaire_visitor": _columns("questionnaire_id guest_id"),
    "mailing": _columns("id questionnaire_id staff_id total sent kept state"),
    "mailing_row": _columns("mailing_id customer_id"),
    # What the company wants known of its customers: names of fields and of what there is to choose
    "field": _columns("id version name kind need deleted_at"),
    "option": _columns("id version list name deleted_at"),
    "data_request": _columns(
        "id version key_id customer_id guest_id kind field state due_at answered_by created_at updated_at deleted_at",
        sealed=SEALED,
    ),
    "request": _columns("id version wanted_id asker_id asked_at state answered_by deleted_at"),
    "apart": _columns("id version one_id other_id author_id deleted_at"),
    # What happened
    "change": _columns("id actor_id actor_kind at cause undoes undone_by"),
    "entry": _columns(
        "id change_id record record_id version customer_id key_id hash", before=SEALED, after=SEALED
    ),
    # The wire
    "inbox": _columns("update_id received_at attempts done_at reference", person=PERSON, payload=BUFFER),
    "outbox": _columns(
        "id priority staff_id guest_id language customer_id masked ref not_before attempts created_at ended_at outcome",
        chat_id=PERSON, payload=BUFFER, attachment=BUFFER,
    ),
    "sent": _columns("ref message_id", chat_id=PERSON),
    "draft": _columns("form updated_at expires_at", person=PERSON, payload=BUFFER),
    "aside": _columns("nonce updated_at expires_at", person=PERSON, payload=BUFFER),
    "occasion": _columns("name at"),
    "bulk": _columns("id change_id undo_id staff_id what total done kept state", value=BUFFER),
    "bulk_row": _columns("bulk_id customer_id"),
    # The file itself
    "secret": _columns("name", value=KEY),
    "setting": _columns("id version name value deleted_at"),
    "migration": _columns("number name checksum applied_at"),
}  # fmt: skip
"""Table → column → what it holds."""

CUSTOMERS = frozenset({
    "seal_key", "customer", "contact", "customer_find", "customer_tag", "customer_value", "interaction", "attachment",
    "attachment_part", "followup", "deal",
    "complaint", "case_message", "feedback", "link", "guest", "entry", "data_request", "response",
})  # fmt: skip
"""The tables whose rows belong to a customer: read through the predicate's views, and in no other way."""
