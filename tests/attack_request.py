"""Turns a case of the attack table into the bytes of a request, and an answer's bytes into a few words."""

import base64
import json
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException, HTTPResponse
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA512, Hash

from skill.simulator.certificates import PrivateKey
from skill.simulator.envelope import Identity, Session, envelope, launch_request, stamped
from tests.attack_cases import Case, Scheme
from tests.attack_certificates import key_called
from tests.attack_chains import Chain, file_name
from tests.server_process import PATIENCE_SECONDS, SKILL_ID, Address

URL = "https://s3.amazonaws.com/echo.api/{}"
SESSION = "amzn1.echo-api.session.attack"

_HASHES = {"sha256": SHA256(), "sha1": SHA1(), "sha512": SHA512()}  # noqa: S303 (the attack)


@dataclass(frozen=True)
class Attacker:
    """Has every chain and key, and so can send anything, Alexa's own requests among it."""

    chains: Mapping[str, Chain]

    def request(self, case: Case) -> bytes:
        """Return what is sent, from the request line on."""
        body = _body(case)
        key = key_called(case.signer) if case.signer else self.chains[case.chain].key
        signature = _sign(body if case.signs is None else case.signs.encode(), key, case.scheme)
        sent = body + case.tail.encode()
        head = "\r\n".join(["POST /alexa HTTP/1.1", *_headers(case, signature, len(sent)), "", ""])
        for old, new in case.wire.items():
            assert old in head, f"{case.id}: {old!r} is not in the head"
            head = head.replace(old, str(new))
        return head.encode("latin-1") + (_in_chunks(sent) if case.chunked else sent)


def _body(case: Case) -> bytes:
    body = _plain_body(case)
    return body + b" " * (case.pad - len(body))


def _plain_body(case: Case) -> bytes:
    if case.hex is not None:
        return bytes.fromhex(case.hex)
    if case.fill is not None:
        return str(case.fill).encode()
    text = json.dumps(_envelope(case)) if case.body is None else case.body
    for old, new in case.replace.items():
        assert old in text, f"{case.id}: {old!r} is not in the body"
        text = text.replace(old, new, 1)
    return text.encode()


def _envelope(case: Case) -> dict[str, Any]:
    moment = datetime.now(UTC) - timedelta(seconds=case.age)
    identity = Identity(application_id=SKILL_ID)
    request = stamped(launch_request(), "amzn1.echo-api.request.attack", moment, identity.locale)
    if case.stamp is not None:
        request["timestamp"] = moment.strftime(case.stamp)
    good = envelope(identity, Session(SESSION), request)
    for path, value in case.set.items():
        parent, key = _parent(good, path)
        parent[key] = value
    for path in case.remove:
        parent, key = _parent(good, path)
        del parent[key]
    return good


def _parent(node: Any, path: str) -> tuple[dict[str, Any], str]:  # noqa: ANN401 (JSON)
    *parents, key = path.split(".")
    for name in parents:
        node = node[name]
    return node, key


def _headers(case: Case, signature: bytes, length: int) -> Iterator[str]:
    """Yield the good headers, changed: none, one or several of a name; `{}` stands for the good value."""
    good = {
        "Host": "coach.example.org",
        "Connection": "close",
        "Content-Type": "application/json; charset=utf-8",
        **({"Transfer-Encoding": "chunked"} if case.chunked else {"Content-Length": str(length)}),
        "SignatureCertChainUrl": URL.format(file_name(case.chain)),
        "Signature-256": base64.b64encode(signature).decode(),
    }
    for name in [*good, *(name for name in case.headers if name not in good)]:
        changed = case.headers.get(name, "{}")
        for template in [changed] if isinstance(changed, str) else changed:
            yield f"{name}: {template.replace('{}', good.get(name, ''))}"


def _sign(body: bytes, key: PrivateKey, scheme: Scheme) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(body, ec.ECDSA(SHA256()))
    if scheme == "pss":
        return key.sign(body, padding.PSS(padding.MGF1(SHA256()), 32), SHA256())
    if scheme == "textbook":
        return _textbook(body, key)
    return key.sign(body, padding.PKCS1v15(), _HASHES[scheme])


def _textbook(body: bytes, key: rsa.RSAPrivateKey) -> bytes:
    """Return the bare hash raised to the private exponent, without any padding."""
    hashed = Hash(SHA256())
    hashed.update(body)
    numbers = key.private_numbers()
    power = pow(int.from_bytes(hashed.finalize()), numbers.d, numbers.public_numbers.n)
    return power.to_bytes(key.key_size // 8)


def _in_chunks(body: bytes, size: int = 1000) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""])


def send(request: bytes, address: Address) -> str:
    """Return the status of the answer with a word about it, or how there was none.

    The word is the reason of a refusal; `speech` or `empty` of an answer; `-` where there are no words.
    """
    with socket.create_connection(address, PATIENCE_SECONDS) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all of it was sent: the answer may be there
        return _answer(HTTPResponse(connection, method=request.partition(b" ")[0].decode()))


def _answer(response: HTTPResponse) -> str:
    try:
        response.begin()
        return f"{response.status} {_word(response.read())}"
    except (HTTPException, ConnectionError) as error:
        return f"no answer ({type(error).__name__})"


def _word(content: bytes) -> str:
    try:
        answer = json.loads(content)
        if "error" in answer:
            return str(answer["error"])
        return "speech" if "outputSpeech" in answer["response"] else "empty"
    except (ValueError, LookupError, TypeError):
        return "-"
