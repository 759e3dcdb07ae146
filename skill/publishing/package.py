"""Writes what `ask deploy` takes: the layout of ask-cli, without code and infrastructure."""

import json
import shutil
from pathlib import Path

from skill.publishing.listing import Json, Publication
from skill.publishing.manifest import ICONS

RESOURCES: Json = {
    "askcliResourcesVersion": "2020-03-31",
    "profiles": {"default": {"skillMetadata": {"src": "./skill-package"}}},
}


def write_package(out: Path, publication: Publication, skill: Json, images: Path) -> None:
    """Write ask-resources.json and skill-package/ into `out`; `skill` is the manifest."""
    package = out / "skill-package"
    models, assets = package / "interactionModels" / "custom", package / "assets" / "images"
    if models.exists():
        shutil.rmtree(models)  # a locale that is gone
    models.mkdir(parents=True)
    assets.mkdir(parents=True, exist_ok=True)
    _write(out / "ask-resources.json", RESOURCES)
    _write(package / "skill.json", skill)
    for locale, localised in publication.locales.items():
        _write(models / f"{locale}.json", localised.model)
    for name in ICONS.values():
        shutil.copyfile(images / name, assets / name)


def _write(path: Path, data: Json) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
