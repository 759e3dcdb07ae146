"""What is published: whole, within Amazon's rules, and true of the skill."""

import json
import shutil
import struct
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_smapi_model.v1.skill.interaction_model.interaction_model_data import InteractionModelData
from ask_smapi_model.v1.skill.manifest.skill_manifest_envelope import SkillManifestEnvelope
from click.testing import CliRunner, Result

from skill import __main__ as commands
from skill.alexa import REMINDERS_PERMISSION
from skill.errors import BrokenContentError
from skill.publishing import Endpoint, Links, Publication, load_publication, manifest, web_page
from skill.simulator.ear import ModelEar
from tests.icons import IMAGES, SIDES, icon

ROOT = Path(__file__).parents[1]
PUBLISHING, MODELS = ROOT / "publishing", ROOT / "interaction_model"
LOCALES = sorted(path.stem for path in MODELS.glob("*.json"))
WEBHOOK = "https://coach.example.org/alexa"
LAMBDA = "arn:aws:lambda:eu-west-1:123456789012:function:hip-coach"
PRIVACY, TERMS = "https://coach.example.org/privacy", "https://coach.example.org/terms"
DISCLAIMERS = {"en": "not a substitute", "es": "ni sustituye", "de": "ersetzt weder"}
EMERGENCIES = {"en": "emergency number", "es": "número de emergencias", "de": "Notruf"}

Json = dict[str, Any]

by_locale = pytest.mark.parametrize("locale", LOCALES)


@pytest.fixture(scope="module")
def publication() -> Publication:
    return load_publication(PUBLISHING, MODELS)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A package as the command writes it."""
    result = package("--url", WEBHOOK, "--privacy-url", PRIVACY, "--terms-url", TERMS, out=tmp_path)
    assert result.exit_code == 0, result.output
    return tmp_path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of publishing/ and interaction_model/, to break something in."""
    for folder in (PUBLISHING, MODELS):
        shutil.copytree(folder, tmp_path / folder.name)
    return tmp_path


def package(*arguments: str, out: Path) -> Result:
    return CliRunner().invoke(commands.main, ["package", *arguments, "--out", str(out)])


def read(path: Path) -> Json:
    data: Json = json.loads(path.read_text(encoding="utf-8"))
    return data


def read_back(data: Json, kind: type) -> object:
    """Return `data` as Amazon's own types know it; what they do not know is gone."""
    serializer = DefaultSerializer()
    return serializer.serialize(serializer.deserialize(json.dumps(data), kind))


def problems(folder: Path) -> list[str]:
    with pytest.raises(BrokenContentError) as caught:
        load_publication(folder / PUBLISHING.name, folder / MODELS.name)
    return str(caught.value).splitlines()


def test_the_package_has_what_ask_cli_wants_and_nothing_else(written: Path) -> None:
    files = {path.relative_to(written).as_posix() for path in written.rglob("*") if path.is_file()}
    assert files == {
        "ask-resources.json",
        "skill-package/skill.json",
        *(f"skill-package/interactionModels/custom/{locale}.json" for locale in LOCALES),
        *(f"skill-package/assets/images/icon-{side}.png" for side in SIDES),
    }


def test_ask_cli_is_given_no_code_and_no_infrastructure(written: Path) -> None:
    (profile,) = read(written / "ask-resources.json")["profiles"].values()
    assert profile == {"skillMetadata": {"src": "./skill-package"}}


def test_amazons_types_know_every_key_of_the_manifest(written: Path) -> None:
    skill = read(written / "skill-package" / "skill.json")
    assert read_back(skill, SkillManifestEnvelope) == skill


def test_a_key_that_amazons_types_do_not_know_is_noticed(written: Path) -> None:
    skill = read(written / "skill-package" / "skill.json")
    skill["manifest"]["publishingInformation"]["locales"]["en-US"]["sumary"] = "A slip."
    assert read_back(skill, SkillManifestEnvelope) != skill


