"""Plays a stream by WHEP with aiortc for a while, and prints what it saw as one line of JSON.

Usage: aiortc-viewer.py WHEP-ADDRESS SECONDS [CODEC]     CODEC is VP8 or H264; without it both are offered.
The layout of the pattern's number is told in docs/3-sources.md.
"""

import asyncio
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import aioice.ice
import numpy
from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError

CELLS = 40

# Loopback alone, which aioice would leave out.
aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]


def pattern_number(gray):
    """The number painted in a picture of the pattern, None if none can be read."""
    height, width = gray.shape
    top = round(height * (1 - 3 / 48))
    bottom = max(top + 1, round(height * (1 - 1 / 48)))
    cells = []
    for i in range(CELLS):
        left = round((i + 0.25) * width / CELLS)
        right = max(left + 1, round((i + 0.75) * width / CELLS))
        cells.append(float(numpy.mean(gray[top:bottom, left:right])))
    if max(cells) - min(cells) < 64:
        return None
    mean = (max(cells) + min(cells)) / 2
    bits = int("".join("1" if cell > mean else "0" for cell in cells), 2)
    crc = 0xFF
    for byte in (bits >> 8).to_bytes(4, "big"):
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ (0x07 if crc & 0x80 else 0)) & 0xFF
    return bits >> 8 if crc == bits & 0xFF else None


def post(address, offer):
    """What the server answers to an offer, and the address of the session."""
    request = urllib.request.Request(address, offer.encode(), {"Content-Type": "application/sdp"})
    with urllib.request.urlopen(request, timeout=20) as response:
        return response.read().decode(), urllib.parse.urljoin(address, response.headers["Location"])


def delete(session):
    """Ends a session."""
    with urllib.request.urlopen(urllib.request.Request(session, method="DELETE"), timeout=20):
        pass


async def watch(track, seen, begun):
    """Notes each picture until the track ends."""
    while True:
        try:
            frame = await track.recv()
        except MediaStreamError:
            return
        gray = frame.to_ndarray(format="gray")
        if not seen["frames"]:
            seen["firstFrameSeconds"] = time.monotonic() - begun
        seen["frames"] += 1
        seen["width"], seen["height"] = frame.width, frame.height
        number = pattern_number(gray)
        if number is not None:
            seen["numbers"].append(number)


async def main(address, seconds, codec):
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    seen = {"frames": 0, "numbers": [], "states": []}
    watching = []
    begun = time.monotonic()

    @peer.on("track")
    def on_track(track):
        watching.append(asyncio.ensure_future(watch(track, seen, begun)))

    @peer.on("connectionstatechange")
    def on_state():
        seen["states"].append(peer.connectionState)

    transceiver = peer.addTransceiver("video", "recvonly")
    if codec:
        known = RTCRtpReceiver.getCapabilities("video").codecs
        transceiver.setCodecPreferences([one for one in known if one.mimeType.split("/")[1].upper() == codec])
    await peer.setLocalDescription(await peer.createOffer())
    loop = asyncio.get_running_loop()
    answer, session = await loop.run_in_executor(None, post, address, peer.localDescription.sdp)
    await peer.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    await asyncio.sleep(seconds)
    seen["codecs"] = sorted(
        line.split(" ")[1].split("/")[0].upper() for line in answer.splitlines() if line.startswith("a=rtpmap:")
    )
    await loop.run_in_executor(None, delete, session)
    await peer.close()
    await asyncio.gather(*watching)
    print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1], float(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None))
    except urllib.error.HTTPError as refused:
        sys.exit(f"{refused.code} {refused.read().decode()}")
