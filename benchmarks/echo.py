"""The bot that Kehu is measured beside: python-telegram-bot as its documentation's echo bot has it, and nothing else.

Polling, one update after the other, the library's default request; or, to compare the two, our request class. A process
of its own, started by `benchmarks.measure`:

    python -m benchmarks.echo http://127.0.0.1:8081/bot httpx
"""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from benchmarks.messages import TOKEN


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    del context
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Run until told to stop."""
    base_url, request = sys.argv[1:]
    builder = ApplicationBuilder().token(TOKEN).base_url(base_url)
    if request == "aiohttp":
        # Not at the top: a bare bot doesn't pay for the import.
        from bot.request import AiohttpRequest

        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest(1))
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
