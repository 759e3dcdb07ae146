"""The skill manifest, as https://developer.amazon.com/docs/alexa/smapi/skill-manifest.html has it."""

from dataclasses import dataclass

from skill.publishing.endpoint import Endpoint
from skill.publishing.listing import Compliance, Json, Localised, Publication

ICONS = {"smallIconUri": "icon-108.png", "largeIconUri": "icon-512.png"}


@dataclass(frozen=True)
class Links:
    """The pages that the store links to, where there are any."""

    privacy: str | None = None
    terms: str | None = None

    def to_manifest(self) -> dict[str, str]:
        """Return the links as the manifest has them."""
        links = {"privacyPolicyUrl": self.privacy, "termsOfUseUrl": self.terms}
        return {name: url for name, url in links.items() if url}


def manifest(publication: Publication, endpoint: Endpoint, links: Links) -> Json:
    """Return the manifest of all locales."""
    facts, there = publication.facts, endpoint.to_manifest()
    return {
        "manifest": {
            "manifestVersion": "1.0",
            "publishingInformation": {
                "category": facts.category,
                "isAvailableWorldwide": facts.is_available_worldwide,
                "testingInstructions": facts.testing_instructions,
                "locales": {name: _shown(locale) for name, locale in publication.locales.items()},
            },
            "privacyAndCompliance": {
                **_declared(facts.compliance),
                "locales": {name: links.to_manifest() for name in publication.locales},
            },
            "permissions": [{"name": name} for name in facts.permissions],
            "events": {"endpoint": there, "subscriptions": [{"eventName": name} for name in facts.events]},
            "apis": {"custom": {"endpoint": there}},
        }
    }


def _shown(locale: Localised) -> Json:
    return {
        "name": locale.listing.name,
        "summary": locale.listing.summary,
        "description": locale.listing.description,
        "examplePhrases": list(locale.examples),
        "keywords": list(locale.listing.keywords),
        **{key: f"file://assets/images/{name}" for key, name in ICONS.items()},
    }


def _declared(compliance: Compliance) -> dict[str, bool]:
    return {
        "allowsPurchases": compliance.allows_purchases,
        "containsAds": compliance.contains_ads,
        "isChildDirected": compliance.is_child_directed,
        "isExportCompliant": compliance.is_export_compliant,
        "usesPersonalInfo": compliance.uses_personal_info,
        "usesHealthInfo": compliance.uses_health_info,
    }
