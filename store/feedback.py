"""Feedback: the scores and words of customers, and the case that one may become. The inbox is store/feedback_inbox.py.

    given = feedback.rate(tx, guest, 2)
    feedback.add_words(tx, guest, given.id, "送货太慢")
    case = feedback.make_case(tx, member, given.id, Severity.HIGH)

Feedback from a stranger, or in an anonymous campaign, keeps the score, the words and files, and the campaign
(`rate_unnamed`, `add_unnamed`), sealed under a key of its own. Neither its row nor the journal nor any other table
holds the customer or the Telegram identity that it came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from store import access, asked, attachments, complaints, floods, guests, journal, kinds, queue, staff
from store.access import Action, Actor
from store.attachments import NewFile
from store.db import Row, Tx
from store.errors import Busy, Invalid, KehuError, NotAllowed
from store.rules.models import Campaign, Complaint, Feedback, FileKind, LabelKind, Role, Severity
from store.rules.scores import Scale
from store.seal import new_key, unseal
from store.times import from_ms, to_ms

#: What one message of Telegram holds (https://core.telegram.org/bots/api#sendmessage).
TEXT_MAX = 4_096
#: How often a customer may say how it went in 24 hours.
A_DAY = 20
#: How often on a day somebody of whom nothing is kept may answer the same campaign.
UNNAMED_A_DAY = 3
#: To how many of those answers, of all campaigns, they may add files: about as many bytes as anybody else may send.
UNNAMED_FILED_A_DAY = attachments.BYTES_A_DAY // (attachments.MOST * attachments.SIZE_MAX)
#: What may be sent without a name. A document or a song holds names of its own making: its author's, its file's, where
#: a picture was taken; of a photo that is sent as one Telegram's apps leave nothing but the picture.
UNNAMED_FILES = frozenset({FileKind.PHOTO, FileKind.VOICE, FileKind.VIDEO})
#: The text that a score without a name consents to; a new text needs a new version.
UNNAMED_NOTICE = "2026-11-26"
#: What store/floods.py marks of whoever answers without a name; and of who was told that such an answer is over.
_UNNAMED, _OVER = "unnamed", "unnamed over"
#: Whoever gives feedback without a name: the journal knows no more of them.
_NOBODY = Actor(Role.STRANGER, "en", "UTC")


# Giving --------------------------------------------------------------------------------------------------------------


def rate(tx: Tx, actor: Actor, score: int, campaign: Campaign | None = None) -> Feedback:
    """Keeps a customer's score; of a campaign only where it is not anonymous, so that a promise is kept.

    Raises NotAllowed, Invalid `score` beyond the scale, Busy `limit` beyond `A_DAY`.
    """
    if campaign is None:
        return _add(tx, actor, score, None)
    if campaign.anonymous:
        raise NotAllowed
    return _add(tx, actor, score, None, scale=campaign.scale, campaign_id=campaign.id)


def rate_unnamed(tx: Tx, campaign: Campaign, score: int, telegram_id: int) -> int:
    """Saves a campaign's score without its author; returns the feedback's id, for the words that may follow.

    Raises Invalid `score`, and Busy `rated_enough` when this person has answered it `UNNAMED_A_DAY` times today.
    """
    if not campaign.scale.holds(score):
        raise Invalid("score")
    if not floods.may(tx, telegram_id, f"campaign {campaign.id}", UNNAMED_A_DAY):
        raise Busy("rated_enough")
    asked.over(tx, telegram_id)
    key_id, key = new_key(tx)
    values: dict[str, object] = {
        "team_id": campaign.team_id, "campaign_id": campaign.id, "score": score, "scale": campaign.scale,
        "notice": UNNAMED_NOTICE,
    }  # fmt: skip
    return journal.create(tx, _NOBODY, kinds.FEEDBACK, values, key_id=key_id, key=key)


def rate_case(tx: Tx, actor: Actor, case_id: int, score: int) -> Feedback:
    """Keeps how a customer found the handling of their closed case. Raises as `rate` and `complaints.rate` do."""
    complaints.rate(tx, actor, case_id, score)
    return _add(tx, actor, score, None, case_id=case_id)


def rate_deal(tx: Tx, actor: Actor, deal_id: int, score: int) -> Feedback:
    """Keeps how a customer found us when they bought something. Raises as `rate`, and KehuError `no_longer` for what
    was taken back, or has a score of theirs; a visitor's is no other's.
    """
    deal, sight = access.row(tx, actor, Action.RATE, "deal", deal_id)
    mine = f"SELECT 1 FROM feedback_{sight.scope} WHERE deal_id = :id AND guest_id = :me AND deleted_at IS NULL"
    rated = tx.value("SELECT rated FROM deal_clock WHERE id = :id", id=deal_id) or tx.value(
        mine, id=deal_id, me=actor.guest_id
    )
    if deal["deleted_at"] is not None or rated:
        raise KehuError("no_longer")
    return _add(tx, actor, score, None, deal_id=deal_id)


def praise(tx: Tx, actor: Actor, text: str, files: Sequence[NewFile] = ()) -> Feedback:
    """Keeps a customer's words, without a score. Raises NotAllowed, Invalid `text`, Busy `limit` beyond `A_DAY`; for
    files as `attachments.add` does.
    """
    given = _add(tx, actor, None, _words(text))
    if files:
        attachments.add(tx, actor, "feedback", given.id, files)
    return given


def add_words(tx: Tx, actor: Actor, feedback_id: int, text: str, files: Sequence[NewFile] = ()) -> Feedback:
    """Adds a customer's words, or files, to what they scored. Raises NotAllowed, Invalid `text` for neither."""
    row, _ = access.row(tx, actor, Action.RATE, "feedback", feedback_id)
    if text.strip() or not files:
        journal.update(tx, actor, kinds.FEEDBACK, row, {"text": _words(text), "worded": 1})
    if files:
        attachments.add(tx, actor, "feedback", feedback_id, files)
    return get(tx, actor, feedback_id)


