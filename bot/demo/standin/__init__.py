"""A Bot API server for tests and demos: real HTTP, no account, no token of Telegram's, no network.

It imports nothing of the bot that it serves, so any bot can be tried with it. It answers the Bot API's methods in
Telegram's words, refuses what Telegram refuses (each rule names Telegram's page), and lets people, tests or a page play
the other side. Everything lives in memory, bounded; it listens on the loopback address only.

In a test::

    standin = await StandIn.start(token="12345:secret")
    bot = Bot("12345:secret", base_url=standin.base_url, base_file_url=standin.base_file_url)
    async with People(standin.url) as people:
        li = await people.person("李雷", language="zh")
        await li.starts()
        await li.says("hello")              # the bot gets an update
        card = await li.sees("hi", within=5)
        await li.taps("Save")
    await standin.stop()

From a shell: ``python -m bot.demo.standin --port 8081 --token 12345:secret``.

The layout
----------
``server``
    :class:`StandIn`: start, stop, the parts put together. In-process it also has ``faults``, ``requests`` (the log),
    ``clock``, ``rates`` (flood limits), ``unplug()`` and ``plug()`` (connection refused for real).
``wire``, ``bot_api``, ``signatures``, ``methods``, ``refusals``, ``limits``
    HTTP; one request of the bot; the methods' parameters; what they do; how they refuse; Telegram's numbers.
``world``, ``messages``, ``content``, ``entities``, ``markup``, ``keyboards``, ``files``, ``inline``, ``updates``,
``webhook``
    What is remembered, how it is made and checked, how the bot gets its updates.
``actions``, ``occasions``, ``people_http``, ``events``, ``control``, ``faults``, ``recorder``, ``rates``, ``clock``
    What people do, over HTTP; what goes wrong on request; what is noted.
``people``, ``person``, ``phone``, ``bubbles``
    The client: :class:`People`, :class:`Person` and what they see.

The Bot API side
----------------
``/bot<token>/<method>`` and ``/file/bot<token>/<path>``, as https://core.telegram.org/bots/api#making-requests says.
Where it is stricter than Telegram its words say so: a parameter that the method doesn't have or a value of the wrong
type is refused (Telegram ignores both; ``strict_parameters=False`` switches this off), as are an inline button with two
actions (Telegram takes the first) and an album of one. Lengths count UTF-16 units. Of the parse modes it reads HTML.

The person side
---------------
JSON over HTTP. With an ``access_token`` every request carries it as ``Authorization: Bearer …`` or ``?access_token=…``.
An error is ``{"error": words}`` with status 400, 403 or 404. A body is JSON, or multipart/form-data where there are
files (each file a part named ``file``; the other fields as text).

A *chat id* is the id that the bot knows: a person's chat with the bot has the person's own id, and ``chat`` may be left
out of a request when that chat is meant. ``PERSON`` below is a person's id.

``GET /people``
    ``{bot: {id, first_name, username, commands…}, people: [person…], now: seconds, seq}``. ``seq`` is where the event
    stream stands: load, then follow from there.
``POST /people`` ``{first_name, last_name?, username?, language_code?, phone?, id?, hides_forwards?, started?}``
    A new person: ``{id, first_name, …, phone}``. ``started``: they pressed Start long ago, so the bot may write first.
``GET /people/PERSON``
    The person, ``seq``, and ``chats``: everything they see, as the next one gives it, without messages.
``GET /people/PERSON/chat?chat=ID&limit=N``
    ``{id, type, title, started, blocked, keyboard, force_reply, commands, menu_button, description, typing, pinned,
    members, migrated_to, messages: [message…], seq}``. ``type`` is private (with the bot), group, supergroup, or direct
    (two people, without the bot).
``POST /people/PERSON/start`` ``{payload?}``
    Presses Start: sends ``/start`` or ``/start payload``; unblocks the bot. Answers with the message, as do all that
    send one.
``POST /people/PERSON/open`` ``{url}``
    Follows a ``https://t.me/<bot>?start=…``, ``?text=…`` or ``tg://resolve?domain=…&start=…`` link.
``POST /people/PERSON/say`` ``{text, chat?, reply_to?, to?}``
    Sends a text. ``to`` is another person: it goes to the chat of those two, which the bot can't see.
``POST /people/PERSON/tap`` ``{message_id, chat?, callback_data?|text?|row?+column?|forged?}``
    Presses an inline button that stands on that message. The answer is ``{kind: callback, query_id}``, ``{kind: url,
    url}``, ``{kind: copy_text, text}`` or ``{kind: inline_query, query, here}``. ``forged`` sends data that stands on
    no button, as an altered app could.
``POST /people/PERSON/key`` ``{text, chat?}``
    Presses a key of the reply keyboard: sends its text, or the contact that it asks for.
``POST /people/PERSON/contact`` ``{phone_number?, first_name?, last_name?, user_id?, vcard?, person?, chat?}``
    Shares a contact; the own one when nothing is given; another person's, by ``person``.
``POST /people/PERSON/media`` multipart, ``{kind, caption?, duration?, chat?, reply_to?, to?}``
    Sends the files as ``kind``: photo, document, video, voice, audio, or album (2-10 files). Answers with a list.
``POST /people/PERSON/forward`` ``{message_id, from?, chat?, to?}``
    Forwards a message from a chat that the person sees (``from``; the chat with the bot if left out).
``POST /people/PERSON/edit`` ``{message_id, text, chat?}`` and ``/delete`` ``{message_id, chat?}``
    Changes or deletes an own message.
``POST /people/PERSON/react`` ``{message_id, emoji, chat?}``
    Sets or (with an empty emoji) removes a reaction.
``POST /people/PERSON/block`` and ``/unblock``
    Blocks or unblocks the bot: it gets ``my_chat_member``.
``POST /people/PERSON/inline`` ``{query, offset?, chat?, to?}``
    Types ``@bot query``: ``{query_id}``; the bot's answer comes as an ``inline_results`` event, or an earlier one that
    Telegram may still keep (``cache_time``, ``is_personal``), about which the bot isn't asked.
``POST /people/PERSON/choose`` ``{query_id, result_id, chat?, to?}``
    Sends one of the results.
``POST /people/PERSON/group`` ``{title, members: [ids], with_bot?: true}``
    Makes a group; its chat. ``/add_bot`` ``{chat, administrator?}``, ``/remove_bot``, ``/leave`` and ``/migrate``
    ``{chat}`` change one; ``migrate`` makes a supergroup of it and answers with the new chat.
``GET /people/files/FILE_ID``
    A file's bytes, never as a page: pictures, sound and video as such, all else as a download.
``GET /people/events?person=ID&after=SEQ``
    Server-sent events of all that changes (for one person, if given), after ``SEQ`` or ``Last-Event-ID``, else from
    now on. Each has ``seq``, ``people`` (the ids of those who see it, null for all) and ``type``:

    - ``message``: a new message; ``chat_id``, ``message``
    - ``edited``: the same, after a change of text, caption, media, buttons or reactions
    - ``deleted``: ``chat_id``, ``message_ids``
    - ``typing``: ``chat_id``, ``action`` (empty when it ends), ``until`` (seconds)
    - ``answered``: a pressed button; ``person``, ``query_id``, ``chat_id``, ``message_id``, ``text``, ``alert``,
      ``url``
    - ``inline_results``: ``person``, ``query_id``, ``results``, ``button``, ``next_offset``
    - ``keyboard``: ``chat_id``, ``keyboard`` (or null), ``force_reply`` (a message's id, or null)
    - ``chat``: created, blocked, pinned, members changed, migrated; ``chat_id``, ``chat``
    - ``person``: someone new; ``person``
    - ``profile``: the bot's commands, names, descriptions or menu buttons changed: load the chat again
    - ``control``: faults or the clock changed; ``faults``, ``now``
    - ``reset``: too much was missed: load everything again

A *message* is the Bot API's Message (message_id, from, chat, date, text, entities, photo, document, contact, caption,
reply_to_message, forward_origin, via_bot, reply_markup with inline buttons, edit_date …) and ``html`` (its text or
caption as escaped HTML, safe to put into a page; links are ``a``, spoilers ``span.spoiler``, commands and the like
``span.bot-command``), ``files`` (``[{kind, file_id, url, name, mime_type, size}]``), ``reactions`` (``{user id:
emoji}``) and ``seq``. A *keyboard* is ``{keyboard: [[{text, request_contact?…}]], message_id, resize_keyboard?…}``.

The control side
----------------
Protected in the same way.

``GET|POST|DELETE /control/faults`` and ``DELETE /control/faults/ID``
    POST adds one: ``{kind, method?, chat?, code?, description?, retry_after?, migrate_to_chat_id?, seconds?, times?,
    skip?, probability?, seed?}``. ``kind``: ``error`` (answers ``code`` and does nothing), ``slow`` (waits ``seconds``,
    then works), ``drop_before`` and ``drop_after`` (close the connection; the second after having done the work),
    ``hang_before`` and ``hang_after`` (the same, but silent for ``seconds`` first). ``method`` and ``chat`` narrow it,
    ``times`` ends it, ``skip`` lets the first ones pass, ``probability`` makes it random. So a slow network is
    ``{kind: slow, seconds: 1}``, Telegram down is ``{kind: error, code: 503}`` or ``{kind: drop_before}``. The method
    ``file`` stands for downloads.
``GET /control/requests?after=N&method=M``, ``DELETE /control/requests``, ``POST /control/requests`` ``{record}``
    What the bot asked: ``{number, time, method, parameters, files, chat_id, status, description}``.
``GET|POST /control/clock`` ``{now: seconds or ISO}``, ``{advance: seconds}`` or ``{reset: true}``
    The stand-in's time: the dates of messages, and what is too old.
``POST /control/limits`` ``{overall?, per_chat?, burst?, per_group_minute?}`` or ``{off: true}``
    Telegram's flood limits for real (429 with retry_after), off by default.
``GET /control/state``
    ``{pending_updates, webhook, faults, now, people, chats, requests}``.
"""

from bot.demo.standin.clock import Clock
from bot.demo.standin.faults import Fault
from bot.demo.standin.people import People, Refused
from bot.demo.standin.person import Person
from bot.demo.standin.phone import Unseen
from bot.demo.standin.server import StandIn

__all__ = ["Clock", "Fault", "People", "Person", "Refused", "StandIn", "Unseen"]
