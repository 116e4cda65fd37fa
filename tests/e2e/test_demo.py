"""`kehu demo --script`: the day that a newcomer is shown, in both languages."""

from __future__ import annotations

import pytest

from tests.e2e.test_command import kehu


@pytest.mark.parametrize(("language", "last"), [("zh", "步都对"), ("en", "all as they should be")])
def test_the_whole_day_is_as_it_should_be(language: str, last: str) -> None:
    done = kehu("demo", "--script", "--lang", language, seconds=180)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert last in done.stdout.splitlines()[-1]
