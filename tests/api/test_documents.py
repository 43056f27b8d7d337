"""Documents: stored under the digest of their bytes, checked, and given back as they came."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from roundtable.installation import Installation
from tests.harness import Person

PDF = b"%PDF-1.7 acta"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def put(person: Person, content: bytes, media_type: str = "application/pdf", at: str | None = None) -> httpx.Response:
    headers = person.headers() | {"Content-Type": media_type}
    return person.client.put(f"/v1/documents/{at or digest(content)}", content=content, headers=headers)


def problem(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["type"].removeprefix("urn:roundtable:problem:")


def test_a_document_is_stored_once_and_read_back_by_anybody(secretary: Person) -> None:
    first, again = put(secretary, PDF), put(secretary, PDF)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == {"sha256": digest(PDF), "size": len(PDF), "media_type": "application/pdf"}
    read = secretary.client.get(f"/v1/documents/{digest(PDF)}")
    assert (read.content, read.headers["content-type"]) == (PDF, "application/pdf")
    assert read.headers["content-disposition"].startswith("attachment")
    tag = {"If-None-Match": read.headers["etag"]}
    assert secretary.client.get(f"/v1/documents/{digest(PDF)}", headers=tag).status_code == 304
    head = secretary.client.head(f"/v1/documents/{digest(PDF)}")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(PDF)))


def test_bytes_are_stored_under_their_own_digest_only(secretary: Person) -> None:
    answer = put(secretary, PDF, at=digest(b"other"))
    assert problem(answer) == (422, "digest-mismatch")
    assert answer.json()["values"]["actual"] == digest(PDF)
    assert put(secretary, PDF, at=digest(PDF).upper()).status_code == 422
    assert problem(secretary.client.get(f"/v1/documents/{digest(b'other')}")) == (404, "document-not-found")


@pytest.mark.parametrize(
    ("content", "media_type", "name"),
    [
        (b"MZ", "application/x-msdownload", "media-type-unsupported"),
        (b"<html>", "text/html", "media-type-unsupported"),
        (b"<html>", "application/pdf", "media-type-mismatch"),
        (b"\xff\xfe", "text/plain", "media-type-mismatch"),
        (b"a\x00b", "text/csv", "media-type-mismatch"),
        (b"", "image/png", "media-type-mismatch"),
    ],
)
def test_the_media_type_is_checked(secretary: Person, content: bytes, media_type: str, name: str) -> None:
    assert problem(put(secretary, content, media_type)) == (415, name)


def test_a_document_has_the_size_that_the_installation_takes(sqlite_installation: Installation) -> None:
    small = sqlite_installation._replace(settings=sqlite_installation.settings._replace(largest_document=20))
    person = Person.arrives(small)
    assert put(person, PDF + b"!" * (20 - len(PDF))).status_code == 201
    answer = put(person, PDF + b"!" * (21 - len(PDF)))
    assert (*problem(answer), answer.json()["values"]) == (413, "too-large", {"most": 20})


def test_the_same_document_sent_at_once_is_stored_once(secretary: Person) -> None:
    for turn in range(5):
        ready, content = Barrier(4), PDF + bytes([turn])

        def send(_: int, ready: Barrier = ready, content: bytes = content) -> int:
            ready.wait()
            return put(secretary, content).status_code

        with ThreadPoolExecutor(4) as threads:
            assert sorted(threads.map(send, range(4))) == [200, 200, 200, 201]
