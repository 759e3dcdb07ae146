"""The one door to `ask_sdk_webservice_support`, which cannot be imported with every OpenSSL.

Its certvalidator needs oscrypto, which fails on OpenSSL 3.0.10 and later
(https://github.com/wbond/oscrypto/issues/78). certvalidator serves only the chain check that ours
replaces, so where the plain import fails a stand-in takes its place for the length of the import.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_PACKAGES = ("ask_sdk_webservice_support", "certvalidator", "oscrypto")


def _handler_module() -> ModuleType:
    try:
        return importlib.import_module("ask_sdk_webservice_support.webservice_handler")
    except Exception:  # noqa: BLE001 (oscrypto's own error cannot be imported either)
        _forget(_PACKAGES)
    with _stand_in():
        return importlib.import_module("ask_sdk_webservice_support.webservice_handler")


def _forget(packages: tuple[str, ...]) -> None:
    """Take modules out of the import system, half imported or not."""
    for name in list(sys.modules):
        if name.partition(".")[0] in packages:
            del sys.modules[name]


@contextmanager
def _stand_in() -> Iterator[None]:
    """Put an empty certvalidator in place, and take it out again."""
    package: Any = ModuleType("certvalidator")
    package.errors = ModuleType("certvalidator.errors")
    package.CertificateValidator = None
    package.errors.PathError = package.errors.ValidationError = None
    sys.modules |= {"certvalidator": package, "certvalidator.errors": package.errors}
    try:
        yield
    finally:
        _forget(("certvalidator",))


WebserviceSkillHandler: Any = _handler_module().WebserviceSkillHandler
AbstractVerifier: Any = importlib.import_module("ask_sdk_webservice_support.verifier").AbstractVerifier
