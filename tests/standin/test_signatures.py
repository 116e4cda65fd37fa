"""The methods and parameters that the stand-in knows are those of python-telegram-bot, and the other way round."""

from __future__ import annotations

import inspect
import re

import pytest
from telegram import Bot

from bot.demo.standin.methods import METHODS
from bot.demo.standin.methods.receiving import WEBHOOK_METHODS
from bot.demo.standin.signatures import SIGNATURES, Signature

TRANSPORT = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"}
CONVENIENCES = {
    # python-telegram-bot's own, made into other parameters before anything is sent
    "allow_sending_without_reply",
    "reply_to_message_id",
    "disable_web_page_preview",
    "filename",
    "contact",
    "current_offset",
}
OWN_SPELLING = {
    # an album's caption goes into its first item
    "sendMediaGroup": {"caption", "parse_mode", "caption_entities"},
}


def python_name(method: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", method).lower()


@pytest.mark.parametrize("signature", SIGNATURES.values(), ids=lambda signature: signature.name)
def test_parameters_are_those_of_python_telegram_bot(signature: Signature) -> None:
    method = getattr(Bot, python_name(signature.name))
    known = set(inspect.signature(method).parameters) - TRANSPORT - CONVENIENCES
    assert set(signature.types) == known - OWN_SPELLING.get(signature.name, set())


def test_every_known_method_does_something() -> None:
    elsewhere = WEBHOOK_METHODS | {"getupdates", "logout"}
    assert set(METHODS) | elsewhere == set(SIGNATURES)
    assert not set(METHODS) & elsewhere


def test_required_parameters_are_required_by_python_telegram_bot_too() -> None:
    for signature in SIGNATURES.values():
        parameters = inspect.signature(getattr(Bot, python_name(signature.name))).parameters
        optional = {name for name in signature.required if parameters[name].default is None}
        # phone_number and first_name may come as a Contact
        assert optional <= {"phone_number", "first_name"}
