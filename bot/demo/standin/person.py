"""Someone who talks to a bot through the stand-in: what tests and the scripted demo are written with.

Made by :meth:`bot.demo.standin.people.People.person`. Example::

    li = await people.person("李雷", language="zh", phone="+8613800138000")
    await li.says("添加 张三 13900139000")
    card = await li.sees("张三")
    await li.taps("保存")
    print(li.transcript())
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from typing import Any, Final, Protocol

import aiohttp

from bot.demo.standin.bubbles import Bubble, Json, bubble
from bot.demo.standin.phone import Phone, Unseen

WITHIN: Final = 15.0
"""Seconds that a person waits for something, unless told otherwise."""


class Line(Protocol):
    """The way to the stand-in: :class:`bot.demo.standin.people.People`."""

    bot: Json

    async def call(self, method: str, path: str, body: object = None) -> Any:
        """One request."""


class Person:
    """One person with a phone. ``chat`` in the methods is a group's id; None is the chat with the bot.

    ``phone`` holds what they see.
    """

    def __init__(self, people: Line, raw: Json) -> None:
        self.id: int = raw["id"]
        self.name = " ".join(filter(None, (raw["first_name"], raw.get("last_name"))))
        self.phone = Phone(self.id, self.name, people.bot)
        self._people = people

    # what they do

    async def does(self, gesture: str, body: object) -> Any:
        """Any gesture of the person side, by its name in the URL."""
        return await self._people.call("POST", f"/people/{self.id}/{gesture}", body)

    async def starts(self, payload: str = "") -> Bubble:
        """Press Start."""
        return self._own(await self.does("start", {"payload": payload}))

    async def opens(self, link: str) -> Bubble:
        """Follow a link to the bot."""
        return self._own(await self.does("open", {"url": link}))

    async def says(
        self, text: str, *, chat: int | None = None, reply_to: Bubble | None = None, to: Person | None = None
    ) -> Bubble:
        """Send a text: to the bot, to a group, or to another person, which the bot doesn't see."""
        return self._own(await self.does("say", self._where({"text": text}, chat, reply_to, to)))

    async def taps(
        self, label: str, *, chat: int | None = None, on: Bubble | None = None, within: float = WITHIN
    ) -> Json:
        """Press the button with that label, or the only one that contains it, on the newest message that has it.

        Falls back to the reply keyboard. Waits ``within`` seconds for the button to come. What the tap led to: the
        package's docstring tells the kinds. Raises :class:`Unseen`.
        """
        place = self.id if chat is None else chat
        deadline = asyncio.get_running_loop().time() + within
        while True:
            try:
                gesture = self._found(label, place, on)
            except LookupError as error:
                raise Unseen(f"{self.name} can't choose: {error}\n\n{self.transcript()}") from error
            if gesture is not None:
                break
            if not await self.phone.waited(deadline):
                raise Unseen(f"{self.name} found no button {label!r} within {within} s\n\n{self.transcript()}")
        name, body = gesture
        answer = await self.does(name, body)
        return {"kind": "key", "message": answer} if name == "key" else dict(answer)

    def _found(self, label: str, place: int, on: Bubble | None) -> tuple[str, Json] | None:
        """The gesture that presses ``label``; LookupError if several would."""
        for shown in [on] if on else self.phone.bubbles(place):
            button = shown.button(label)
            if button is not None:
                self.phone.looked_at(shown)
                where = {"chat": place, "message_id": shown.id, "row": button.row, "column": button.column}
                return "tap", where
        keys = [] if on else self.phone.keys(place)
        fitting = [key for key in keys if key == label] or [key for key in keys if label in key]
        if len(fitting) > 1:
            raise LookupError(f"{label!r} is on several keys: {fitting}")
        return ("key", {"chat": place, "text": fitting[0]}) if fitting else None

    async def forges(self, on: Bubble, data: str) -> Json:
        """Press a button that isn't there: what an altered app could send with a message that it has."""
        return dict(await self.does("tap", {"chat": on.chat_id, "message_id": on.id, "forged": data}))

    async def sends_contact(
        self,
        *,
        phone: str = "",
        first_name: str = "",
        last_name: str = "",
        vcard: str = "",
        user_id: int | None = None,
        of: Person | None = None,
        chat: int | None = None,
    ) -> Bubble:
        """Share a contact: the own one, that ``of`` another person, or anybody's by number."""
        given: Json = {"phone_number": phone, "first_name": first_name, "last_name": last_name, "vcard": vcard}
        given |= {"user_id": user_id} if user_id is not None else {}
        given |= {"person": of.id} if of is not None else {}
        return self._own(await self.does("contact", self._where(given, chat, None, None)))

    async def sends_photo(self, *pictures: bytes, caption: str = "", chat: int | None = None) -> Bubble:
        """Send a photo, or several as an album; the first of them."""
        files = [(f"{number}.jpg", "image/jpeg", picture) for number, picture in enumerate(pictures)]
        return await self._sends("album" if len(files) > 1 else "photo", files, caption=caption, chat=chat)

    async def sends_file(
        self,
        name: str,
        data: bytes,
        *,
        mime_type: str = "application/octet-stream",
        caption: str = "",
        chat: int | None = None,
    ) -> Bubble:
        """Send a document."""
        return await self._sends("document", [(name, mime_type, data)], caption=caption, chat=chat)

    async def sends_voice(self, data: bytes, *, duration: int = 1, chat: int | None = None) -> Bubble:
        """Send a voice note of ``duration`` seconds."""
        return await self._sends("voice", [("voice.ogg", "audio/ogg", data)], duration=duration, chat=chat)

    async def sends_video(
        self, data: bytes, *, caption: str = "", duration: int = 1, chat: int | None = None
    ) -> Bubble:
        """Send a video of ``duration`` seconds."""
        files = [("video.mp4", "video/mp4", data)]
        return await self._sends("video", files, caption=caption, duration=duration, chat=chat)

    async def sends_video_note(self, data: bytes, *, duration: int = 1, chat: int | None = None) -> Bubble:
        """Send a round video of ``duration`` seconds."""
        files = [("note.mp4", "video/mp4", data)]
        return await self._sends("video_note", files, duration=duration, chat=chat)

    async def _sends(
        self,
        kind: str,
        files: Sequence[tuple[str, str, bytes]],
        *,
        caption: str = "",
        duration: int = 0,
        chat: int | None = None,
    ) -> Bubble:
        """Send files, given as name, type and bytes; the bubble of the first."""
        form = aiohttp.FormData(quote_fields=False)
        fields = {"kind": kind, "caption": caption, "chat": str(chat or self.id), "duration": str(duration)}
        for name, value in fields.items():
            form.add_field(name, value)
        for name, mime_type, data in files:
            form.add_field("file", io.BytesIO(data), filename=name, content_type=mime_type)
        return self._own((await self.does("media", form))[0])

    async def forwards(self, *messages: Bubble, chat: int | None = None, to: Person | None = None) -> Bubble:
        """Forward messages from wherever this person sees them, to the bot unless said otherwise; the first copy."""
        given = {"message_ids": [message.id for message in messages], "from": messages[0].chat_id}
        return self._own(await self.does("forward", self._where(given, chat, None, to)))

    async def edits(self, message: Bubble, text: str) -> Bubble:
        """Change an own message."""
        return self._own(await self.does("edit", {"message_id": message.id, "chat": message.chat_id, "text": text}))

    async def deletes(self, message: Bubble) -> None:
        """Delete an own message."""
        await self.does("delete", {"message_id": message.id, "chat": message.chat_id})

    async def reacts(self, message: Bubble, emoji: str) -> None:
        """Put an emoji on a message; an empty one takes it away."""
        await self.does("react", {"message_id": message.id, "chat": message.chat_id, "emoji": emoji})

    async def blocks(self) -> None:
        """Block the bot."""
        await self.does("block", {})

    async def unblocks(self) -> None:
        """Unblock it."""
        await self.does("unblock", {})

    async def asks_inline(
        self,
        query: str,
        *,
        offset: str = "",
        chat: int | None = None,
        to: Person | None = None,
        within: float = WITHIN,
    ) -> Json:
        """Type ``@bot query``: the bot's answer, as :meth:`sees_results` gives it."""
        given = self._where({"query": query, "offset": offset}, chat, None, to)
        return await self.sees_results((await self.does("inline", given))["query_id"], within=within)

    async def sees_results(self, query_id: str, *, within: float = WITHIN) -> Json:
        """Wait for an inline query's answer: ``{query_id, results, button, next_offset}``. Raises :class:`Unseen`."""
        deadline = asyncio.get_running_loop().time() + within
        while query_id not in self.phone.inline_results:
            if not await self.phone.waited(deadline):
                raise Unseen(f"{self.name} saw no inline results within {within} s")
        return self.phone.inline_results[query_id]

    async def chooses(
        self, results: Json, result_id: str, *, chat: int | None = None, to: Person | None = None
    ) -> Bubble:
        """Send one of the results of :meth:`asks_inline`."""
        given = {"query_id": results["query_id"], "result_id": result_id}
        return self._own(await self.does("choose", self._where(given, chat, None, to)))

    # what they see

    async def sees(self, *texts: str, within: float = WITHIN, chat: int | None = None, whole: bool = False) -> Bubble:
        """Wait until something new says all of ``texts``: a message or an edit (not an own one), or a button's
        notification.

        New is what came after the last thing that this person saw or tapped; what lies between is passed over, so look
        for things in their order. ``chat`` narrows it to one chat, ``whole`` wants the very text. Raises
        :class:`Unseen` with the transcript after ``within`` seconds.
        """
        return await self.phone.sees(*texts, within=within, chat_id=chat, whole=whole)

    async def sees_nothing(self, *, for_: float = 0.3, chat: int | None = None) -> None:
        """Nothing new comes for ``for_`` seconds, and nothing unseen is there. Raises :class:`Unseen`."""
        await self.phone.sees_nothing(for_=for_, chat_id=chat)

    @property
    def last(self) -> Bubble:
        """The bot's newest message in its chat. Raises :class:`Unseen` if there is none."""
        for shown in self.phone.bubbles(self.id):
            if shown.from_bot:
                return shown
        raise Unseen(f"{self.name} has no message of the bot\n\n{self.transcript()}")

    @property
    def buttons(self) -> list[str]:
        """The labels under :attr:`last`."""
        return self.last.labels

    @property
    def keyboard(self) -> list[str]:
        """The reply keyboard's labels in the bot's chat."""
        return self.phone.keys(self.id)

    def transcript(self) -> str:
        """The conversation as a person would read it."""
        return self.phone.transcript()

    async def chat(self, chat: int | None = None) -> Json:
        """A chat as the stand-in has it: commands, menu, pinned, blocked … (the package's docstring lists it)."""
        return dict(await self._people.call("GET", f"/people/{self.id}/chat?chat={chat or self.id}"))

    async def commands(self, chat: int | None = None) -> list[str]:
        """The names in the commands menu."""
        return [command["command"] for command in (await self.chat(chat))["commands"]]

    def _where(self, given: Json, chat: int | None, reply_to: Bubble | None, to: Person | None) -> Json:
        if chat is not None:
            given["chat"] = chat
        if reply_to is not None:
            given["reply_to"] = reply_to.id
            given.setdefault("chat", reply_to.chat_id)
        if to is not None:
            given["to"] = to.id
        return given

    def _own(self, raw: Json) -> Bubble:
        return bubble(raw, self._people.bot["id"])
