"""The process and the wire: the only package that knows Telegram, timers and sockets."""
