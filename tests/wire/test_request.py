"""What a request class owes python-telegram-bot: calls, files, proxies, life and death. What goes wrong: next door."""

from __future__ import annotations

import asyncio
import base64
import gzip
import io
import json
import os
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import telegram
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from telegram.error import NetworkError

from bot.request import AiohttpRequest, NotSent
from tests.wire.servers import ME, MESSAGE, TOKEN, BotApi, Listen, bot_at


async def test_a_call_carries_its_parameters_and_brings_its_result(api: BotApi) -> None:
    async with bot_at(api, AiohttpRequest()) as bot:
        me = await bot.get_me()
        sent = await bot.send_message(7, "张三 & co = 50% 👍", disable_notification=True)
    assert (me.username, sent.text) == ("kehu_bot", "hello")
    asked = api.asked[1]
    assert asked.path == f"/bot{TOKEN}/sendMessage"
    assert {name: values[0].decode() for name, values in asked.body_arguments.items()} == {
        "chat_id": "7",
        "text": "张三 & co = 50% 👍",
        "disable_notification": "true",
    }
    assert asked.headers["User-Agent"].startswith("python-telegram-bot")


async def test_a_torn_emoji_is_sent_as_a_question_mark_instead_of_failing(api: BotApi) -> None:
    async with bot_at(api, AiohttpRequest()) as bot:
        await bot.send_message(7, "half \ud83d")
    assert api.asked[0].body_arguments["text"] == [b"half ?"]


async def test_connections_are_kept_and_no_more_are_made_than_allowed(listen: Listen) -> None:
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await answer_each_request(reader, writer)

    async with listen(talk) as port, bot_at(BotApi(port), AiohttpRequest(3, pool_timeout=None)) as bot:
        await asyncio.gather(*(bot.get_me() for _ in range(12)))
        await bot.get_me()
    assert connections == 3


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 3 * 2**20 + 17])
async def test_a_file_arrives_whole_with_its_name_and_caption(api: BotApi, size: int) -> None:
    content = os.urandom(size)
    async with bot_at(api, AiohttpRequest()) as bot:
        await bot.send_document(7, telegram.InputFile(content, filename="报价 张三.pdf"), caption="给 ACME")
    (file,) = api.asked[0].files["document"]
    assert (file.filename, file.content_type, file.body) == ("报价 张三.pdf", "application/pdf", content)
    assert api.asked[0].body_arguments == {"chat_id": [b"7"], "caption": ["给 ACME".encode()]}


async def test_an_album_attaches_each_of_its_files(api: BotApi) -> None:
    api.will_answer("sendMediaGroup", [MESSAGE, MESSAGE])
    photos = [telegram.InputMediaPhoto(b"one"), telegram.InputMediaPhoto(b"two")]
    async with bot_at(api, AiohttpRequest()) as bot:
        await bot.send_media_group(7, photos)
    asked = api.asked[0]
    media = json.loads(asked.body_arguments["media"][0])
    attached = [asked.files[item["media"].removeprefix("attach://")][0].body for item in media]
    assert attached == [b"one", b"two"]


@pytest.mark.parametrize("start", [0, 1000])
async def test_an_open_file_is_sent_from_where_it_stands(api: BotApi, tmp_path: Path, start: int) -> None:
    content = os.urandom(300_000)
    (tmp_path / "export.xlsx").write_bytes(content)
    with (tmp_path / "export.xlsx").open("rb") as file:
        file.seek(start)
        async with bot_at(api, AiohttpRequest()) as bot:
            await bot.send_document(7, telegram.InputFile(file, filename="export.xlsx", read_file_handle=False))
    assert api.asked[0].files["document"][0].body == content[start:]


async def test_what_comes_out_of_a_pipe_is_sent_too(api: BotApi) -> None:
    out, into = os.pipe()
    os.write(into, b"a backup, say")
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        async with bot_at(api, AiohttpRequest()) as bot:
            await bot.send_document(7, telegram.InputFile(pipe, filename="backup", read_file_handle=False))
    assert api.asked[0].files["document"][0].body == b"a backup, say"