@by_locale
def test_amazons_types_know_every_key_of_the_models_in_the_package(written: Path, locale: str) -> None:
    model = read(written / "skill-package" / "interactionModels" / "custom" / f"{locale}.json")
    assert model == read(MODELS / f"{locale}.json")
    assert read_back(model, InteractionModelData) == model


@by_locale
def test_every_locale_has_its_words_its_icons_and_its_links(written: Path, locale: str) -> None:
    skill = read(written / "skill-package" / "skill.json")["manifest"]
    shown = skill["publishingInformation"]["locales"][locale]
    icons = [shown["smallIconUri"], shown["largeIconUri"]]
    files = [written / "skill-package" / uri.removeprefix("file://") for uri in icons]
    assert [size(path.read_bytes()) for path in files] == [(108, 108), (512, 512)]
    assert skill["privacyAndCompliance"]["locales"][locale] == {
        "privacyPolicyUrl": PRIVACY,
        "termsOfUseUrl": TERMS,
    }


@by_locale
def test_the_description_says_that_it_is_no_medical_advice(publication: Publication, locale: str) -> None:
    description = publication.locales[locale].listing.description
    language = locale.partition("-")[0]
    assert DISCLAIMERS[language] in description
    assert EMERGENCIES[language] in description


@by_locale
def test_the_example_phrases_work_as_they_stand(publication: Publication, locale: str) -> None:
    localised, ear = publication.locales[locale], ModelEar.load(MODELS / f"{locale}.json")
    first, *others = localised.examples
    assert first.startswith("Alexa, ")
    assert first.endswith(localised.invocation)
    samples = [example.sample for example in localised.listing.examples[1:]]
    assert all(sample and phrase.endswith(sample) for phrase, sample in zip(others, samples, strict=True))
    heard = {ear.interpret(sample or "").intent for sample in samples}
    assert heard == {"ListStretchesIntent", "TimeLeftIntent"}


@by_locale
def test_a_listing_does_not_claim_to_be_amazons(publication: Publication, locale: str) -> None:
    listing = publication.locales[locale].listing
    words = f"{listing.name} {listing.summary} {' '.join(listing.keywords)}".lower()
    assert not {"alexa", "amazon", "echo", "skill"} & set(words.split())


def test_the_permission_of_the_manifest_is_the_one_that_the_coach_asks_for(publication: Publication) -> None:
    assert publication.facts.permissions == (REMINDERS_PERMISSION,)


def test_whoever_disables_the_skill_is_told_of(publication: Publication) -> None:
    skill = manifest(publication, Endpoint(WEBHOOK), Links())["manifest"]
    assert skill["events"] == {
        "endpoint": {"uri": WEBHOOK, "sslCertificateType": "Trusted"},
        "subscriptions": [{"eventName": "SKILL_DISABLED"}],
    }


def test_a_lambda_function_has_no_certificate(publication: Publication) -> None:
    skill = manifest(publication, Endpoint.parse(LAMBDA), Links())
    assert skill["manifest"]["apis"] == {"custom": {"endpoint": {"uri": LAMBDA}}}
    assert read_back(skill, SkillManifestEnvelope) == skill


def test_a_package_written_again_holds_no_locale_that_is_gone(written: Path) -> None:
    gone = written / "skill-package" / "interactionModels" / "custom" / "xx-XX.json"
    gone.write_text("{}", encoding="utf-8")
    assert package("--url", WEBHOOK, out=written).exit_code == 0
    assert not gone.exists()


