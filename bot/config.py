"""The configuration: config.toml, the environment, and secrets in files of their own.

`KEHU_TELEGRAM__BASE_URL` in the environment stands for `base_url` under `[telegram]`, and so for every other setting;
the environment wins. A setting that does not exist is an error, because a mistyped one would be silently without
effect. Paths are taken from the folder of the configuration file.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from store import keys
from store.errors import Unusable
from store.rules import countries


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DataSettings(_Section):
    """Where the book lies, and how much memory its cache may take in all (MiB)."""

    file: Path = Path("data/kehu.db")
    cache_mib: int = Field(default=96, ge=4, le=4096)


class KeySettings(_Section):
    """What wraps the data key: a key file, a passphrase, or a systemd credential (systemd.exec(5), LoadCredential)."""

    file: Path | None = None
    passphrase: str | None = Field(default=None, repr=False)
    passphrase_file: Path | None = None
    credential: str | None = None


class WebhookSettings(_Section):
    """Where Telegram delivers updates when it is not polled (https://core.telegram.org/bots/api#setwebhook)."""

    url: str
    listen: str = "127.0.0.1"
    port: int = Field(default=8443, ge=0, le=65535)
    path: str = "/telegram"
    secret_file: Path
    certificate_file: Path | None = None
    key_file: Path | None = None


class LimitSettings(_Section):
    """How fast messages go out (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

    per_second: float = Field(default=30, gt=0)
    chat_per_second: float = Field(default=1, gt=0)
    chat_burst: int = Field(default=5, ge=1)
    in_flight: int = Field(default=64, ge=1)


class TelegramSettings(_Section):
    """The Bot API server and the token, by file or (in the environment only, please) as it is."""

    token_file: Path | None = None
    token: str | None = Field(default=None, repr=False)
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    proxy: str | None = None
    poll_seconds: int = Field(default=30, ge=0, le=50)
    webhook: WebhookSettings | None = None
    limits: LimitSettings = LimitSettings()


class Config(BaseSettings):
    """Everything that can be set. `folder` is where the file was found; relative paths start there."""

    model_config = SettingsConfigDict(env_prefix="KEHU_", env_nested_delimiter="__", extra="forbid", frozen=True)

    language: Literal["zh", "en"] = "zh"
    timezone: str = "Asia/Shanghai"
    country: str = ""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    data: DataSettings = DataSettings()
    key: KeySettings = KeySettings(file=Path("secrets/master.key"))
    telegram: TelegramSettings = TelegramSettings()
    folder: Path = Field(default=Path(), exclude=True)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        # The package's own list: to look through the machine's folders, as zoneinfo does, takes forty times as long.
        if value not in files("tzdata").joinpath("zones").read_text(encoding="ascii").split():
            raise ValueError("is not a time zone of the IANA database")
        return value

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        if value and not countries.known(value):
            raise ValueError("is not a country's code (ISO 3166), as CN or GB")
        return value

    @property
    def home(self) -> str:
        """The country where the company is at home: the named one, or the one that its time zone lies in."""
        return self.country or countries.of_zone(self.timezone)

    def path(self, path: Path) -> Path:
        """A path of the configuration, from its folder."""
        return path if path.is_absolute() else self.folder / path

    @property
    def book(self) -> Path:
        """The encrypted file."""
        return self.path(self.data.file)

    @property
    def envelope(self) -> Path:
        """The wrapped data key, beside the encrypted file."""
        return self.book.with_suffix(".key")

    def wrapper(self) -> keys.Wrapper:
        """What unwraps the data key. Raises Unusable when nothing, or not exactly one thing, is named."""
        key = self.key
        if key.credential is not None:
            folder = os.environ.get("CREDENTIALS_DIRECTORY")
            if folder is None:
                raise Unusable("credential_missing", 12, name=key.credential)
            return keys.KeyFile(Path(folder) / key.credential)
        if key.passphrase is not None:
            return keys.Passphrase(key.passphrase)
        if key.passphrase_file is not None:
            return keys.Passphrase(read_secret(self.path(key.passphrase_file), "key_file_unreadable", 12))
        if key.file is not None:
            return keys.KeyFile(self.path(key.file))
        raise Unusable("key_not_named", 12)

    def token(self) -> str:
        """The bot's token. Raises Unusable when there is none."""
        if self.telegram.token is not None:
            return self.telegram.token
        if self.telegram.token_file is None:
            raise Unusable("token_missing", 18)
        return read_secret(self.path(self.telegram.token_file), "token_missing", 18)


def read_secret(path: Path, key: str, code: int) -> str:
    """A secret from a file, without the line's end. Raises Unusable(key, code) when there is nothing to read."""
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Unusable(key, code, path=str(path)) from None
    if not secret:
        raise Unusable(key, code, path=str(path))
    return secret


def load(path: Path) -> Config:
    """The configuration at `path`. Raises Unusable, naming the setting that is unknown or wrong, never its value."""
    if not path.is_file():
        raise Unusable("config_missing", 10, path=str(path))

    class FromFile(Config):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            del dotenv_settings, file_secret_settings
            return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=path)

    try:
        return FromFile(folder=path.resolve().parent)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise Unusable("config_wrong", 11, path=str(path), wrong=wrong) from None
    except ValueError as error:  # TOML's own, with line and column
        raise Unusable("config_wrong", 11, path=str(path), wrong=str(error)) from None


def as_toml(values: dict[str, Any]) -> str:
    """A small TOML text of scalars and one level of tables: what `kehu init` writes."""

    def scalar(value: object) -> str:
        return f'"{value}"' if isinstance(value, str | Path) else str(value).lower()

    lines = [f"{name} = {scalar(value)}" for name, value in values.items() if not isinstance(value, dict)]
    for name, table in values.items():
        if isinstance(table, dict):
            lines += ["", f"[{name}]", *(f"{key} = {scalar(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"
