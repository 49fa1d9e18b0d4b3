from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.core.vendor_addresses import TemplateError, address, check


def test_channel_and_host_take_their_places() -> None:
    template = "rtsp://{host}:{port}/cam/{channel}/{channel_from_0}/{channel_2_digits}"
    assert address(template, "10.0.0.5", 554, 3) == "rtsp://10.0.0.5:554/cam/3/2/03"
    assert address(template, "fd00::5", 8554, 12) == "rtsp://[fd00::5]:8554/cam/12/11/12"


@pytest.mark.parametrize(
    "template",
    ["", "rtsp://host/1", "rtsp://{host}/{secret}", "rtsp://{host}/{", "gopher://{host}/", "{host}", "rtsp://{host!r}/",
     "rtsp://{host}/{channel:>9999999999}", "rtsp://{host.__class__}/", "rtsp://{0}/"],
)  # fmt: skip
def test_what_is_no_template_is_told(template: str) -> None:
    with pytest.raises(TemplateError):
        check(template)


@given(st.text(max_size=80))
def test_whatever_passes_gives_an_address(template: str) -> None:
    try:
        check(template)
    except TemplateError:
        return
    assert "192.0.2.9" in address(template, "192.0.2.9", 554, 7)
