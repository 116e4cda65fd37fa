"""Measurements that print figures beside the bounds that were promised, and exit with 1 when one is missed.

Run as `python -m benchmarks.NAME` in a checkout; each module's docstring says what is measured and how. All of them
stay on this machine, take minutes at most, and leave no process behind.

- `updates`: updates a second and processor time, Kehu beside a bare echo bot.
- `start`: time to the first getUpdates, and idle memory, Kehu beside a bare echo bot.
- `requests`: the echo bot on python-telegram-bot's request class and on ours.
- `reminders`: how late reminders come, and how long ten thousand take beside what Telegram's limits allow.
- `search`: every kind of query over up to a million customers.
- `hops`: what a statement costs through the book's threads.

To add one that measures a bot: give `measure.once` a `Load`; it runs on `server` (a Bot API server as fast as asyncio
allows) with the bot as a child of `process`. `kehu_process` is Kehu as such a bot, `echo` the other one. `book` makes
companies with many customers.
"""