def test_without_a_privacy_policy_the_command_says_that_the_store_wants_one(tmp_path: Path) -> None:
    result = package("--url", WEBHOOK, out=tmp_path)
    assert result.exit_code == 0
    assert "--privacy-url" in result.stderr


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://coach.example.org/alexa", "https://"),
        ("coach.example.org/alexa", "https://"),
        ("https://coach.example.org:8443/alexa", "port 8443"),
        ("https://coach.example.org:port/alexa", "ort"),
        ("https://coach.example.org", "no path"),
        ("https://coach.example.org/", "no path"),
        ("https://coach.example.org/alexa?key=1", "query"),
        ("https://coach.example.org/alexa#top", "more than"),
        ("https://me@coach.example.org/alexa", "more than"),
        ("https://coach.example.org/al exa", "more than"),
        ("https://localhost/alexa", "no public host"),
        ("https://127.0.0.1/alexa", "no public host"),
        ("https://[::1]/alexa", "no public host"),
        ("https:///alexa", "no public host"),
        ("arn:aws:lambda:eu-west-1:123:function:x", "ARN"),
        ("arn:aws:s3:::bucket", "ARN"),
    ],
)
def test_an_address_that_alexa_could_not_send_to_is_refused_and_named(
    tmp_path: Path, url: str, problem: str
) -> None:
    result = package("--url", url, out=tmp_path)
    assert result.exit_code == 2
    assert "--url" in result.stderr
    assert problem in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", [WEBHOOK, "https://coach.example.org:443/a/b", LAMBDA, f"{LAMBDA}:live"])
def test_an_address_that_alexa_can_send_to_is_taken_as_it_is(url: str) -> None:
    assert Endpoint.parse(url).to_manifest()["uri"] == url


def test_a_page_for_people_needs_no_path() -> None:
    assert web_page("https://example.org") == "https://example.org"


@pytest.mark.parametrize("option", ["--privacy-url", "--terms-url"])
def test_a_link_that_is_none_is_refused(tmp_path: Path, option: str) -> None:
    result = package("--url", WEBHOOK, option, "PRIVACY.md", out=tmp_path)
    assert result.exit_code == 2
    assert option in result.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("en.yaml", "name: Hip Coach", "name: H", "en.yaml:1: name: "),
        ("en.yaml", "summary: A calm", f"summary: {'very ' * 30}calm", "en.yaml:2: summary: "),
        ("en.yaml", "keywords: ", "keyword: ", "keywords: is missing"),
        (
            "en.yaml",
            "how long left\n",
            "how long is a rope\n",
            "sample: is no sample of interaction_model/en",
        ),
        ("en.yaml", "Alexa, {sample}", "Alexa, hurry", "examples.2.say: has to hold {sample}"),
        ("en.yaml", "Alexa, open {invocation}", "Alexa, open it", "examples.0.say: has to hold {invocation}"),
        ("en.yaml", "Alexa, open {invocation}", "Alexa, {open}", "examples.0.say: has to hold {sample}"),
        ("skill.yaml", "uses_health_info: false", "uses_health_info: maybe", "compliance.uses_health_info: "),
    ],
)
def test_a_slip_in_the_words_is_named_by_file_and_key(
    copy: Path, file: str, old: str, new: str, problem: str
) -> None:
    path = copy / "publishing" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(found.startswith(f"publishing/{file}:") and problem in found for found in problems(copy))


def test_a_language_without_a_listing_is_named(copy: Path) -> None:
    shutil.copyfile(copy / "interaction_model" / "en-US.json", copy / "interaction_model" / "fr-FR.json")
    assert [problem.split(":")[0] for problem in problems(copy)] == ["publishing/fr.yaml"]


def test_a_model_that_is_no_json_is_named(copy: Path) -> None:
    (copy / "interaction_model" / "en-US.json").write_text("{", encoding="utf-8")
    (problem,) = problems(copy)
    assert problem.startswith("interaction_model/en-US.json:1: file: is not valid JSON")


@pytest.mark.parametrize("side", SIDES)
def test_an_icon_is_what_its_svg_draws(side: int) -> None:
    drawn = icon(side)
    assert size(drawn) == (side, side)
    assert (IMAGES / f"icon-{side}.png").read_bytes() == drawn, (
        "the SVG has changed; .venv/bin/python -m tests.icons draws the icons again"
    )


def size(png: bytes) -> tuple[int, int]:
    """Return width and height, which stand first in any PNG."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height
