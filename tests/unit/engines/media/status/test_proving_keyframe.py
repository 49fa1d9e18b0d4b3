"""What is told as a proof can be checked with the centre's key against the picture itself."""

from __future__ import annotations

from pathlib import Path

import media_rig
from media_rig import on_disk, plan, running_worker, until
from prahari.contracts.config import Config
from prahari.contracts.proofs import is_proof, proof_key
from prahari.simcity.rtsp import SimServer


async def test_a_proof_names_a_keyframe_that_can_be_hashed_again(config: Config, tmp_path: Path) -> None:
    loop = media_rig.small_loop(tmp_path)
    async with SimServer({"/cam": loop}) as server:
        one = plan(config, server.url("/cam"))
        on_disk(config, one)
        async with running_worker(config) as worker:
            camera = worker._roster.get(one.camera_id)
            assert camera is not None
            await until(lambda: camera.standing_keyframe() is not None, 20, "a keyframe")
            pictures = {}
            proof = None

            def proved() -> bool:
                nonlocal proof
                if (found := camera.standing_keyframe()) is not None:
                    pictures[found[1].wall_ms] = found[1].data
                proof = proof or camera.proof()
                return proof is not None

            await until(proved, 10, "a proof")
            assert proof is not None and proof.keyframe is not None
            at_ms, mac = proof.keyframe
            assert is_proof(proof_key(config.sealing_key()), one.camera_id, at_ms, pictures[at_ms], mac)
            await until(lambda: (again := camera.proof()) is not None and again.keyframe is None, 10, "no second hash")
