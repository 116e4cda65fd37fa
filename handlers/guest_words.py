"""What a customer sends without being asked: words, photos, recordings; one tap makes it a case, praise or an addition.

    words  →  "what is it?"  →  #12 · received, one card that follows the case  →  category?
                             →  #11 is not solved: reopened, with these words

Everything waits in a draft until the tap. Messages in a row are joined, a photo may come before or after them. The case
starts with the tap; its category is asked afterwards and may be left open. A photo or a recording alone is a case, too:
then words are asked for, which may be skipped.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace as but
from datetime import timedelta

from handlers import guest_cases
from handlers.case_guess import guess_of
from handlers.case_news import staff_news
from handlers.feedback import feedback_news
from handlers.guest_cases import add, back, case_card, unsolved_because
from handlers.kit import albums, forms
from handlers.kit.case_cards import label_text, live_ref
from handlers.kit.files import file_lines, refused, shared, words_or_file
from handlers.kit.form_model import Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Message, Reply, Text, message, t
from handlers.kit.request import Draft, Request, SharedFile
from handlers.kit.routes import Routes
from store import case_labels, case_news, complaints, feedback
from store.access import Action
from store.attachments import MOST
from store.case_life import UNRESOLVED
from store.complaints import TEXT_MAX
from store.errors import KehuError, NotAllowed
from store.rules.models import CaseStatus, Complaint, Label, LabelKind
from store.times import to_ms

routes = Routes()

#: How long a case that began without words waits for one.
WORD_LASTS = timedelta(minutes=60)
#: The draft that keeps a customer's words and files while they say what shall become of them.
SORT = "guest_sort"
#: How many open cases are offered to add words to.
CASES_OFFERED = 3
#: How many cases that seemed settled are offered to be opened again with the words, and for how long after they were.
SETTLED_OFFERED, SETTLED = 2, timedelta(days=30)
#: How many of the newest cases are looked through for open ones.
LOOKED_AT = 50
#: Milliseconds within which words and photos belong together.
TOGETHER = 30 * 60_000


def sort_words(req: Request, text: str) -> Reply:
    """Routes a customer's plain words: to the case that waits for their answer, or to the question what they are."""
    newest = newest_cases(req)
    mine, settled = [case for case in newest if case.status in UNRESOLVED], _settled(req, newest)
    waiting = waiting_of(mine)
    before, new = _begun(req), shared(req)
    if len(waiting) == 1 and before is None:
        return add(req, waiting[0].id, text, new, req.incoming.album)
    files = [*_files(before), *new] if before else new
    whole = "\n".join(part for part in (_text(before), text) if part)[:TEXT_MAX]
    further = bool(before and req.incoming.album and before.extra.get("album") == req.incoming.album)
    if further and before is not None and not text:  # asked already, when its first part came
        return Reply(tuple(_too_many(files))).opening(before.model_copy(update={"extra": _extra(req, files)}))
    draft = forms.draft_of(SORT, values={"text": whole}, extra=_extra(req, files))
    asked = message(*_question(req, whole, files, [*settled, *mine]), buttons=_ways(draft, whole, settled, mine))
    return Reply((asked, *refused(req), *_too_many(files))).opening(draft)


def newest_cases(req: Request) -> list[Complaint]:
    """The customer's cases that are looked through."""
    return complaints.of_customer(req.tx, req.actor, req.actor.customer_id, limit=LOOKED_AT)


def waiting_of(cases: Sequence[Complaint]) -> list[Complaint]:
    """Those of the cases that wait for their customer's answer."""
    return [case for case in cases if case.status is CaseStatus.WAITING]


def _settled(req: Request, newest: Sequence[Complaint]) -> list[Complaint]:
    """The cases that were settled of late, the last first: the words may say that they are not."""
    settled = [
        (case.resolved_at, case) for case in newest
        if case.resolved_at is not None and case.merged_into is None and req.now - case.resolved_at <= SETTLED
    ]  # fmt: skip
    return [case for _, case in sorted(settled, key=lambda one: one[0], reverse=True)[:SETTLED_OFFERED]]


def _kept(req: Request) -> Draft | None:
    """The words and files that wait to be sorted."""
    return req.draft if req.draft is not None and req.draft.form == SORT else None


