"""Address templates that every centre starts with. An administrator edits the rows; nothing in code depends on them."""

from __future__ import annotations

_REALMONITOR = "rtsp://{host}:{port}/cam/realmonitor?channel={channel}&subtype="

# code, English, Hindi, main stream, small stream
VENDOR_TEMPLATES = [
    ("hikvision", "Hikvision", "हिकविज़न", "rtsp://{host}:{port}/Streaming/Channels/{channel}01",
     "rtsp://{host}:{port}/Streaming/Channels/{channel}02"),
    ("dahua", "Dahua", "दहुआ", f"{_REALMONITOR}0", f"{_REALMONITOR}1"),
    ("cp_plus", "CP Plus", "सीपी प्लस", f"{_REALMONITOR}0", f"{_REALMONITOR}1"),
    ("axis", "Axis", "एक्सिस", "rtsp://{host}:{port}/axis-media/media.amp?camera={channel}",
     "rtsp://{host}:{port}/axis-media/media.amp?camera={channel}&resolution=640x360"),
    ("uniview", "Uniview", "यूनिव्यू", "rtsp://{host}:{port}/unicast/c{channel}/s0/live",
     "rtsp://{host}:{port}/unicast/c{channel}/s1/live"),
    ("hanwha", "Hanwha (Wisenet)", "हनव्हा (वाइज़नेट)", "rtsp://{host}:{port}/{channel_from_0}/profile2/media.smp",
     "rtsp://{host}:{port}/{channel_from_0}/profile3/media.smp"),
]  # fmt: skip
