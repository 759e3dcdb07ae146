"""SECURITY.md says what is so: the tests it names exist, and its reasons are those in the code."""

import re
from pathlib import Path

PROJECT = Path(__file__).parent.parent
DOCUMENT = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")
RAISED = re.compile(r'VerificationError\(\s*"(\w+)"')


def reasons_in_the_code() -> set[str]:
    from app import HTTP_REASONS  # noqa: PLC0415 (the whole server, for one table)

    sources = [PROJECT / "app.py", *(PROJECT / "skill").rglob("*.py")]
    raised = {reason for file in sources for reason in RAISED.findall(file.read_text(encoding="utf-8"))}
    return raised | set(HTTP_REASONS.values()) | {"request", "internal"}


def test_every_reason_is_documented_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| \d{3} \|", DOCUMENT, re.MULTILINE)
    assert set(rows) == reasons_in_the_code()
    assert len(rows) == len(set(rows))


def test_every_file_it_names_exists() -> None:
    named = set(re.findall(r"`((?:[\w.]+/)*[\w.]+(?:\.py|/))`", DOCUMENT))
    assert len(named) > 10
    assert [name for name in named if not (PROJECT / name).exists()] == []
