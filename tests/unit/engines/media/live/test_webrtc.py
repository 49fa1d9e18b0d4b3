"""WebRTC with a real peer over the network of this machine."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

import media_rig
from media_rig import media_token, on_disk, plan, running_worker, until
from prahari.contracts.config import Config
from prahari.contracts.media import RecordMode
from prahari.simcity.rtsp import Loop, SimServer


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_a_peer_sees_pictures_until_the_permit_ends(config: Config, loop: Loop) -> None:
    async with SimServer({"/cam": loop}) as server, aiohttp.ClientSession() as session:
        camera = plan(config, server.url("/cam"), record=RecordMode.NONE)
        on_disk(config, camera)
        async with running_worker(config) as worker:
            url = f"{config.origin(config.media_port)}/webrtc/{camera.camera_id}"
            headers = {"Authorization": f"Bearer {media_token(config, camera.camera_id)}"}
            for garbage in (b"", b"[]", b"{}", json.dumps({"sdp": "v=0", "type": "offer"}).encode()):
                async with session.post(url, data=garbage, headers=headers) as answer:
                    assert answer.status == 400, garbage
                    assert (await answer.json())["message"]["hi"]
            peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
            tracks = []
            peer.on("track", tracks.append)
            peer.addTransceiver("video", direction="recvonly")
            await peer.setLocalDescription(await peer.createOffer())
            offer = {"sdp": peer.localDescription.sdp, "type": peer.localDescription.type}
            async with session.post(url, json=offer, headers=headers) as answer:
                assert answer.status == 200, await answer.text()
                told = await answer.json()
            assert "H264" in told["sdp"] and "typ srflx" not in told["sdp"]
            await peer.setRemoteDescription(RTCSessionDescription(told["sdp"], told["type"]))
            frames = [await asyncio.wait_for(tracks[0].recv(), 15) for _ in range(10)]
            assert (frames[0].width, frames[0].height) == (320, 240)
            found = worker._roster.get(camera.camera_id)
            assert found is not None and found.watchers == 1 and len(server.connections) == 1
            worker._roster.retire(camera.camera_id)
            await until(lambda: not server.connections, 1.5, "upstream closed")
            await until(lambda: peer.connectionState in {"closed", "failed"} or tracks[0].readyState == "ended", 10)
            await peer.close()