def may_file_unnamed(tx: Tx, telegram_id: int) -> bool:
    """Whether the author of an anonymous score may add files to it; counts this one.

    It is asked for every score, so that the mark does not tell who sent a file; those would be few.
    """
    return floods.may(tx, telegram_id, _UNNAMED, UNNAMED_FILED_A_DAY)


def check_unnamed(file: NewFile) -> None:
    """Raises Invalid `unnamed_file` for what is not taken without a name, and as `attachments.check` does."""
    if file.kind not in UNNAMED_FILES:
        raise Invalid("unnamed_file")
    attachments.check(file)


def add_unnamed(tx: Tx, feedback_id: int, text: str, files: Sequence[NewFile] = ()) -> int:
    """Adds words, files or both to a score without a name; how many of the files it had room for.

    The caller knows that it is theirs. Raises NotAllowed, Invalid `text` for neither, and as `check_unnamed` does.
    """
    row = tx.one("SELECT * FROM feedback_unnamed WHERE id = :id", id=feedback_id)
    if row is None:
        raise NotAllowed
    for file in files:
        check_unnamed(file)
    tx.cause = journal.UNNAMED
    hung = attachments.hang(tx, _NOBODY, "feedback", row, files)
    if text.strip() or not files:
        said = "\n".join(part for part in (from_row(row).text, _words(text)) if part)
        journal.update(tx, _NOBODY, kinds.FEEDBACK, row, {"text": said[:TEXT_MAX], "worded": 1})
    return len(hung)


def over_unnamed(tx: Tx, telegram_id: int) -> bool:
    """Whether this person has answered anonymously today, and is to be told, once, that the answer is closed."""
    return floods.noted(tx, telegram_id, _UNNAMED) is not None and floods.may(tx, telegram_id, _OVER, 1)


def _words(text: str) -> str:
    if not text.strip():
        raise Invalid("text")
    return text.strip()[:TEXT_MAX]


def _add(
    tx: Tx, actor: Actor, score: int | None, text: str | None, *, scale: Scale = Scale.STARS,
    case_id: int | None = None, campaign_id: int | None = None, deal_id: int | None = None,
) -> Feedback:  # fmt: skip
    if score is not None and not scale.holds(score):
        raise Invalid("score")
    customer, sight = access.row(tx, actor, Action.RATE, "customer", actor.customer_id)
    since = to_ms(tx.now - timedelta(days=1))
    if tx.value(f"SELECT count(*) FROM feedback_{sight.scope} WHERE created_at > :since", since=since) >= A_DAY:
        raise Busy("limit")
    values: dict[str, object] = {
        "customer_id": actor.customer_id, "team_id": customer["team_id"], "score": score, "scale": scale, "text": text,
        "worded": int(text is not None), "complaint_id": case_id, "campaign_id": campaign_id,
        "deal_id": deal_id,
        "guest_id": actor.guest_id or None,
    }  # fmt: skip
    feedback_id = journal.create(tx, actor, kinds.FEEDBACK, values, key_id=customer["key_id"], key=customer["key"])
    return get(tx, actor, feedback_id)