async def test_a_hostile_file_name_stays_a_file_name(api: BotApi) -> None:
    name = 'a.txt"\r\nContent-Type: text/html\r\n\r\n<script>\\'
    async with bot_at(api, AiohttpRequest()) as bot:
        await bot.send_document(7, telegram.InputFile(b"harmless", filename=name))
    (file,) = api.asked[0].files["document"]
    assert file.body == b"harmless"
    assert file.filename == "a.txt___Content-Type: text/html____<script>_"


async def test_a_file_that_shrinks_while_it_is_sent_is_an_error_and_no_hang(api: BotApi, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(bytes(2**20))

    class Shrinking(io.FileIO):
        def read(self, size: int | None = -1, /) -> bytes:
            os.truncate(log, 1000)
            return super().read(-1 if size is None else size)

    with Shrinking(log) as file:
        async with bot_at(api, AiohttpRequest()) as bot:
            with pytest.raises(NetworkError):
                await bot.send_document(7, telegram.InputFile(file, filename="log", read_file_handle=False))
    assert api.asked == []


async def test_a_file_comes_down_whole_and_no_larger_than_allowed(api: BotApi) -> None:
    photo = os.urandom(2_000_000)
    api.will_answer("getFile", {"file_id": "f", "file_unique_id": "u", "file_path": "photos/张三 1.jpg"})
    api.answers["photos/%E5%BC%A0%E4%B8%89%201.jpg"] = api.answers["photos/张三 1.jpg"] = (200, photo)
    async with bot_at(api, AiohttpRequest()) as bot:
        file = await bot.get_file("f")
        assert bytes(await file.download_as_bytearray()) == photo
    async with bot_at(api, AiohttpRequest(max_answer=1_999_999)) as bot:
        file = await bot.get_file("f")
        with pytest.raises(NetworkError, match="larger than 1999999 bytes"):
            await file.download_as_bytearray()


async def test_a_packed_answer_is_bounded_by_what_it_unpacks_to(listen: Listen) -> None:
    bomb = gzip.compress(bytes(50 * 2**20))

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb) + bomb)
        await writer.drain()
        await reader.read()

    async with listen(talk) as port, bot_at(BotApi(port), AiohttpRequest(max_answer=2**20)) as bot:
        with pytest.raises(NetworkError, match="larger than 1048576 bytes"):
            await bot.get_me()


async def test_a_proxy_is_asked_with_the_whole_address_and_its_password(
    api: BotApi, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")  # nobody's: the environment's is not used
    seen: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        seen.append(head)
        body = await reader.readexactly(int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0]))
        there_reader, there = await asyncio.open_connection("127.0.0.1", api.port)
        origin = f"http://127.0.0.1:{api.port}".encode()
        there.write(head.replace(origin, b"", 1).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + body)
        writer.write(await there_reader.read())
        await writer.drain()
        there.close()

    async with listen(talk) as port, bot_at(api, AiohttpRequest(proxy=f"http://li:secret@127.0.0.1:{port}")) as bot:
        assert (await bot.send_message(7, "through")).text == "hello"
    assert seen[0].startswith(f"POST http://127.0.0.1:{api.port}/bot{TOKEN}/sendMessage HTTP/1.1\r\n".encode())
    basic = base64.b64encode(b"li:secret").decode()
    assert f"Proxy-Authorization: Basic {basic}\r\n".encode() in seen[0]
    assert api.methods() == ["sendMessage"]


@pytest.mark.parametrize(
    "proxy",
    ["socks5://li:secret@127.0.0.1:1080", "127.0.0.1:3128", "http://", "http://li:secret@[", "http://li:secret@h:port"],
)
def test_an_impossible_proxy_is_refused_without_repeating_it(proxy: str) -> None:
    with pytest.raises(ValueError, match="http://host:port") as refused:
        AiohttpRequest(proxy=proxy)
    assert "secret" not in str(refused.value)


