"""The process and the wire: the only package that knows Telegram, timers and sockets.

`app.py` puts the parts together; docs/architecture.md follows one update through them.
"""
