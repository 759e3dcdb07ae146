"""Which certificate chains are believed, and how often they are fetched."""

import contextlib
import threading
from collections.abc import Sized
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from skill.errors import VerificationError
from skill.verification.cache import (
    FAILURE_LIFE,
    FETCHES_A_MINUTE,
    KEY_LIFE,
    MOST_FAILURES,
    MOST_KEYS,
    KeyCache,
)
from skill.verification.chain import SigningKey
from tests.amazon import URL, Amazon, encoded, signed, stamped
from tests.authority_chains import DAY, NOW, amazons, bad_chains, intermediate, leaf, pem, root


@pytest.fixture
def amazon() -> Amazon:
    return Amazon()


def test_a_signed_request_gets_in_with_amazons_cross_signed_chain(amazon: Amazon) -> None:
    body = encoded()
    amazon.sends(body)


@pytest.mark.parametrize("fault", bad_chains())
def test_a_bad_chain_is_refused(amazon: Amazon, fault: str) -> None:
    amazon.chain = bad_chains()[fault]
    assert amazon.refusal(encoded()) == "chain"


def test_a_chain_is_fetched_once_and_again_after_a_day(amazon: Amazon) -> None:
    for passed in (timedelta(0), KEY_LIFE - timedelta(seconds=1), KEY_LIFE):
        amazon.now = NOW + passed
        body = stamped(amazon.now)
        amazon.sends(body)
    assert amazon.fetched == [URL, URL]


def test_a_chain_in_the_cache_is_still_refused_once_out_of_date(amazon: Amazon) -> None:
    body = encoded()
    amazon.sends(body)
    amazon.now = NOW + 40 * DAY
    assert amazon.refusal(body) == "chain"
    amazon.now = NOW - 2 * DAY
    assert amazon.refusal(body) == "chain"


def test_a_failed_fetch_is_not_remembered_for_long(amazon: Amazon) -> None:
    body = encoded()
    amazon.is_down = True
    assert [amazon.refusal(body), amazon.refusal(body)] == ["fetch", "fetch"]
    assert amazon.fetched == [URL]
    amazon.is_down, amazon.now = False, NOW + FAILURE_LIFE
    amazon.sends(body)


def test_made_up_urls_do_not_make_the_server_a_fetching_machine(amazon: Amazon) -> None:
    body = encoded()
    amazon.sends(body)
    amazon.chain = b""
    reasons = [amazon.refusal(body, signed(body, f"{URL}.{n}")) for n in range(100)]
    assert len(amazon.fetched) == FETCHES_A_MINUTE
    assert set(reasons) == {"chain", "busy"}
    amazon.sends(body)


def test_a_flood_does_not_keep_a_known_url_from_being_fetched_again(amazon: Amazon) -> None:
    body = encoded()
    amazon.sends(body)
    amazon.is_down, amazon.now = True, NOW + KEY_LIFE
    for n in range(100):
        amazon.refusal(body, signed(body, f"{URL}.{n}"))
    amazon.is_down = False
    body = stamped(amazon.now)
    amazon.sends(body)


@pytest.mark.parametrize("is_good", [True, False])
def test_what_the_cache_remembers_is_bounded(*, is_good: bool) -> None:
    key = SigningKey.from_chain(amazons(), [root()], NOW)

    def load(_url: str, _now: datetime) -> SigningKey:
        if is_good:
            return key
        raise VerificationError("chain")

    cache = KeyCache(load)
    for n in range(1000):
        with contextlib.suppress(VerificationError):
            cache.get(f"{URL}.{n}", NOW + n * timedelta(seconds=3))
    sizes = [len(part) for part in vars(cache).values() if isinstance(part, Sized)]
    assert len(sizes) > 3
    assert 0 < sum(sizes) <= MOST_KEYS + MOST_FAILURES + FETCHES_A_MINUTE


def test_a_chain_without_its_root_is_enough(amazon: Amazon) -> None:
    amazon.chain = pem(leaf(), intermediate())
    body = encoded()
    amazon.sends(body)


def test_many_who_ask_at_once_for_one_url_cause_one_fetch() -> None:
    amazon, body = Amazon(), encoded()
    arrived = threading.Barrier(8)

    def send(_number: int) -> None:
        arrived.wait()
        amazon.sends(body)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))
    assert amazon.fetched == [URL]
