"""A customer's own data as handed to them: on a card, as a machine-readable file, and as a readable one.

    own_lines(held)            # for the card
    as_json(held, now)         # kehu-data.json
    as_text(held, reader)      # kehu-data.txt

Internal data is left out: which member did something, what colleagues noted, the customer's level.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from handlers.fields import field_of, value_of
from handlers.kit.case_cards import case_words
from handlers.kit.deal_cards import what
from handlers.kit.files import worded
from handlers.kit.questions import answer_text
from handlers.kit.reply import BLANK, Text, t
from handlers.kit.texts import Reader, label
from store.own_data import Held
from store.rules.data_requests import AskedWhat, DataRequest
from store.rules.models import Attachment, CaseVoice
from store.rules.questions import Answer, Question, QuestionKind

#: The fields of a customer's record that say who they are and how to reach them, in the order in which they are shown.
SHOWN = (
    "name", "company", "title", "phones", "emails", "wechat", "address", "gender", "birthday", "birth_year", "language",
)  # fmt: skip
#: The form of the file for machines; another form would have another number.
FORMAT = "kehu-own-data-1"


def own_lines(held: Held) -> list[Text]:
    """The customer's details and consent, and how much is kept of them."""
    lines = []
    for key in SHOWN:
        value, field = value_of(held.customer, key), field_of(key)
        if value is not None:
            lines.append(t("form.line", label=field.label, value=field.show(value)))
    if held.consent is not None:
        lines.append(t("own.consent", at=held.consent.at, version=held.consent.version))
    files = len(held.files)
    lines.append(t("own.counts", cases=len(held.cases) + len(held.outlines), feedback=len(held.feedback), files=files))
    more = {"own.answers": len(held.answers), "own.purchases": len(held.purchases)}
    return lines + [t(key, n=n) for key, n in more.items() if n]


def request_line(asked: DataRequest) -> Text:
    """A request and its outcome."""
    if asked.what is not AskedWhat.CORRECT:
        what = t(f"own.asked.{asked.what}")
    else:
        field = field_of(asked.field)
        what = t("own.asked.correct", label=field.label, value=field.show(asked.value))
    if asked.reason:
        return t("own.refused", what=what, reason=asked.reason)
    return t("own.accepted" if asked.accepted else f"own.state.{asked.state}", what=what, due=asked.due_at)


# For machines --------------------------------------------------------------------------------------------------------


def as_json(held: Held, now: datetime) -> bytes:
    """Everything as JSON, times in UTC (ISO 8601)."""
    told = held.customer.model_dump(mode="json", include=set(SHOWN))
    whole = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "complete": held.whole,
        "about_you": {key: value for key, value in told.items() if value not in (None, "", [])},
        "telegram": held.consent and {
            "id": held.consent.telegram_id, "agreed_at": held.consent.at.isoformat(), "notice": held.consent.version
        },
        "cases": _cases(held),
        "feedback": [
            {
                "at": one.created_at.isoformat(), "score": one.score, "of": one.scale, "text": one.text,
                "answer": one.answer, "case": one.complaint_id, "files": [_file(file) for file in files],
            }
            for one, files in held.feedback
        ],
        "purchases": [
            {
                "at": one.decided_at and one.decided_at.isoformat(), "title": one.title,
                "amount": one.money and str(one.money.major), "currency": one.money and one.money.currency,
            }
            for one in held.purchases
        ],
        "questionnaires": [
            {
                "title": one.shown.title.both, "finished_at": one.at and one.at.isoformat(),
                "answers": [{"question": asked.text.both, "answer": _said(asked, said)} for asked, said in one.said],
                "files": [_file(file) for file in one.files],
            }
            for one in held.answers
        ],
        "requests": [
            {
                "what": one.what, "field": one.field, "value": one.value, "state": one.state, "reason": one.reason,
                "asked_at": one.asked_at and one.asked_at.isoformat(), "due_at": one.due_at.isoformat(),
            }
            for one in held.requests
        ],
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _cases(held: Held) -> list[dict[str, object]]:
    """The customer's cases; of one that a visitor did not write, its number and status."""
    whole: list[dict[str, object]] = [
        {
            "number": one.case.id, "status": one.case.status, "opened_at": one.case.opened_at.isoformat(),
            "text": one.case.text, "remedy": one.case.remedy, "rating": one.case.rating,
            "messages": [{"at": said.at.isoformat(), "from": _from(said.kind), "text": said.text} for said in one.said],
            "files": [_file(file) for file in one.files],
        }
        for one in held.cases
    ]  # fmt: skip
    for outline in held.outlines:
        whole.append({"number": outline.id, "status": outline.status, "opened_at": outline.opened_at.isoformat()})
    return whole


