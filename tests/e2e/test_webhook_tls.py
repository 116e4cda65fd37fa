"""`kehu run` doing TLS by itself: with a certificate of its own that Telegram is given, and with one that is none."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.clock import Clock
from bot.config import as_toml
from bot.demo.standin import People, StandIn
from tests.e2e.process import Process
from tests.house import STAFF, TOKEN, make_book

WITHIN = 30.0


def self_signed(folder: Path) -> None:
    """cert.pem and key.pem for 127.0.0.1, as https://core.telegram.org/bots/self-signed describes them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = Clock()()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


async def company(folder: Path, standin: StandIn, port: int) -> Path:
    """A settled company whose bot takes deliveries by itself."""
    await make_book(folder, Clock())
    (folder / "secrets/webhook").write_text("a-secret_for-webhooks")
    self_signed(folder / "secrets")
    settings: dict[str, object] = {
        "telegram": {"token": TOKEN, "base_url": standin.base_url, "base_file_url": standin.base_file_url},
        "telegram.webhook": {
            "url": f"https://127.0.0.1:{port}/telegram",
            "port": port,
            "secret_file": "secrets/webhook",
            "certificate_file": "secrets/cert.pem",
            "key_file": "secrets/key.pem",
        },
    }
    (folder / "config.toml").write_text(as_toml(settings))
    return folder


async def test_telegram_is_given_the_certificate_and_delivers_over_tls(tmp_path: Path, unused_tcp_port: int) -> None:
    standin = await StandIn.start(token=TOKEN, bot_username="kehu_test_bot")
    folder = await company(tmp_path / "company", standin, unused_tcp_port)
    try:
        async with People(standin.url) as people, Process(folder) as bot:
            telegram_id, name, _, _ = STAFF["li"]
            li = await people.person(name, language="zh", id=telegram_id, started=True)
            await li.says("find nobody-of-this-name")
            await li.sees("nobody-of-this-name", within=WITHIN)
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as session:
                forged = await session.post(f"https://127.0.0.1:{unused_tcp_port}/telegram", json={"update_id": 1})
                assert forged.status == 403
            async with aiohttp.ClientSession() as session:
                with pytest.raises(aiohttp.ClientError):
                    await session.post(f"http://127.0.0.1:{unused_tcp_port}/telegram", json={"update_id": 1})
            assert await bot.terminate() == 0, bot.said()
    finally:
        await standin.stop()


@pytest.mark.parametrize("fault", ["no certificate", "not a certificate", "another key"])
async def test_a_certificate_that_is_none_is_one_clear_line(tmp_path: Path, unused_tcp_port: int, fault: str) -> None:
    standin = await StandIn.start(token=TOKEN, bot_username="kehu_test_bot")
    folder = await company(tmp_path / "company", standin, unused_tcp_port)
    secrets = folder / "secrets"
    if fault == "no certificate":
        (secrets / "cert.pem").unlink()
    elif fault == "not a certificate":
        (secrets / "cert.pem").write_text("something else")
    else:
        kept = (secrets / "cert.pem").read_bytes()
        self_signed(secrets)
        (secrets / "cert.pem").write_bytes(kept)
    try:
        async with Process(folder) as bot:
            assert await bot.ended() == 23
            assert "the webhook can't be opened" in bot.said()
            assert "Traceback" not in bot.said()
    finally:
        await standin.stop()
