"""What hangs on a record: sealed in parts, seen by whoever sees the record, gone with one key."""

from __future__ import annotations

from functools import partial

import pytest
from cryptography.exceptions import InvalidTag

from store import access, attachments, complaints, interactions, journal, kinds
from store.access import Action, Actor
from store.attachments import PART, NewFile
from store.db import Book, Tx
from store.errors import Busy, Invalid, KehuError, NotAllowed
from store.rules.models import Contacted, FileKind, FileState, Role
from tests.authorizer import unwatch
from tests.store.people import People, people, zhang

CANARY = b"canary-in-a-photo"
PHOTO = NewFile(FileKind.PHOTO, "tg-handle-1", size=900)


def noted(tx: Tx, files: list[NewFile]) -> tuple[People, int, int]:
    """李雷 notes something with files on his customer: the people, the note, the first file."""
    everybody = people(tx)
    customer = zhang(tx, everybody.li)
    note = interactions.add(tx, everybody.li, customer.id, "", files=files)
    hung = attachments.of(tx, everybody.li, "interaction", [note.id])[note.id]
    return everybody, note.id, hung[0].id


async def fetched(book: Book, attachment_id: int, data: bytes) -> None:
    for place, at in enumerate(range(0, len(data), PART)):
        keep_part = partial(attachments.keep_part, attachment_id=attachment_id, place=place, data=data[at : at + PART])
        assert await book.write(keep_part)
    await book.write(partial(attachments.keep, attachment_id=attachment_id, size=len(data)))