def _said(question: Question, answer: Answer) -> object:
    """An answer as what was said, not as our number for it."""
    if question.kind.optioned and answer is not None:
        chosen = answer if isinstance(answer, list) else [answer]
        return [question.options[int(place)].both for place in chosen]
    return answer is not None if question.kind is QuestionKind.PHOTO else answer


def _from(voice: CaseVoice) -> str:
    return "you" if voice is CaseVoice.CUSTOMER else "us"


def _file(file: Attachment) -> dict[str, object]:
    return {"kind": file.kind, "name": file.name, "bytes": file.size, "sent_at": file.created_at.isoformat()}


# For people ----------------------------------------------------------------------------------------------------------


def as_text(held: Held, reader: Reader) -> bytes:
    """The same to be read, in the customer's language."""
    return "\n".join(label(line, reader) for line in _lines(held, reader)).encode()


def _lines(held: Held, reader: Reader) -> Iterator[Text]:
    yield t("own.file.title", at=reader.now)
    if not held.whole:
        yield t("proof.held")
    yield from own_lines(held)
    yield from _case_lines(held)
    if held.feedback:
        yield BLANK
    for given, sent in held.feedback:
        score = t("feedback.praise") if given.score is None else t("plain", text=f"{given.score}/{given.scale}")
        yield t("own.file.feedback", at=given.created_at, score=score, text=given.text)
        if given.answer:
            yield t("own.file.us", at=given.created_at, text=given.answer)
        yield from map(_shown, sent)
    for filled in held.answers:
        yield BLANK
        yield t("plain", text=filled.shown.title.said(reader.language))
        for asked, answer in filled.said:
            yield t("own.file.answer", question=asked.text.said(reader.language),
                    said=answer_text(asked, answer, reader.language))  # fmt: skip
        yield from map(_shown, filled.files)
    if held.purchases:
        yield BLANK
    for deal in held.purchases:
        yield t("own.file.purchase", at=deal.decided_at or deal.created_at, what=what(deal))
    if held.requests:
        yield BLANK
    yield from (request_line(one) for one in held.requests)


def _case_lines(held: Held) -> Iterator[Text]:
    for one in held.cases:
        yield BLANK
        yield t("guest.case.head", number=str(one.case.id), status=t(f"guest.status.{one.case.status}"))
        yield t("own.file.opened", at=one.case.opened_at)
        if one.case.text or one.case.wordless:
            yield case_words(one.case)
        for said in one.said:
            along = [file for file in one.files if file.record == "case_message" and file.record_id == said.id]
            yield t(f"own.file.{_from(said.kind)}", at=said.at, text=worded(said.text, along))
        if one.case.remedy:
            yield t("guest.case.remedy", text=one.case.remedy)
        if one.case.rating is not None:
            yield t("own.file.rating", score=str(one.case.rating))
        yield from map(_shown, one.files)
    for outline in held.outlines:
        yield BLANK
        yield t("guest.case.head", number=str(outline.id), status=t(f"guest.status.{outline.status}"))
        yield t("own.file.opened", at=outline.opened_at)


def _shown(file: Attachment) -> Text:
    return t("file.shown", file=worded("", [file]), at=file.created_at)
