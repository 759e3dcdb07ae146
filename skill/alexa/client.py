"""The way to Alexa's services: her own hosts alone, and not for long."""

import json
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from ask_sdk_core.exceptions import ApiClientException
from ask_sdk_model.services import ApiClient, ApiClientRequest, ApiClientResponse

from skill.transfer import Bounds, transfer

# https://developer.amazon.com/docs/alexa/smapi/alexa-reminders-api-reference.html#api-endpoint
HOSTS = frozenset({"api.amazonalexa.com", "api.eu.amazonalexa.com", "api.fe.amazonalexa.com"})
Transfer = Callable[[str, str, Bounds, Mapping[str, str], str | None], tuple[int, bytes]]
"""Takes method, URL, bounds, headers and body; gives status and body."""

BOUNDS = Bounds(connect=1.0, read=1.0, whole=1.5, size=256 * 1024)


class AlexaClient(ApiClient):
    """The SDK's client, with timeouts; whatever endpoint a request names, it talks to Alexa alone."""

    def __init__(self, transfer: Transfer = transfer) -> None:
        self._transfer = transfer

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """Return the answer; raises ApiClientException for another host, and OSError for no prompt answer."""
        url = request.url or ""
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.netloc not in HOSTS:
            raise ApiClientException("not one of Alexa's hosts")
        body = None if request.body is None else json.dumps(request.body)
        status, content = self._transfer(request.method or "", url, BOUNDS, dict(request.headers or []), body)
        return ApiClientResponse(headers=[], status_code=status, body=content.decode())
