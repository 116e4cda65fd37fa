"""The layout of a case: one card for the staff, another for the customer.

    case_lines(case, customer, assignee="苏青", said=messages)   # the staff's card
    live_card(case, files, req.now)                             # the customer's, edited in place as the case moves

The two are built separately, so that nothing internal (names, severity, notes, words about the customer) can slip into
the customer's card.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from handlers.kit.durations import duration
from handlers.kit.files import file_lines, open_case_files, worded
from handlers.kit.reply import BLANK, Button, Message, Text, message, plain, t
from store.case_clock import Left
from store.case_life import UNRESOLVED
from store.case_outlines import Outline
from store.complaints import TEXT_MAX
from store.rules.models import Attachment, CaseMessage, CaseStatus, CaseVoice, Complaint, Customer, Label, LabelKind

#: Characters of somebody's words on a card; all of them are one tap away. A long quotation folds by itself.
WORDS_SHOWN = 600
#: The latest messages on a card.
SAID_SHOWN = 3
SAID_WIDTH = 160
#: What a button shows of a case's words.
TWIN_WIDTH = 40


def case_lines(
    case: Complaint, customer: Customer | None, *, assignee: str, said: Sequence[CaseMessage] = (),
    left: Left | None = None, files: Sequence[Attachment] = (), reachable: bool = True, doubtful: bool = False,
    same: Sequence[Complaint] = (),
) -> list[Text]:  # fmt: skip
    """The card as the staff sees it: where it stands, whose it is, what happened and what was sent along, which cases
    were the same, when it came and whether it is in doubt from whom, who has it, what was said last, and what is owed
    next.
    """
    lines = [
        t(
            "case.head",
            number=str(case.id),
            status=t(f"case.status.{case.status}"),
            severity=t(f"severity.{case.severity}"),
        )
    ]
    if customer is not None:
        lines.append(whose(customer))
    lines.append(case_words(case, WORDS_SHOWN))
    lines += [t("case.same", number=str(one.id), text=first_words(one)) for one in same[-SAID_SHOWN:]]
    lines += file_lines([file for file in files if file.record != "case_message"])
    lines += [
        t(f"case.sorted.{kind}", label=label_text(label))
        for kind in LabelKind
        if (label := case.label(kind)) is not None
    ]
    for one in said[-SAID_SHOWN:]:
        lines.append(t(f"case.said.{one.kind}", text=worded(clip(one.text, SAID_WIDTH), along(one, files))))
    if case.remedy:
        again = case.status in UNRESOLVED
        lines.append(t("case.remedy_before" if again else "case.remedy", text=clip(case.remedy, WORDS_SHOWN)))
    if case.merged_into is not None:
        lines.append(t("case.merged", number=str(case.merged_into)))
    if case.rating is not None:
        lines.append(t("case.rating", score=str(case.rating)))
    opened = "case.opened_by_customer" if case.author_id is None else "case.opened"
    lines.append(t(opened, at=case.opened_at))
    if doubtful:
        lines.append(t("case.doubtful"))
    lines.append(t("case.assignee", name=assignee) if assignee else t("case.nobody"))
    if not reachable and case.status in UNRESOLVED:
        lines.append(t("case.unreachable"))
    return [*lines, left_line(left)] if left else lines


def case_words(case: Complaint, most: int = TEXT_MAX) -> Text:
    """The customer's first words, or that the case began with a photo or a recording."""
    return t("case.wordless") if case.wordless else t("case.words", text=clip(case.text, most))


def first_words(case: Complaint, most: int = SAID_WIDTH) -> Text:
    """The beginning of a case's words, to be part of a line."""
    return t("case.no_words") if case.wordless else plain(clip(" ".join(case.text.split()), most))


def along(said: CaseMessage, files: Sequence[Attachment]) -> list[Attachment]:
    """The files that were sent with one message."""
    return [file for file in files if file.record == "case_message" and file.record_id == said.id]


def left_line(left: Left) -> Text:
    """The working time left until the next deadline."""
    late = left.time.total_seconds() < 0
    if left.at is None:
        return t("case.left.paused_late" if late else "case.left.paused", left=duration(abs(left.time)))
    if late:
        return t(f"case.left.{left.what}_late", left=duration(-left.time))
    return t(f"case.left.{left.what}", left=duration(left.time), at=left.at)


def label_text(label: Label) -> Text:
    """A label's name: one that Kehu brings along in the reader's language, another as the company wrote it."""
    return t(f"category.{label.code}") if label.code else plain(label.name)


def whose(customer: Customer) -> Text:
    """The customer's name, with the company where there is one."""
    if customer.company and customer.company != customer.name:
        return t("case.customer_of", name=customer.name, company=customer.company)
    return t("case.customer", name=customer.name)


def row(case: Complaint, customer: Customer | None, now: datetime) -> Button:
    """A case as one row of a list."""
    return Button(row_label(case, customer, now), "case", case.id)