# What becomes of it ---------------------------------------------------------------------------------------------------


def get(tx: Tx, actor: Actor, feedback_id: int) -> Feedback:
    """One feedback as the actor may see it. Raises NotAllowed, for the missing and the forbidden alike."""
    return from_row(_row(tx, actor, feedback_id))


def make_case(
    tx: Tx, actor: Actor, feedback_id: int, severity: Severity, labels: Mapping[LabelKind, int] | None = None
) -> Complaint:  # fmt: skip
    """Turns a feedback into a case, whose first words are the score (as `2/5`) and what was written with it.

    By a member, or by the customer. Raises NotAllowed, and KehuError `no_longer` when it became one already.
    """
    row = _row(tx, actor, feedback_id)
    given = from_row(row)
    if given.complaint_id is not None:
        raise KehuError("no_longer")
    if given.customer_id is None:
        raise NotAllowed
    score = "" if given.score is None else f"{given.score}/{given.scale}"
    words = f"{score} {given.text}"
    case = complaints.add(tx, actor, given.customer_id, words, severity, labels, guest_id=row["guest_id"])
    journal.update(tx, actor, kinds.FEEDBACK, row, {"complaint_id": case.id})
    return case


def answerable(tx: Tx, given: Feedback) -> bool:
    """Whether the feedback can be answered: its customer is reached through the bot."""
    return given.customer_id is not None and bool(guests.chats(tx, given.customer_id))


def answer(tx: Tx, actor: Actor, feedback_id: int, text: str | None = None) -> Feedback:
    """Notes that a member answers a feedback, in their own words or with thanks; the caller sends it.

    Raises NotAllowed, Invalid `text`, and KehuError `unanswerable`.
    """
    access.require(actor, Action.SEE_FEEDBACK)
    row = _row(tx, actor, feedback_id)
    if not answerable(tx, from_row(row)):
        raise KehuError("unanswerable")
    said = None if text is None else _words(text)
    journal.update(tx, actor, kinds.FEEDBACK, row, {"answer": said, "answered_at": to_ms(tx.now)})
    return get(tx, actor, feedback_id)


def audience(tx: Tx, feedback_id: int) -> list[int]:
    """The members who are told of a feedback: the customer's owner, of a low score the managers too.

    What nobody we know has given is told to the managers when it is the campaign's first low score of the day, and so
    is what comes with it later: three hundred answers are read in the inbox.
    """
    row = tx.one("SELECT * FROM feedback_clock WHERE id = :id", id=feedback_id)
    if row is None:
        return []
    managers = staff.managers_of(tx, row["team_id"])
    low = row["score"] is not None and row["score"] <= Scale(row["scale"]).low
    if row["customer_id"] is None:
        if low and queue.once(tx, f"low:{tx.now:%Y-%m-%d}:campaign:{row['campaign_id']}"):
            queue.once(tx, f"low:feedback:{feedback_id}")
        return managers if queue.happened(tx, f"low:feedback:{feedback_id}") else []
    if row["owner_id"] is None:
        return managers
    return list(dict.fromkeys([row["owner_id"], *(managers if low else ())]))


def _row(tx: Tx, actor: Actor, feedback_id: int) -> Row:
    action = Action.SEE_FEEDBACK if actor.member else Action.RATE
    row, _ = access.row(tx, actor, action, "feedback", feedback_id)
    if row["deleted_at"] is not None:
        raise NotAllowed
    return row


def from_row(row: Row) -> Feedback:
    """A row of one of the predicate's views as the model that may leave the store."""
    words = unseal(row["key_id"], row["key"], row["sealed"])
    return Feedback(
        id=row["id"], version=row["version"], customer_id=row["customer_id"], team_id=row["team_id"],
        complaint_id=row["complaint_id"], campaign_id=row["campaign_id"], deal_id=row["deal_id"], score=row["score"],
        scale=Scale(row["scale"]), text=str(words.get("text") or ""), answer=str(words.get("answer") or ""),
        answered=row["answered_at"] is not None, seen=row["seen_at"] is not None, created_at=from_ms(row["created_at"]),
    )  # fmt: skip