def _begun(req: Request) -> Draft | None:
    """The same while more of it may come; what was left lying is not what is meant now."""
    kept = _kept(req)
    return kept if kept is not None and to_ms(req.now) - int(str(kept.extra["at"])) <= TOGETHER else None


def _text(draft: Draft | None) -> str:
    return "" if draft is None else str(draft.values["text"])


def _files(draft: Draft) -> list[SharedFile]:
    kept = draft.extra["files"]
    return [SharedFile.model_validate(file) for file in kept] if isinstance(kept, list) else []


def _extra(req: Request, files: Sequence[SharedFile]) -> dict[str, object]:
    kept = [file.model_dump(mode="json") for file in files[:MOST]]
    return {"files": kept, "album": req.incoming.album, "at": to_ms(req.now)}


def _too_many(files: Sequence[SharedFile]) -> list[Message]:
    return [message(t("guest.files_most", n=MOST))] if len(files) > MOST else []


def _question(req: Request, text: str, files: Sequence[SharedFile], mine: Sequence[Complaint]) -> list[Text]:
    # Of an album only the first has come by now; the others are on their way.
    one_of_many = bool(req.incoming.album) and len(files) == 1
    lines = [t("file.album")] if one_of_many else file_lines(files[:MOST])
    if text:
        return [*lines, t("guest.sort")]
    return [*lines, t("guest.sort_files" if mine else "guest.words_for_files")]


def _ways(
    draft: Draft, text: str, settled: Sequence[Complaint], mine: Sequence[Complaint]
) -> list[list[Button]]:  # fmt: skip
    """The choices for sorting them. A photo alone is no praise."""
    ways = [
        [Button(t("guest.button.unsolved_of", number=str(case.id)), "g.put", draft.nonce, "again", case.id)]
        for case in settled
    ]
    ways += [
        [Button(t("guest.button.add_to", number=str(case.id)), "g.put", draft.nonce, case.id)]
        for case in mine[:CASES_OFFERED]
    ]
    ways.append([Button(t("guest.button.complain"), "g.put", draft.nonce, "new")])
    if text:
        ways.append([Button(t("guest.button.praise"), "g.put", draft.nonce, "praise")])
    cases = [Button(t("guest.button.cases"), "g.cases")] if settled or mine else []
    return [*ways, [*cases, Button(t("button.cancel"), "g.put", draft.nonce, "x")]]


@routes.button("g.put", Action.OWN_CASES, writes=True, keeps_form=True)
def put(req: Request) -> Reply:
    """Does what was chosen with the kept words: a new case, praise, an addition to a case, one reopened, or nothing."""
    draft, where = _kept(req), req.word(1)
    if draft is None or draft.nonce != req.word():
        raise KehuError("no_longer")
    text, files, album = _text(draft), _files(draft), str(draft.extra["album"])
    if where == "x":
        return Reply.say(t("guest.cancelled"), buttons=[back()], replace=True).closing()
    if where == "again":
        return unsolved_because(req, req.number(2), text, files, album)
    if where not in ("new", "praise"):
        return add(req, req.number(1), text, files, album)
    new = [file.new() for file in files]
    if where == "praise":
        if not text:
            raise KehuError("no_longer")
        given = feedback.praise(req.tx, req.actor, text, new)
        said = Reply.say(t("guest.praised"), buttons=[back()], replace=True).also(*feedback_news(req.tx, given.id))
        return albums.following(said, album, "feedback", given.id)
    guessed = guess_of(req.tx, text)
    case = complaints.add(
        req.tx, req.actor, req.actor.customer_id, text, guessed.severity, guessed.labels, files=new
    )  # fmt: skip
    if not text:
        return _worded_later(req, case)
    return albums.following(opened(req, case), album, "complaint", case.id)


@routes.button("g.unsolved", Action.OWN_CASES, writes=True, keeps_form=True)
def unsolved(req: Request) -> Reply:
    """The customer is not satisfied: what they have just written and not sorted yet says why."""
    before = _begun(req)
    if before is None:
        return guest_cases.unsolved(req)
    again = unsolved_because(req, req.number(), _text(before), _files(before), str(before.extra["album"]))
    said, *others = again.messages  # below the answer that was tapped, which stays
    return but(again, messages=(but(said, replace=False), *others))