def row_label(case: Complaint, customer: Customer | None, now: datetime) -> Text:
    """A case as a row of a list; one whose deadline has passed is marked."""
    late = case.due_at is not None and case.due_at <= now
    return t(
        "case.row_late" if late else "case.row", sign=t(f"severity.sign.{case.severity}"), number=str(case.id),
        name=customer.name if customer else "—", status=t(f"case.status.{case.status}"),
    )  # fmt: skip


def twin_label(case: Complaint) -> Text:
    """A case as a row among others of the same customer: the beginning of its words."""
    return t(
        "case.twin", sign=t(f"severity.sign.{case.severity}"), number=str(case.id),
        status=t(f"case.status.{case.status}"), text=first_words(case, TWIN_WIDTH),
    )  # fmt: skip


def live_ref(case_id: int) -> str:
    """The name under which the customer's card is found again to be edited."""
    return f"case:{case_id}:customer"


def guest_lines(case: Complaint, now: datetime) -> list[Text]:
    """The card as the customer sees it: number, where it stands, their own words, what was done, what comes next."""
    lines = [t("guest.case.head", number=str(case.id), status=t(f"guest.status.{case.status}"))]
    # Words that a member wrote stay inside; the customer is told whose idea the case was.
    told = case.text or case.wordless
    lines.append(case_words(case, WORDS_SHOWN) if told else t("guest.case.for_you"))
    if case.remedy and case.status not in UNRESOLVED:
        lines.append(t("guest.case.remedy", text=clip(case.remedy, WORDS_SHOWN)))
    if case.merged_into is not None:
        return [*lines, t("guest.next.merged", number=str(case.merged_into))]
    if case.due_at is not None and case.due_at > now:
        return [*lines, t(f"guest.next.{case.status}_by", at=case.due_at)]
    return [*lines, t(f"guest.next.{case.status}")]


def guest_buttons(case: Complaint, files: Sequence[Attachment]) -> list[list[Button]]:
    """The steps that the customer can take."""
    shown = open_case_files(case.id, files)
    if case.status in UNRESOLVED:
        return [[Button(t("guest.button.add"), "g.add", case.id), *shown]]
    if case.merged_into is not None:
        other = Button(t("guest.button.other", number=str(case.merged_into)), "g.case", case.merged_into)
        return [[other, *shown]]
    unhappy = Button(t("guest.button.unsolved"), "g.unsolved", case.id)
    if case.status is CaseStatus.RESOLVED:
        return [[Button(t("guest.button.solved"), "g.solved", case.id), unhappy], shown]
    return [[Button(t("guest.button.mark"), "g.mark", case.id), unhappy], shown]


def live_card(case: Complaint, files: Sequence[Attachment], now: datetime) -> Message:
    """The one message that follows a case in the customer's chat: sent once, edited from then on."""
    return message(
        *guest_lines(case, now), buttons=guest_buttons(case, files), to_customer=case.customer_id,
        customer_id=case.customer_id, ref=live_ref(case.id), edit=True, of=("complaint", case.id),
    )  # fmt: skip


def held_card(case: Outline) -> Message:
    """A case as a visitor sees it who did not write it: where it stands, and the ways to its words."""
    head = t("guest.case.head", number=str(case.id), status=t(f"guest.status.{case.status}"))
    ways = [Button(t("proof.button"), "g.prove"), Button(t("proof.read"), "g.said", case.id)]
    return message(head, t("proof.held_case"), buttons=[ways])


def clip(text: str, most: int) -> str:
    """Somebody's words, shortened to `most` characters with a sign that there is more."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


class Told(NamedTuple):
    """One line of a case's story: when, by whom, and what was said or done."""

    at: datetime
    line: Text


def said_line(one: CaseMessage, name: str, files: Sequence[Attachment]) -> Told:
    """A message of a case with its files, as a line."""
    mine = one.kind is CaseVoice.CUSTOMER
    who = t("case.voice.customer") if mine else t(f"case.voice.{one.kind}", name=name)
    return Told(one.at, t("case.story.line", at=one.at, who=who, text=worded(one.text, along(one, files))))


def story_lines(case: Complaint, told: Sequence[Told], *, author: str, doubtful: bool = False) -> list[Text]:
    """The complete history of a case in order, from who opened it and when, with where it stands now and a mark where
    the author may not be the customer.
    """
    ordered = [one.line for one in sorted(told, key=lambda one: one.at)]
    begun = "case.story.opened_by_customer" if case.author_id is None else "case.story.opened"
    return [
        t("case.story.title", number=str(case.id), status=t(f"case.status.{case.status}")), BLANK,
        t(begun, at=case.opened_at, who=author), case_words(case),
        *([t("case.doubtful")] if doubtful else []), *(ordered or [t("case.story.nothing")]),
    ]  # fmt: skip
