"""RTSP messages, authentication, addresses and session descriptions as text."""

import contextlib
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.contracts.media import Reason
from prahari.engines.media.rtsp.address import parse_address
from prahari.engines.media.rtsp.auth import Authenticator
from prahari.engines.media.rtsp.client import control_url
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.rtsp.message import MAX_HEAD_BYTES, take_message
from prahari.engines.media.rtsp.sdp import parse_sdp
from prahari.engines.media.rtsp.tracks import choose_tracks

SDP = b"""v=0
s=x
a=control:*
m=video 0 RTP/AVP 96
a=rtpmap:96 H264/90000
a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LAHtkDxWhAAAADAEAAAAwDxYuS,aMuMsg==;profile-level-id=42C01E
a=control:trackID=1
m=audio 0 RTP/AVP 97
a=rtpmap:97 MPEG4-GENERIC/48000/1
a=fmtp:97 streamtype=5;mode=AAC-hbr;config=1188;SizeLength=13;IndexLength=3;IndexDeltaLength=3
a=control:trackID=2
"""


def refused(data: bytes) -> Reason:
    with pytest.raises(StreamError) as caught:
        take_message(data, 0, len(data))
    return caught.value.reason


def test_answers_and_requests() -> None:
    answer = b"RTSP/1.0 401 Unauthorized\r\nCSeq: 3\r\nWWW-Authenticate: Basic\r\nWWW-Authenticate: Digest\r\n\r\nrest"
    found = take_message(answer, 0, len(answer))
    assert found is not None
    message, end = found
    assert (message.status, message.sequence, answer[end:]) == (401, 3, b"rest")
    assert message.all("www-authenticate") == ["Basic", "Digest"]
    request = b"OPTIONS rtsp://x RTSP/1.0\r\nCSeq: 9\r\n\r\n"
    found = take_message(request, 0, len(request))
    assert found is not None and (found[0].method, found[0].sequence) == ("OPTIONS", 9)


def test_bodies_and_bare_line_feeds() -> None:
    data = b"RTSP/1.0 200 OK\nCSeq: 1\nContent-Length: 4\n\nbody$"
    for end in range(len(data) - 1):
        assert take_message(data, 0, end) is None
    found = take_message(data, 0, len(data))
    assert found is not None and found[0].body == b"body" and found[1] == len(data) - 1


def test_limits_have_reasons() -> None:
    assert refused(b"RTSP/1.0 200 OK\r\nX: " + b"x" * MAX_HEAD_BYTES) is Reason.TOO_LARGE
    assert refused(b"RTSP/1.0 200 OK\r\n" + b"a: b\r\n" * 300 + b"\r\n") is Reason.TOO_LARGE
    assert refused(b"RTSP/1.0 200 OK\r\nContent-Length: 10000000\r\n\r\n") is Reason.TOO_LARGE
    assert refused(b"RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n") is Reason.BAD_STREAM
    assert refused(b"\x00\x01garbage") is Reason.BAD_STREAM
    assert refused(b"HTTP/1.1 400 Bad Request\r\n\r\n") is Reason.BAD_STREAM


@given(st.binary(max_size=400))
def test_wild_messages_raise_nothing_else(data: bytes) -> None:
    for start in (b"", b"RTSP/1.0 200 OK\r\n", b"RTSP/1.0 "):
        with contextlib.suppress(StreamError):
            take_message(start + data + b"\r\n\r\n", 0, len(start) + len(data) + 4)


def test_digest_with_md5_as_in_rfc_2069_and_sha256_with_qop() -> None:
    for name, algorithm in (("", hashlib.md5), ("SHA-256", hashlib.sha256)):
        one = Authenticator("u", 'p"w')
        extra = f', algorithm={name}, qop="auth,auth-int"' if name else ""
        assert one.challenged([f'Digest realm="r", nonce="n", opaque="o"{extra}', 'Basic realm="r"'])
        header = one.header("PLAY", "rtsp://h/x")
        fields = {key: quoted or plain for key, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^,]+))', header)}

        def digest(text: str, algorithm: object = algorithm) -> str:
            return algorithm(text.encode()).hexdigest()  # type: ignore[operator]

        secret, request = digest('u:r:p"w'), digest("PLAY:rtsp://h/x")
        middle = f"n:{fields['nc']}:{fields['cnonce']}:auth" if name else "n"
        assert fields["response"] == digest(f"{secret}:{middle}:{request}")
        assert fields["opaque"] == "o"
        assert 'p"w' not in header


