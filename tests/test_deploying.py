"""What is deployed: checked by linters as far as that goes without a container engine."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.config import Config
from skill.lambda_function import __name__ as lambda_function

ROOT = Path(__file__).parents[1]
PROGRAMS = Path(sys.executable).parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
CADDYFILE = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy" / "hip-coach.service").read_text(encoding="utf-8")
SERVICES: Mapping[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


HEALTH = "from app import create_app; print(create_app().test_client().get('/healthz').text)"


def copied_into_the_image() -> set[str]:
    lines = re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE)
    return {name for line in lines for name in line.split()[:-1]}


def found_by(program: str, *arguments: str) -> str:
    """Return what a linter says; nothing where it is content."""
    done = subprocess.run(  # noqa: S603 (of our own environment)
        [PROGRAMS / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    assert found_by("hadolint", "Dockerfile") == ""


def test_hadolint_would_find_something(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM python\nRUN pip install flask\n", encoding="utf-8")
    assert "DL3006" in found_by("hadolint", str(tmp_path / "Dockerfile"))


def test_the_compose_file_is_one_by_the_compose_specification() -> None:
    assert found_by("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml") == ""


def test_all_that_the_image_copies_is_there_and_reaches_the_engine() -> None:
    lines = re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE)
    copied = {name for line in lines for name in line.split()[:-1]}
    let_through = {
        row[1:] for row in (ROOT / ".dockerignore").read_text().splitlines() if row.startswith("!")
    }
    assert copied == let_through
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_what_the_image_copies_is_enough_to_serve(tmp_path: Path) -> None:
    for name in copied_into_the_image():
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, tmp_path / name)
    environment = {"ALEXA_SKILL_ID": "amzn1.ask.skill.own", "DATABASE_URL": f"sqlite:///{tmp_path}/coach.db"}
    done = subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-c", HEALTH],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout or "{}").get("status") == "ok", done.stderr


def test_the_image_runs_as_nobody_in_particular() -> None:
    users = re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE)
    assert users == ["10001:10001", "10001:10001"]


def test_the_image_for_lambda_names_the_handler() -> None:
    assert f'CMD ["{lambda_function}.handler"]' in DOCKERFILE


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_may_write_nowhere_else_and_do_nothing_else(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_only_caddy_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]


def test_the_server_in_the_container_keeps_its_data_on_the_volume() -> None:
    stated = dict(re.findall(r"(?:ENV |    )([A-Z_]+)=(\S+)", DOCKERFILE.partition("AS server")[2]))
    config = Config.from_env({**stated, "ALEXA_SKILL_ID": "amzn1.ask.skill.own"})
    assert config.store.file is not None
    assert str(config.store.file.parent) == "/data"
    assert SERVICES["coach"]["volumes"] == ["coach-data:/data"]
    assert SERVICES["caddy"]["environment"]["COACH_UPSTREAM"] == f"coach:{config.port}"


def test_the_service_keeps_its_data_where_it_may_write() -> None:
    stated = dict(re.findall(r"^Environment=(\w+)=(\S+)$", UNIT, re.MULTILINE))
    config = Config.from_env({**stated, "ALEXA_SKILL_ID": "amzn1.ask.skill.own"})
    assert config.store.file is not None
    assert str(config.store.file.parent) == "/var/lib/hip-coach"
    assert "StateDirectory=hip-coach\n" in UNIT


def test_caddy_passes_on_what_alexa_and_the_operator_ask_and_no_more() -> None:
    assert "@coach path /alexa /healthz\n" in CADDYFILE
    assert "metrics" not in CADDYFILE
    assert "respond 404" in CADDYFILE
