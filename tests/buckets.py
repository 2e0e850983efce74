"""A second S3 client, so that what one program wrote is read back by another."""

from typing import Any

import boto3

from deploy.droplet import bucket


def client() -> Any:
    """A boto3 client of the local S3 server."""
    pair = bucket.keys()
    return boto3.client(
        "s3",
        endpoint_url=bucket.ENDPOINT,
        region_name=bucket.REGION,
        aws_access_key_id=pair.access_key,
        aws_secret_access_key=pair.secret_key,
    )


def object_keys(name: str, prefix: str = "") -> list[str]:
    """The keys of the bucket's objects under the prefix, in order."""
    pages = client().get_paginator("list_objects_v2").paginate(Bucket=name, Prefix=prefix)
    return [item["Key"] for page in pages for item in page.get("Contents", [])]


def read_object(name: str, key: str) -> bytes:
    """The bytes of one object."""
    content: bytes = client().get_object(Bucket=name, Key=key)["Body"].read()
    return content


def write_object(name: str, key: str, content: bytes) -> None:
    """Writes one object."""
    client().put_object(Bucket=name, Key=key, Body=content)