def test_a_stale_nonce_is_renewed_once_and_a_wrong_password_is_not_tried_again() -> None:
    one = Authenticator("u", "p")
    assert one.challenged(['Digest realm="r", nonce="1"'])
    assert one.challenged(['Digest realm="r", nonce="2", stale=TRUE'])
    assert not one.challenged(['Digest realm="r", nonce="3"'])
    assert not one.challenged(['Digest realm="r", nonce="3", stale=true'])
    basic = Authenticator("u", "p")
    assert basic.challenged(["Basic realm=x"]) and not basic.challenged(["Basic realm=x"])
    assert basic.header("PLAY", "x") == "Basic dTpw"
    assert not Authenticator("u", "p").challenged(["Negotiate", 'Digest realm="r", nonce="1", algorithm=SHA-512'])


def test_a_realm_cannot_smuggle_in_a_header() -> None:
    one = Authenticator("u", "p")
    one.challenged(['Digest realm="a\r\nX: y", nonce="n"'])
    assert "\n" not in one.header("PLAY", "x")


@given(st.text(max_size=200))
def test_wild_challenges_do_not_raise(text: str) -> None:
    for challenge in (text, f"Digest {text}", f'Digest nonce="n", {text}'):
        one = Authenticator("u", "p")
        one.challenged([challenge])
        one.header("PLAY", "rtsp://x/")


@pytest.mark.parametrize(
    ("url", "expected", "credentials"),
    [
        ("rtsp://h/a?b=1", "rtsp://h/a?b=1", None),
        ("rtsp://u:p%40s@[::1]:8554/a", "rtsp://[::1]:8554/a", ("u", "p@s")),
        ("rtsp://h", "rtsp://h/", None),
    ],
)
def test_addresses(url: str, expected: str, credentials: tuple[str, str] | None) -> None:
    address, found = parse_address(url)
    assert (address.url, found) == (expected, credentials)


@pytest.mark.parametrize(
    "url", ["ftp://h/", "rtsp:///x", "rtsp://h:99999/", "rtsp://h/\r\nX: y", "rtsp://[::1/", "x" * 5000]
)
def test_wrong_addresses(url: str) -> None:
    with pytest.raises(StreamError) as caught:
        parse_address(url)
    assert caught.value.reason is Reason.UNREACHABLE


def test_control_addresses_of_odd_servers() -> None:
    base = "rtsp://h/live/"
    assert control_url(base, "trackID=1") == "rtsp://h/live/trackID=1"
    assert control_url("rtsp://h/live?x=1", "track1") == "rtsp://h/live?x=1/track1"
    assert control_url(base, "rtsp://10.0.0.9:554/other/track1") == "rtsp://10.0.0.9:554/other/track1"
    assert control_url(base, "/track1") == "rtsp://h/live/track1"
    assert control_url(base, "*") == control_url(base, "") == base
    with pytest.raises(StreamError):
        control_url(base, "a\r\nX: y")


def test_a_description_gives_both_tracks() -> None:
    video, audio = choose_tracks(parse_sdp(SDP))
    assert video is not None and (video.codec, video.media.control) == ("h264", "trackID=1")
    assert video.sps[0] & 0x1F == 7 and video.pps[0] & 0x1F == 8
    assert audio is not None and audio.parameters.codec == "aac"
    assert (audio.parameters.sample_rate, audio.size_bits, audio.index_bits) == (48000, 13, 3)


def test_what_cannot_be_taken_is_said() -> None:
    for body, word in (
        (SDP.replace(b"packetization-mode=1", b"packetization-mode=2"), "interleaved"),
        (SDP.replace(b"H264", b"JPEG").replace(b"m=audio", b"m=application"), "JPEG"),
        (SDP.replace(b"RTP/AVP", b"RTP/SAVP"), "SRTP"),
    ):
        with pytest.raises(StreamError) as caught:
            choose_tracks(parse_sdp(body))
        assert caught.value.reason is Reason.UNSUPPORTED and word in caught.value.detail


def test_sound_that_cannot_be_taken_is_left_out() -> None:
    video, audio = choose_tracks(parse_sdp(SDP.replace(b"MPEG4-GENERIC", b"OPUS")))
    assert video is not None and audio is None


@given(
    st.lists(st.sampled_from([*SDP.splitlines(), b"m=video", b"a=fmtp:96 =;=;", b"a=rtpmap:96 /", b"m=audio 0 x 999"]))
)
def test_shuffled_descriptions_raise_nothing_else(lines: list[bytes]) -> None:
    with contextlib.suppress(StreamError):
        choose_tracks(parse_sdp(b"\n".join(lines)))


@given(st.binary(max_size=600))
def test_wild_descriptions_raise_nothing_else(data: bytes) -> None:
    for body in (data, SDP + data, b"m=video 0 RTP/AVP 96\na=rtpmap:96 H265/90000\na=fmtp:96 " + data):
        with contextlib.suppress(StreamError):
            choose_tracks(parse_sdp(body))
