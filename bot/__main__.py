"""The command `kehu`: init, run, demo, check, owner-code, verify.

Each subcommand is a module of its own, imported when it is called, so that `kehu run` does not pay for the demo.
A book that can't be used is one line on standard error and an exit code of its own (docs/operations.md lists them).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from store.errors import Unusable


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kehu", description="A customer book that lives in Telegram.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=words, description=words)

    def with_config(name: str, words: str) -> argparse.ArgumentParser:
        sub = command(name, words)
        sub.add_argument("--config", type=Path, default=Path("config.toml"), help="where config.toml is")
        return sub

    init = with_config("init", "make a configuration, a key and an empty encrypted book")
    init.add_argument("--token-file", type=Path, help="the file that holds the bot's token; it is named, not copied")
    init.add_argument("--timezone", help="the company's time zone, as Asia/Shanghai")
    init.add_argument("--language", choices=("zh", "en"), help="the language to begin with")
    init.add_argument("--yes", action="store_true", help="never ask; take the defaults for what is not given")
    with_config("run", "serve the bot until SIGTERM or Ctrl-C")
    with_config("check", "look at configuration, key, file, migrations and Telegram, a line each")
    with_config("owner-code", "print a fresh code that makes its sender the owner")
    with_config("verify", "walk the audit chain and say whether anything was changed behind its back")
    demo = command("demo", "a company in the browser: no account, no token, no network")
    demo.add_argument("--port", type=int, default=0, help="the page's port (0: any that is free)")
    demo.add_argument("--no-browser", action="store_true", help="do not open the page")
    demo.add_argument("--lang", choices=("zh", "en"), default=None, help="the language of the company (by the locale)")
    demo.add_argument("--script", action="store_true", help="play a whole day without a browser and print it")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Runs the command; its exit code."""
    options = _parser().parse_args(argv)
    try:
        if options.command == "init":
            from bot.init import init

            return init(options)
        if options.command == "owner-code":
            from bot.init import owner_code

            return owner_code(options.config)
        if options.command == "run":
            from bot.run import run

            return run(options.config)
        if options.command == "demo":
            from bot.demo.command import demo

            return demo(options)
        from bot import inspect

        return inspect.COMMANDS[options.command](options.config)
    except Unusable as error:
        print(f"kehu: {describe(error)}", file=sys.stderr)  # noqa: T201 - the answer of a command
        return error.code


_WORDS = {
    "config_missing": "there is no configuration at {path}; `kehu init --config {path}` makes one",
    "config_wrong": "{path}: {wrong}",
    "config_exists": "{path} exists already and is left as it is",
    "key_file_unreadable": "the key file {path} can't be read, or is not a key",
    "key_envelope_unreadable": "{path}, which holds the wrapped data key, is missing or damaged",
    "key_wrong": "the key or passphrase does not fit this book",
    "key_not_named": "[key] names neither a file, a passphrase nor a credential",
    "key_newer": "{path} was written by a newer Kehu",
    "credential_missing": "the credential {name} is not there; is this a systemd unit with LoadCredential?",
    "file_missing": "there is no book at {path}; `kehu init` makes one",
    "file_plain": "{path} is not encrypted, so it is not a book of Kehu's",
    "file_locked": "{path} is in use by another process; stop that one first",
    "file_unreadable": "{path} can't be read: it is damaged, or was made with another key",
    "file_newer": "{path} was written by a newer Kehu; update this one",
    "migration_changed": "the book was made with another text of {name}",
    "token_missing": "there is no token: [telegram] token_file names none, or it is empty",
    "webhook_unusable": "the webhook can't be opened (its port, certificate or key): {reason}",
    "webhook_secret_missing": "the webhook's secret can't be read from {path}",
    "token_wrong": "Telegram does not know this token; ask BotFather for the right one",
    "telegram_unreachable": "the Bot API server can't be reached ({reason}); see [telegram] base_url and the network",
    "timezone_unknown": "{zone} is not a time zone of the IANA database",
}


def describe(error: Unusable) -> str:
    """An unusable book in one line, for the person at the terminal."""
    return _WORDS[error.key].format(**error.data)


if __name__ == "__main__":
    sys.exit(main())
