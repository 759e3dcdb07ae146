"""The signing keys already validated: bounded, expiring, and no lever to make the server fetch."""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta

from skill.errors import VerificationError
from skill.verification.chain import SigningKey

MOST_KEYS = 16  # Amazon uses a handful in a year
MOST_FAILURES = 64
KEY_LIFE = timedelta(hours=24)
FAILURE_LIFE = timedelta(seconds=10)
MINUTE = timedelta(minutes=1)
FETCHES_A_MINUTE = 30  # of URLs that have given no good key yet


class KeyCache:
    """Keys by URL; each is loaded once at a time, whoever asks, and failures are remembered briefly."""

    def __init__(self, load: Callable[[str, datetime], SigningKey]) -> None:
        self._load = load
        self._keys: OrderedDict[str, tuple[SigningKey, datetime]] = OrderedDict()
        self._failures: OrderedDict[str, datetime] = OrderedDict()
        self._loading: dict[str, Future[SigningKey]] = {}
        self._starts: deque[datetime] = deque(maxlen=FETCHES_A_MINUTE)
        self._lock = threading.Lock()

    def get(self, url: str, now: datetime) -> SigningKey:
        """Return the key at a URL; raises VerificationError if it has no good one, or too many were tried."""
        with self._lock:
            key, until = self._keys.get(url, (None, now))
            if key and now < until:
                self._keys.move_to_end(url)
                return key
            loading = self._loading.get(url)
            is_first = loading is None
            if loading is None:
                self._admit(url, now)
                loading = self._loading[url] = Future()
        if is_first:
            self._settle(loading, url, now)
        return loading.result()

    def _admit(self, url: str, now: datetime) -> None:
        """Raise VerificationError if this URL failed just now, or if too many unknown ones were tried."""
        if now < self._failures.get(url, now):
            raise VerificationError("fetch", "failed a moment ago")
        if url in self._keys:  # good before: a flood of others does not keep it out
            return
        if len(self._starts) == FETCHES_A_MINUTE and now - self._starts[0] < MINUTE:
            raise VerificationError("busy", "too many unknown URLs")
        self._starts.append(now)

    def _settle(self, loading: "Future[SigningKey]", url: str, now: datetime) -> None:
        try:
            key = self._load(url, now)
        except BaseException as error:  # noqa: BLE001 (those who wait for it get it as well)
            self._remember_failure(url, now)
            loading.set_exception(error)
        else:
            self._remember_key(url, key, now)
            loading.set_result(key)

    def _remember_key(self, url: str, key: SigningKey, now: datetime) -> None:
        with self._lock:
            del self._loading[url]
            self._keys[url] = key, min(now + KEY_LIFE, key.until)
            self._keys.move_to_end(url)
            if len(self._keys) > MOST_KEYS:
                self._keys.popitem(last=False)

    def _remember_failure(self, url: str, now: datetime) -> None:
        with self._lock:
            del self._loading[url]
            self._failures[url] = now + FAILURE_LIFE
            self._failures.move_to_end(url)
            if len(self._failures) > MOST_FAILURES:
                self._failures.popitem(last=False)
