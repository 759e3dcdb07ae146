"""The development authority: made once, kept private, shared by processes."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from skill.errors import ConfigError
from skill.simulator.authority import LIFE, Authority
from tests.authority_chains import NOW


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "dev"


def test_what_is_made_is_what_is_loaded(directory: Path) -> None:
    made = Authority.load_or_create(directory, NOW)
    for again in (Authority.load_or_create(directory, NOW), Authority.load(directory)):
        assert (again.chain_pem, again.chain_url) == (made.chain_pem, made.chain_url)
        assert again.sign(b"body") == made.sign(b"body")


def test_only_the_owner_may_read_it(directory: Path) -> None:
    Authority.load_or_create(directory, NOW)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()}
    assert modes == {"leaf.key": 0o600, "chain.pem": 0o600, "chain-url": 0o600}
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700


def test_those_who_start_together_agree(directory: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: Authority.load_or_create(directory, NOW), range(4)))
    assert len({authority.chain_pem for authority in made}) == 1


def test_one_out_of_date_is_made_anew(directory: Path) -> None:
    old = Authority.load_or_create(directory, NOW)
    new = Authority.load_or_create(directory, NOW + LIFE - timedelta(hours=1))
    assert new.chain_pem != old.chain_pem
    assert Authority.load(directory).chain_pem == new.chain_pem


@pytest.mark.parametrize("name", ["leaf.key", "chain.pem", "chain-url"])
def test_a_damaged_one_is_made_anew(directory: Path, name: str) -> None:
    old = Authority.load_or_create(directory, NOW)
    (directory / name).unlink()
    assert Authority.load_or_create(directory, NOW).chain_pem != old.chain_pem


def test_a_key_of_another_chain_is_noticed(directory: Path) -> None:
    Authority.load_or_create(directory, NOW)
    key = (directory / "leaf.key").read_bytes()
    Authority.create(NOW).save(directory)
    (directory / "leaf.key").write_bytes(key)
    with pytest.raises(ConfigError):
        Authority.load(directory)


def test_without_one_the_message_says_what_to_do(directory: Path) -> None:
    with pytest.raises(ConfigError, match="start the server first"):
        Authority.load(directory)
