"""Records in a table of DynamoDB, through Amazon's own adapter; importing this needs a region."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import boto3
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_dynamodb.adapter import DynamoDbAdapter
from ask_sdk_model import RequestEnvelope
from boto3.dynamodb.conditions import Attr, Key
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from skill.errors import Conflict, StoreError
from skill.store.attributes import Attributes, revision_of, storable
from skill.store.contract import Kept, Store
from skill.store.keys import Keys

# One more try fits into the deadline of a turn.
LIMITS = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 2, "mode": "standard"})


class DynamoDbStore(DynamoDbAdapter, Store):
    """Keeps an item a record; DynamoDB itself deletes it when `expires_at` has passed."""

    expires = True

    def __init__(self, table: str, keys: Keys, now: Callable[[], datetime], keep: timedelta) -> None:
        resource = boto3.resource("dynamodb", config=LIMITS)
        super().__init__(table, partition_keygen=keys.of, dynamodb_resource=resource)
        self._now, self._keep = now, keep

    def get_attributes(self, request_envelope: RequestEnvelope) -> Attributes:
        """Return the account's record; empty where nothing is stored."""
        with _own_errors():
            attributes: Attributes = _plain(super().get_attributes(request_envelope))
        return attributes

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: Attributes) -> None:
        """Store the record; raises Conflict where another write came between."""
        seen, now = revision_of(attributes), self._now()
        item = {
            self.partition_key_name: self.partition_keygen(request_envelope),
            self.attribute_name: storable(attributes),
            "used_at": int(now.timestamp()),
            "expires_at": int((now + self._keep).timestamp()),
        }
        is_new = Attr(self.partition_key_name).not_exists()
        is_same = Attr(f"{self.attribute_name}.revision").eq(seen)
        with _own_errors():
            self._table.put_item(Item=item, ConditionExpression=is_same if seen else is_new)

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Delete the account's record, if there is one."""
        with _own_errors():
            super().delete_attributes(request_envelope)

    def records(self, key: str | None = None) -> Iterator[Kept]:
        """Yield every record, or the one under this key."""
        is_asked_for = {"KeyConditionExpression": Key(self.partition_key_name).eq(key)}
        for item in self._items("scan") if key is None else self._items("query", **is_asked_for):
            used_at = datetime.fromtimestamp(int(item["used_at"]), UTC)
            yield Kept(item[self.partition_key_name], _plain(item[self.attribute_name]), used_at)

    def purge(self, before: datetime) -> int:
        """Delete what was last written before then, where DynamoDB has not yet; returns how many records."""
        is_old = Attr("used_at").lt(int(before.timestamp()))
        return sum(self._is_deleted(item, is_old) for item in self._items("scan", FilterExpression=is_old))

    def check(self) -> None:
        """Read an item that nobody has."""
        with _own_errors():
            self._table.get_item(Key={self.partition_key_name: "nobody"})

    @property
    def _table(self) -> Any:  # noqa: ANN401 (boto3 is untyped)
        return self.dynamodb.Table(self.table_name)

    def _items(self, operation: str, **filters: object) -> Iterator[dict[str, Any]]:
        pages = self.dynamodb.meta.client.get_paginator(operation)
        with _own_errors():
            for page in pages.paginate(TableName=self.table_name, **filters):
                yield from page["Items"]

    def _is_deleted(self, item: dict[str, Any], condition: object) -> bool:
        """Delete an item if the condition still holds; returns whether it did."""
        key = {self.partition_key_name: item[self.partition_key_name]}
        try:
            with _own_errors():
                self._table.delete_item(Key=key, ConditionExpression=condition)
        except Conflict:
            return False
        return True


@contextmanager
def _own_errors() -> Iterator[None]:
    """Turn the errors of boto3 and of Amazon's adapter into the store's own."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
            raise Conflict("another write came between") from error
        raise StoreError(f"DynamoDB refuses: {error}") from error
    except (PersistenceException, BotoCoreError, ArithmeticError) as error:
        raise StoreError(f"DynamoDB cannot be used: {error}") from error


def _plain(value: Any) -> Any:  # noqa: ANN401 (JSON)
    """Return JSON with whole numbers for the decimals that boto3 reads."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, Decimal) else value
