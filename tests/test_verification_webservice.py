"""The SDK's webservice package is usable, whatever OpenSSL is there."""

import subprocess
import sys

import pytest

SHOW = "import sys, skill.verification.webservice as door; print(door.WebserviceSkillHandler.__name__)"
CLEAN = "; print(sorted(n for n in sys.modules if n.partition('.')[0] == 'certvalidator' and not hasattr("
CLEAN += "sys.modules[n], '__file__')))"
GOOD_CERTVALIDATOR = """
import sys, types
package = types.ModuleType("certvalidator"); package.__file__ = "good"
package.CertificateValidator = object
package.errors = types.ModuleType("certvalidator.errors"); package.errors.__file__ = "good"
package.errors.ValidationError = package.errors.PathError = Exception
sys.modules |= {"certvalidator": package, "certvalidator.errors": package.errors}
"""
BAD_CERTVALIDATOR = """
import sys
class Broken:
    def find_spec(self, name, path=None, target=None):
        if name == "oscrypto": raise RuntimeError("Error detecting the version of libcrypto")
sys.meta_path.insert(0, Broken())
"""


def printed(code: str) -> list[str]:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 (our own code)
    return run.stdout.splitlines()


@pytest.mark.parametrize("world", ["", GOOD_CERTVALIDATOR, BAD_CERTVALIDATOR], ids=["here", "good", "bad"])
def test_the_handler_is_imported_and_no_stand_in_stays(world: str) -> None:
    assert printed(world + SHOW + CLEAN) == ["WebserviceSkillHandler", "[]"]


def test_a_good_certvalidator_is_the_one_that_is_used() -> None:
    used = "; import ask_sdk_webservice_support.verifier as v; print(v.CertificateValidator)"
    assert printed(GOOD_CERTVALIDATOR + SHOW + used)[-1] == "<class 'object'>"
