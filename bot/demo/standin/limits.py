"""The numbers that Telegram publishes, each with its page. Read by the methods and by the people's actions."""

from __future__ import annotations

from typing import Final

TEXT: Final = 4096
"""Units of a message's text after entity parsing: https://core.telegram.org/bots/api#sendmessage"""
CAPTION: Final = 1024
"""Units of a caption after entity parsing: https://core.telegram.org/bots/api#sendphoto"""
CALLBACK_DATA: Final = 64
"""Bytes of callback_data: https://core.telegram.org/bots/api#inlinekeyboardbutton"""
BUTTONS: Final = 100
"""Buttons of one keyboard, the messages' documented maximum: https://core.telegram.org/method/messages.sendMessage"""
ENTITIES: Final = 100
"""Entities of one text that are kept: https://core.telegram.org/api/entities"""
CALLBACK_TEXT: Final = 200
"""Units of a notification: https://core.telegram.org/bots/api#answercallbackquery"""
INLINE_RESULTS: Final = 50
"""Results of one inline answer: https://core.telegram.org/bots/api#answerinlinequery"""
INLINE_QUERY: Final = 256
"""Units of an inline query: https://core.telegram.org/bots/api#inlinequery"""
INLINE_CACHE_SECONDS: Final = 300
"""How long an inline answer may be kept unless its bot says otherwise: https://core.telegram.org/bots/api#answerinlinequery"""
COMMANDS: Final = 100
"""Commands of one scope: https://core.telegram.org/bots/api#setmycommands"""
COMMAND_DESCRIPTION: Final = 256
"""Units of a command's description: https://core.telegram.org/bots/api#botcommand"""
DESCRIPTION: Final = 512
"""https://core.telegram.org/bots/api#setmydescription"""
SHORT_DESCRIPTION: Final = 120
"""https://core.telegram.org/bots/api#setmyshortdescription"""
NAME: Final = 64
"""https://core.telegram.org/bots/api#setmyname"""
START_PAYLOAD: Final = 64
"""Characters of a deep link's payload, A-Z a-z 0-9 _ -: https://core.telegram.org/bots/features#deep-linking"""
PHOTO_BYTES: Final = 10 * 1024 * 1024
"""https://core.telegram.org/bots/api#sendphoto"""
PHOTO_SIDES: Final = 10_000
"""Width and height together, in pixels: https://core.telegram.org/bots/api#sendphoto"""
PHOTO_RATIO: Final = 20
"""https://core.telegram.org/bots/api#sendphoto"""
UPLOAD_BYTES: Final = 50 * 1024 * 1024
"""https://core.telegram.org/bots/api#senddocument"""
DOWNLOAD_BYTES: Final = 20 * 1024 * 1024
"""https://core.telegram.org/bots/api#getfile"""
ALBUM: Final = (2, 10)
"""https://core.telegram.org/bots/api#sendmediagroup"""
DELETE_MANY: Final = 100
"""https://core.telegram.org/bots/api#deletemessages"""
DELETE_AGE: Final = 48 * 3600
"""Seconds after which a message can't be deleted: https://core.telegram.org/bots/api#deletemessage"""
UPDATE_AGE: Final = 24 * 3600
"""Seconds for which an update waits: https://core.telegram.org/bots/api#getting-updates"""
UPDATES: Final = 100
"""Updates of one getUpdates: https://core.telegram.org/bots/api#getupdates"""
POLL_SECONDS: Final = 50
"""The longest long poll that Telegram's server keeps open: https://github.com/tdlib/telegram-bot-api"""
SECRET_TOKEN: Final = 256
"""https://core.telegram.org/bots/api#setwebhook"""
TYPING_SECONDS: Final = 5
"""https://core.telegram.org/bots/api#sendchataction"""
QUERY_SECONDS: Final = 15
"""How long a pressed button can be answered.

Telegram publishes no number; its clients stop waiting after about this long.
"""
FLOOD_OVERALL: Final = 30
"""Messages a second to all chats: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""
FLOOD_CHAT: Final = 1
"""Messages a second in one chat, the same page."""
FLOOD_GROUP_MINUTE: Final = 20
"""Messages a minute in one group, the same page."""