async def test_a_file_is_fetched_in_parts_and_comes_out_whole(book: Book) -> None:
    everybody, _, one = await book.write(lambda tx: noted(tx, [PHOTO]))
    (due,) = await book.read(lambda tx: attachments.due(tx, limit=5))
    assert (due.id, due.handle) == (one, "tg-handle-1")
    data = CANARY * (3 * PART // len(CANARY))
    await fetched(book, one, data)
    assert await book.read(lambda tx: attachments.due(tx, limit=5)) == []
    assert await book.read(lambda tx: attachments.content(tx, everybody.li, one)) == data
    kept = await book.read(lambda tx: attachments.get(tx, everybody.li, one))
    assert (kept.state, kept.size) == (FileState.KEPT, len(data))


async def test_until_it_is_fetched_it_is_said_so(book: Book) -> None:
    everybody, _, one = await book.write(lambda tx: noted(tx, [PHOTO]))
    with pytest.raises(KehuError, match="file_waiting"):
        await book.read(lambda tx: attachments.content(tx, everybody.li, one))


async def test_who_sees_the_customer_sees_the_file_and_nobody_else(book: Book) -> None:
    everybody, note, one = await book.write(lambda tx: noted(tx, [PHOTO]))
    await fetched(book, one, CANARY)

    def may(tx: Tx, actor: Actor) -> bool:
        listed = bool(attachments.of(tx, actor, "interaction", [note]))
        try:
            opened = attachments.content(tx, actor, one) == CANARY
        except NotAllowed:
            opened = False
        assert listed == opened
        return opened

    seen = {
        name: await book.read(partial(may, actor=getattr(everybody, name)))
        for name in ("boss", "wang", "li", "han", "su", "qian", "zhou")
    }
    assert [name for name, sees in seen.items() if sees] == ["boss", "wang", "li"]
    guest = Actor(Role.CUSTOMER, "zh", "UTC", customer_id=1)
    assert not await book.read(lambda tx: may(tx, guest))  # a note about them is not theirs to read


async def test_support_sees_it_while_a_case_is_theirs(book: Book) -> None:
    everybody, _, one = await book.write(lambda tx: noted(tx, [PHOTO]))
    await fetched(book, one, CANARY)
    case = await book.write(lambda tx: complaints.add(tx, everybody.su, 1, "少了两箱"))
    with pytest.raises(NotAllowed):
        await book.read(lambda tx: attachments.content(tx, everybody.su, one))
    await book.write(lambda tx: complaints.take(tx, everybody.su, case.id))
    assert await book.read(lambda tx: attachments.content(tx, everybody.su, one)) == CANARY
    await book.write(lambda tx: complaints.resolve(tx, everybody.su, case.id, "补发"))
    with pytest.raises(NotAllowed):
        await book.read(lambda tx: attachments.content(tx, everybody.su, one))


async def test_a_photo_of_a_case_is_seen_by_who_sees_the_case_and_by_its_customer(book: Book) -> None:
    everybody = await book.write(people)
    customer = await book.write(lambda tx: zhang(tx, everybody.li))
    guest = Actor(Role.CUSTOMER, "zh", "UTC", customer_id=customer.id)
    other = Actor(Role.CUSTOMER, "zh", "UTC", customer_id=customer.id + 1)

    def complains(tx: Tx) -> int:
        case = complaints.add(tx, guest, customer.id, "箱子破了")
        return attachments.add(tx, guest, "complaint", case.id, [PHOTO])[0].id

    one = await book.write(complains)
    await fetched(book, one, CANARY)
    for actor in (guest, everybody.su, everybody.wang, everybody.boss, everybody.li):
        assert await book.read(partial(attachments.content, actor=actor, attachment_id=one)) == CANARY
    for actor in (other, everybody.qian, everybody.han):
        with pytest.raises(NotAllowed):
            await book.read(partial(attachments.content, actor=actor, attachment_id=one))


async def test_no_byte_of_a_file_lies_in_the_clear(book: Book) -> None:
    await unwatch(book)
    _, _, one = await book.write(
        lambda tx: noted(tx, [NewFile(FileKind.DOCUMENT, "tg-canary-handle", name="canary.pdf")])
    )
    handle = await book.read(lambda tx: tx.value("SELECT handle FROM attachment"))
    assert b"canary" not in handle
    await fetched(book, one, CANARY * 10)
    parts = await book.read(lambda tx: tx.all("SELECT sealed FROM attachment_part"))
    row = await book.read(lambda tx: tx.one("SELECT * FROM attachment"))
    assert [part for part in parts if CANARY in part["sealed"]] == []
    assert row is not None
    assert row["handle"] is None  # blanked once it has served
    assert b"canary" not in row["sealed"]


async def test_erasing_the_key_leaves_noise(book: Book) -> None:
    everybody, note, one = await book.write(lambda tx: noted(tx, [PHOTO]))
    await fetched(book, one, CANARY)
    await book.write(lambda tx: tx.run("DELETE FROM seal_key WHERE customer_id = 1"))
    with pytest.raises(NotAllowed):
        await book.read(lambda tx: attachments.content(tx, everybody.boss, one))
    assert await book.read(lambda tx: attachments.of(tx, everybody.boss, "interaction", [note])) == {}


async def test_an_erased_or_taken_back_file_is_not_fetched(book: Book) -> None:
    everybody, note, one = await book.write(lambda tx: noted(tx, [PHOTO]))

    def take_back(tx: Tx) -> None:
        row, _ = access.row(tx, everybody.li, Action.LOG, "attachment", one)
        journal.update(tx, everybody.li, kinds.ATTACHMENT, row, {"deleted_at": 1})

    await book.write(take_back)
    assert await book.read(lambda tx: attachments.due(tx, limit=5)) == []
    assert not await book.write(lambda tx: attachments.keep_part(tx, one, 0, CANARY))
    assert await book.read(lambda tx: attachments.of(tx, everybody.li, "interaction", [note])) == {}


async def test_one_undo_takes_back_the_note_and_its_files(book: Book) -> None:
    everybody = await book.write(people)
    customer = await book.write(lambda tx: zhang(tx, everybody.li))

    def notes(tx: Tx) -> tuple[int, int]:
        note = interactions.add(tx, everybody.li, customer.id, "两张", files=[PHOTO, PHOTO])
        assert tx.change is not None
        return note.id, tx.change

    note, change = await book.write(notes)
    await book.write(lambda tx: journal.undo(tx, everybody.li, change))
    assert await book.read(lambda tx: attachments.of(tx, everybody.li, "interaction", [note])) == {}
    assert await book.read(lambda tx: attachments.due(tx, limit=5)) == []


async def test_parts_can_not_be_changed_about(book: Book) -> None:
    await unwatch(book)
    everybody, _, one = await book.write(lambda tx: noted(tx, [PHOTO]))
    await fetched(book, one, b"a" * PART + b"b" * PART)
    await book.write(lambda tx: tx.run("UPDATE attachment_part SET place = 2 - place") and None)
    with pytest.raises(InvalidTag):
        await book.read(lambda tx: attachments.content(tx, everybody.li, one))


async def test_what_can_not_be_fetched_is_tried_for_a_day_and_then_lost(book: Book) -> None:
    everybody, _, one = await book.write(lambda tx: noted(tx, [PHOTO]))
    tries = 0
    while await book.write(lambda tx: attachments.put_off(tx, one)):
        tries += 1
    assert tries == len(attachments.RETRY)
    assert 24 * 3600 <= sum(attachments.RETRY) <= 48 * 3600
    assert await book.write(lambda tx: attachments.lose(tx, one)) == (everybody.li.id, 1)
    with pytest.raises(KehuError, match="file_lost"):
        await book.read(lambda tx: attachments.content(tx, everybody.li, one))
    assert await book.write(lambda tx: attachments.lose(tx, one)) is None  # told once


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (NewFile(FileKind.VIDEO, "h", size=attachments.SIZE_MAX + 1), "invalid_file_size"),
        (NewFile(FileKind.DOCUMENT, "h", name="发票.pdf.EXE"), "invalid_file_program"),
        (NewFile(FileKind.DOCUMENT, "h", name="run.js "), "invalid_file_program"),
        (NewFile(FileKind.DOCUMENT, "h", name="发票.exe. ."), "invalid_file_program"),
        (NewFile(FileKind.AUDIO, "h", name="歌.exe"), "invalid_file_program"),
    ],
)
async def test_too_large_and_programs_are_refused(book: Book, file: NewFile, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        await book.write(lambda tx: noted(tx, [file]))


async def test_a_record_takes_ten_files_and_a_person_a_gigabyte_a_day(book: Book) -> None:
    everybody, note, _ = await book.write(lambda tx: noted(tx, [PHOTO] * 12))
    hung = await book.read(lambda tx: attachments.of(tx, everybody.li, "interaction", [note]))
    assert len(hung[note]) == attachments.MOST
    large = [NewFile(FileKind.VIDEO, "h", size=attachments.SIZE_MAX)] * 10

    def floods(tx: Tx) -> None:
        for _ in range(6):
            interactions.add(tx, everybody.li, 1, "", Contacted.NOTE, files=large)

    with pytest.raises(Busy, match="limit"):
        await book.write(floods)
