"""Under which key a record is kept: a keyed hash, so that the store names nobody."""

import hmac
import secrets
from collections.abc import Callable
from pathlib import Path

from ask_sdk_model import Context, RequestEnvelope, User
from ask_sdk_model.interfaces.system import SystemState

from skill.errors import StoreError
from skill.store.files import make

SECRET_BYTES = 32


def hashed(secret: bytes, text: str) -> str:
    """Return the HMAC-SHA256 of `text`, in hexadecimal."""
    return hmac.digest(secret, text.encode("utf-8", "surrogatepass"), "sha256").hex()


class Keys:
    """Makes keys under one secret; asked for each time, since its file goes and comes with the database's."""

    def __init__(self, secret: Callable[[], bytes]) -> None:
        self._secret = secret

    def hashed(self, text: str) -> str:
        """Return what stands for an id of Amazon's; raises StoreError where there is no secret to be had."""
        return hashed(self._secret(), text)

    def of(self, envelope: RequestEnvelope) -> str:
        """Return the key of the account that a request is from, with a session or without one."""
        system = envelope.context.system if envelope.context else None
        user_id = system.user.user_id if system and system.user else None
        if not user_id:
            raise StoreError("the request names no user")
        return self.hashed(user_id)


def envelope_of(user_id: str) -> RequestEnvelope:
    """Return as much of a request as names the account with this id."""
    return RequestEnvelope(context=Context(system=SystemState(user=User(user_id=user_id))))


def secret_in(path: Path) -> bytes:
    """Return the secret in a file, which is made if need be; raises StoreError where that fails."""
    try:
        if not path.exists():
            make(path, lambda draft: draft.write_text(f"{secrets.token_hex(SECRET_BYTES)}\n"))
        secret = path.read_bytes().strip()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}") from error
    if len(secret) < SECRET_BYTES:
        raise StoreError(f"{path}: is no secret; it has fewer than {SECRET_BYTES} characters")
    return secret
