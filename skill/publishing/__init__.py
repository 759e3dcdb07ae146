"""What Amazon's tools take in to publish the skill, made of publishing/ and interaction_model/."""

from skill.publishing.endpoint import Endpoint, web_page
from skill.publishing.listing import Publication, load_publication
from skill.publishing.manifest import Links, manifest
from skill.publishing.package import write_package

__all__ = [
    "Endpoint",
    "Links",
    "Publication",
    "load_publication",
    "manifest",
    "web_page",
    "write_package",
]
