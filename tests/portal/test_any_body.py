"""Whatever anybody sends to a page of an application: an answer in words, never an exception, never an unchecked value kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import quote_from_bytes

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engine import cases, procedures
from engine.store import Store
from tests.portal.conftest import PAGES, REKLAME, Visitor

RELAXED = settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
PLACES = [
    *(name for page in PAGES.values() for name in page),
    "titik_pasang.0",
    "titik_pasang.199.x",
    "csrf_token.0",
    "_add",
    "_later.0",
    "fee",
    "_remove",
]
names = st.one_of(
    st.sampled_from(PLACES).map(str.encode),
    st.builds(lambda a, b: f"{a}.{b}".encode(), st.sampled_from(PLACES), st.sampled_from(["0", "1", "day", "x", "__class__"])),
    st.binary(max_size=20),
)
values = st.one_of(
    st.sampled_from([b"", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"9" * 500, b"kain", b"5", "\u202e".encode(), b"titik_pasang.7"]),
    st.binary(max_size=40),
)
pairs = st.lists(st.tuples(names, values), max_size=15)


@cache
def known() -> frozenset[str]:
    """The keys of the application's questions."""
    return frozenset(one.key for one in procedures.read_folder(REKLAME).forms["application"].questions())


@RELAXED
@given(body=pairs, page=st.sampled_from(list(PAGES)), shape=st.sampled_from(["form", "raw", "json", "cut"]))
def test_any_body_sent_to_a_page_is_answered_in_words(
    joko: Visitor, app_store: Store, body: list[tuple[bytes, bytes]], page: str, shape: str
) -> None:
    if not joko.where.startswith("/apply"):
        joko.begin()
    address = re.sub(r"/pages/.*", f"/pages/{page}", joko.where)
    joko.open(address)
    assert joko.last is not None
    token = re.search(r'name="csrf_token" value="([^"]+)"', joko.last.text)
    sent = [*body, (b"csrf_token", token.group(1).encode() if token else b"")]
    data = b"&".join(quote_from_bytes(name).encode() + b"=" + quote_from_bytes(value).encode() for name, value in sent)
    kinds = {
        "form": (data, "application/x-www-form-urlencoded"),
        "raw": (b"&".join(name + b"=" + value for name, value in sent), "application/x-www-form-urlencoded; charset=utf-16"),
        "json": (b'{"a":' * 500, "application/json"),
        "cut": (b'--x\r\nContent-Disposition: form-data; name="nik"\r\n\r\n12', "multipart/form-data; boundary=x"),
    }
    answer = joko.client.post(address, data=kinds[shape][0], content_type=kinds[shape][1])
    assert answer.status_code in {200, 303, 400, 413, 422}, answer.status_code
    assert answer.status_code == 303 or "</html>" in answer.text
    with app_store.reading() as session:
        for task in session.scalars(select(cases.Task)):
            assert task.is_open, "nothing was completed"
            assert set((task.draft or {"raw": {}})["raw"]) <= known(), "only what the form asks is kept"


def parts(*given: tuple[bytes, bytes], more: bytes = b"", end: bytes = b"--x--\r\n") -> bytes:
    """A multipart body with the boundary `x`."""
    return (
        b"".join(b'--x\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n' % (name, more, value) for name, value in given) + end
    )


URLENCODED, PARTED = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
HOSTILE = [
    (b"[" * 100_000, "application/json"),
    (b'"\\ud800"', "application/json"),
    (b"", PARTED),
    (b"x", "%%%"),
    (b"csrf_token=TOKEN", "multipart/form-data"),
    (b"csrf_token=TOKEN", f"{URLENCODED}; charset=utf-7"),
    (parts((b"csrf_token", b"TOKEN")), URLENCODED),
    (parts((b"csrf_token", b"TOKEN"), *((b"k%d" % n, b"1") for n in range(5_000))), PARTED),
    (parts((b"csrf_token", b"TOKEN"), (b"nama_pada_reklame", b"x" * 99), end=b"")[:-70], PARTED),
    (parts((b"csrf_token", b"TOKEN"), (b"ktp.new", b"%PDF-1.4"), more=b'; filename="../../a.pdf"'), PARTED),
    (parts((b"csrf_token", b"TOKEN"), (b"", b"1"), (b"\xff\xfe", b"1")), PARTED),
    (b"--x\r\n" + b"A: b\r\n" * 3_000 + b"\r\n\r\nx\r\n--x--\r\n", PARTED),
    (b"--x\r\n\r\n\r\n--x--", PARTED),
    (b"csrf_token=TOKEN" + b"&titik_pasang-99999999-x=1&titik_pasang.99999999.x=1", URLENCODED),
    (b"csrf_token=TOKEN" + b"&titik_pasang.999.panjang=1&titik_pasang=7&titik_pasang.a=1", URLENCODED),
    (b"csrf_token=TOKEN" + b"&_remove=titik_pasang.99999999999999999999&_add=%00&_refresh=.", URLENCODED),
    (b"csrf_token=TOKEN" + b"&jenis_permohonan=baru" * 900, URLENCODED),
    (b"csrf_token=TOKEN" + b"&masa_tayang.start.day=%D9%A3&masa_tayang.start.month=1e5&masa_tayang.start.year=" + b"9" * 5_000, URLENCODED),
]


def test_no_body_that_was_thought_out_to_fail_us_does(joko: Visitor) -> None:
    joko.begin()
    assert joko.last is not None
    found = re.search(r'name="csrf_token" value="([^"]+)"', joko.last.text)
    assert found
    for body, kind in HOSTILE:
        for page in ("permohonan", "titik", "masa_tayang", "dokumen"):
            address = re.sub(r"/pages/.*", f"/pages/{page}", joko.where)
            answer = joko.client.post(address, data=body.replace(b"TOKEN", found.group(1).encode()), content_type=kind)
            assert answer.status_code in {200, 303, 400, 413, 422}, (answer.status_code, body[:60], kind)
            assert answer.status_code == 303 or "</html>" in answer.text


def test_thousands_of_names_are_refused_at_once(joko: Visitor, visitor: Callable[[], Visitor]) -> None:
    joko.begin()
    joko.send({f"k{n}": "x" for n in range(3_500)})
    assert joko.last is not None
    assert joko.last.status_code in {400, 413, 422}