def _worded_later(req: Request, case: Complaint) -> Reply:
    """A case of a photo or a recording alone: a word on it is asked for, and may be left out."""
    draft = Draft(
        form=WORD.name, nonce=secrets.token_hex(3), extra={"case": case.id}, step="text", until=req.now + WORD_LASTS
    )
    skip = [Button(t("button.skip"), "f", draft.nonce, "s")]
    card, *others = opened(req, case).messages
    news = [one for one in others if one.to_staff is not None]
    return Reply((card, message(t("form.guest_case_word.text"), buttons=[skip]), *news)).opening(draft)


def _said_later(req: Request, draft: Draft) -> Reply:
    text, case_id = str(draft.values.get("text", "")), int(str(draft.extra["case"]))
    if text or shared(req):
        return add(req, case_id, text, shared(req), req.incoming.album)
    done = t("guest.about.done", number=str(case_id))
    return Reply.say(done, buttons=[back()], replace=req.pressed).closing()


WORD = forms.register(
    Form("guest_case_word", Action.OWN_CASES, (Field("text", words_or_file),), _said_later, confirm=False)
)  # fmt: skip


def opened(req: Request, case: Complaint) -> Reply:
    """The customer's new case: its live card in place of the question, what it is about, and news for the staff."""
    card = case_card(req, case, replace=True, ref=live_ref(case.id))
    case_news.told(req.tx, case.id)
    news = staff_news(req.tx, case.id, case_news.audience(req.tx, case.id), t("case.news.new"))
    return Reply((card, *_about(req, case, LabelKind.CATEGORY))).also(*news).closing()


# What it is about ----------------------------------------------------------------------------------------------------

_KINDS = {"c": LabelKind.CATEGORY, "p": LabelKind.PRODUCT}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}


def _about(req: Request, case: Complaint, kind: LabelKind, skip: int = 0, *, replace: bool = False) -> list[Message]:
    """Asks for a label of a kind, the guess marked; nothing where there is none to choose from."""
    labels = case_labels.listed(req.tx, kind)
    if not labels:
        return []
    letter, held = _LETTERS[kind], case.label(kind)
    choices = [_choice(case, letter, label, held) for label in labels[skip : skip + PAGE]]
    rows = [choices[at : at + 3] for at in range(0, len(choices), 3)]
    ways = paged([], "g.kinds", case.id, letter, skip=skip, more=len(labels) > skip + PAGE)
    last = [Button(t("button.skip"), "g.kind", case.id, letter, 0)]
    return [message(t(f"guest.about.{kind}", number=str(case.id)), buttons=[*rows, *ways, last], replace=replace)]


def _choice(case: Complaint, letter: str, label: Label, held: Label | None) -> Button:
    chosen = held is not None and held.id == label.id
    said = t("case.chosen" if chosen else "case.choice", label=label_text(label))
    return Button(said, "g.kind", case.id, letter, label.id)


def _kind(req: Request) -> LabelKind:
    try:
        return _KINDS[req.word(1)]
    except KeyError:
        raise NotAllowed from None


@routes.button("g.kinds", Action.OWN_CASES)
def kinds(req: Request) -> Reply:
    """Another page of what a case can be about."""
    case = complaints.get(req.tx, req.actor, req.number())
    return Reply(tuple(_about(req, case, _kind(req), req.number(2), replace=True)))


@routes.button("g.kind", Action.OWN_CASES, writes=True)
def kind(req: Request) -> Reply:
    """Sets the category, then the product of a new case, or leaves it open."""
    which, label = _kind(req), req.number(2)
    case = complaints.get(req.tx, req.actor, req.number())
    if label:
        case = complaints.sort(req.tx, req.actor, case.id, which, label)
    next_one = [] if which is LabelKind.PRODUCT else _about(req, case, LabelKind.PRODUCT, replace=True)
    done = message(t("guest.about.done", number=str(case.id)), buttons=[back()], replace=True)
    return Reply(tuple(next_one or [done]))