def certificate_for_loopback(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate of 127.0.0.1 and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(hours=1))
        .not_valid_after(datetime.now(UTC) + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"


async def answer_each_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say who the bot is to whatever is asked, for as long as somebody asks."""
    body = json.dumps({"ok": True, "result": ME}).encode()
    try:
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()
    except asyncio.IncompleteReadError:
        pass  # nobody asks any more
    finally:
        writer.close()


@pytest.mark.parametrize("through", ["directly", "a proxy"])
async def test_tls_trusts_whom_the_system_trusts_and_nobody_else(
    listen: Listen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, through: str
) -> None:
    cert, key = certificate_for_loopback(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server = await asyncio.start_server(answer_each_request, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    tunnels: list[bytes] = []

    async def carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while piece := await source.read(65536):
            sink.write(piece)
        sink.close()

    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tunnels.append(await reader.readuntil(b"\r\n\r\n"))
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(carry(reader, there_writer), carry(there_reader, writer))

    async with listen(tunnel) as proxy_port:
        proxy = f"http://127.0.0.1:{proxy_port}" if through == "a proxy" else None
        url = f"https://127.0.0.1:{port}/bot"
        async with AiohttpRequest(proxy=proxy) as request:
            with pytest.raises(NotSent, match="certificate"):
                await telegram.Bot(TOKEN, base_url=url, request=request).get_me()
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        async with AiohttpRequest(proxy=proxy) as request:
            bot = telegram.Bot(TOKEN, base_url=url, request=request)
            assert [(await bot.get_me()).username for _ in range(3)] == ["kehu_bot"] * 3
    server.close()
    await server.wait_closed()
    assert all(line.startswith(f"CONNECT 127.0.0.1:{port} ".encode()) for line in tunnels)
    assert len(tunnels) == (2 if proxy else 0), "one for the distrusted try, one kept for all three calls"


async def test_where_the_system_trusts_nobody_certifi_steps_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_bytes(b"")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "empty.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "nowhere"))
    trusted = AiohttpRequest().trusted("https://api.telegram.org/bot1:x/getMe")
    assert isinstance(trusted, ssl.SSLContext)
    assert trusted.cert_store_stats()["x509_ca"] > 50


def test_it_can_be_opened_and_closed_again_and_again_even_in_another_loop() -> None:
    request = AiohttpRequest(1)

    async def a_life() -> int:
        server = await asyncio.start_server(answer_each_request, "127.0.0.1", 0)
        bot = telegram.Bot(TOKEN, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot", request=request)
        await request.shutdown()
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            assert (await asyncio.gather(bot.get_me(), bot.get_me()))[1].id == 4200
            await request.shutdown()
            await request.shutdown()
        server.close()
        return (await bot.get_me()).id

    for _ in range(2):
        with pytest.raises(NetworkError, match="not initialized"):
            asyncio.run(a_life())


async def test_closing_ends_the_requests_under_way(api: BotApi) -> None:
    api.delay = 30
    async with bot_at(api, AiohttpRequest(1, pool_timeout=10, read_timeout=20)) as bot:
        under_way = [asyncio.create_task(bot.get_me()) for _ in range(2)]
        await asyncio.sleep(0.1)
        await bot.request.shutdown()
        ends = await asyncio.wait_for(asyncio.gather(*under_way, return_exceptions=True), 5)
    assert [isinstance(end, NetworkError) for end in ends] == [True, True]
    assert isinstance(ends[1], NotSent), "the one that waited for a place was never sent"


def test_it_brings_no_web_server_with_it() -> None:
    loaded = "import sys, bot.request; print([m for m in sys.modules if m.startswith('aiohttp.web')])"
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
