"""The page that bench live plays in: the console's own player, and code that reads the time out of the pictures."""

from __future__ import annotations

import subprocess
from pathlib import Path

import prahari

WEB = Path(prahari.__file__).resolve().parents[2] / "web"

HTML = """<!doctype html><meta charset="utf-8"><title>bench live</title>
<style>body{margin:0;background:#111;display:grid;grid-template-columns:repeat(4,1fr)}video{width:100%}canvas{display:none}
</style><script src="/player.js"></script>"""

_PREPARE = """
const open = (camera) => {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  const still = document.createElement('canvas')
  document.body.append(video, still)
  const tokens = new TokenBroker(async () => ({ items: [camera] }))
  const player = new LivePlayer({ cameraId: camera.camera_id, video, still, tokens, onState: () => undefined })
  return { video, still, player }
}
const shut = ({ video, still, player }) => { player.stop(); video.remove(); still.remove() }
const firstPicture = async ({ player }) => {
  const deadline = performance.now() + 15000
  while (player.firstPictureMs === null) {
    if (performance.now() > deadline) throw new Error('no first picture: ' + JSON.stringify(player.stats()))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return player.firstPictureMs
}
const canvas = new OffscreenCanvas(640, 160)
const context = canvas.getContext('2d', { willReadFrequently: true })
const readClock = (video) => {
  context.drawImage(video, 0, 0, video.videoWidth, video.videoHeight * 160 / 360, 0, 0, 640, 160)
  const { data } = context.getImageData(0, 0, 640, 160)
  const bytes = new Uint8Array(8)
  for (let bit = 0; bit < 64; bit += 1) {
    const row = bit >> 4
    const column = bit & 15
    if (data[((row * 40 + 20) * 640 + column * 40 + 20) * 4] > 127) bytes[bit >> 3] |= 128 >> (bit & 7)
  }
  let crc = 0xffff
  for (const byte of bytes.slice(0, 6)) {
    crc ^= byte << 8
    for (let i = 0; i < 8; i += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  if (crc !== (bytes[6] << 8 | bytes[7])) return null
  return bytes.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0)
}
"""

OPEN = f"""async (cameras) => {{
{_PREPARE}
const opened = cameras.map(open)
for (const one of opened) one.player.start()
const first = await Promise.all(opened.map(firstPicture))
opened.forEach(shut)
return first
}}"""
"""cameras -> milliseconds to the first picture of each."""

WATCH = f"""async ([cameras, lengthMs]) => {{
{_PREPARE}
const opened = cameras.map(open)
for (const one of opened) one.player.start()
const first = await Promise.all(opened.map(firstPicture))
await new Promise((resolve) => setTimeout(resolve, 4000))
const quality = () => opened.map(({{ video }}) => video.getVideoPlaybackQuality())
const before = quality()
const delays = []
const end = performance.now() + lengthMs
let unread = 0
const sample = (video, everyMs) => new Promise((resolve) => {{
  let next = 0
  const look = (now) => {{
    if (performance.now() > end) return resolve()
    if (now >= next) {{
      next = now + everyMs
      const shown = readClock(video)
      if (shown === null) unread += 1
      else delays.push(Date.now() - shown)
    }}
    video.requestVideoFrameCallback(look)
  }}
  video.requestVideoFrameCallback(look)
  setTimeout(resolve, lengthMs + 1000)
}})
await Promise.all(opened.map(({{ video }}) => sample(video, opened.length > 1 ? 1000 : 100)))
const after = quality()
let frames = 0
let dropped = 0
after.forEach((one, index) => {{
  frames += one.totalVideoFrames - before[index].totalVideoFrames
  dropped += one.droppedVideoFrames - before[index].droppedVideoFrames
}})
const stats = opened.map(({{ player }}) => player.stats())
opened.forEach(shut)
return {{ first, delays, frames, dropped, unread, stats }}
}}"""
"""[cameras, ms] -> first pictures, delays of pictures on the screen, pictures decoded and dropped."""


def bundle(folder: Path) -> str:
    """The console's player as one script. Raises RuntimeError when web/ is not installed."""
    rolldown = WEB / "node_modules" / ".bin" / "rolldown"
    player = WEB / "src" / "media" / "live" / "player.ts"
    if not rolldown.exists() or not player.exists():
        raise RuntimeError(
            "bench live needs the console's sources and tools: run ./prahari test once, or npm ci in web/"
        )
    entry, output = folder / "player-entry.ts", folder / "player.js"
    entry.write_text(
        f"import {{ LivePlayer }} from '{player.with_suffix('')}'\n"
        f"import {{ TokenBroker }} from '{WEB / 'src' / 'media' / 'tokens'}'\n"
        "Object.assign(window, { LivePlayer, TokenBroker })\n"
    )
    made = subprocess.run(
        [rolldown, entry, "-o", output, "--format", "iife"], cwd=WEB, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise RuntimeError(f"the player cannot be bundled: {made.stderr[-500:]}")
    return output.read_text()
