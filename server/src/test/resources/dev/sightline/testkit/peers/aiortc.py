"""Watches by WHEP with aiortc and sends on what comes by WHIP, encoded anew; prints what it saw as a line of JSON.

Usage: aiortc.py WHEP-ADDRESS WHIP-ADDRESS SECONDS VP8|H264 none|first|second     the last: where the offers have their sound
"""

import asyncio
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

# Not this file, which bears its name.
sys.path.pop(0)

import aioice.ice  # noqa: E402
from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription  # noqa: E402
from aiortc.mediastreams import MediaStreamTrack  # noqa: E402

# Loopback alone, which aioice would leave out.
aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]


class Relay(MediaStreamTrack):
    """Gives on what another track gives, and counts it."""

    kind = "video"

    def __init__(self, source, seen):
        super().__init__()
        self.source, self.seen, self.last = source, seen, None

    async def recv(self):
        frame = await self.source.recv()
        now = time.monotonic()
        if self.last is not None:
            self.seen["longestGapSeconds"] = max(self.seen["longestGapSeconds"], now - self.last)
        self.last = now
        self.seen["frames"] += 1
        return frame


def post(address, offer):
    """What the server answers to an offer, and the address of the session."""
    request = urllib.request.Request(address, offer.encode(), {"Content-Type": "application/sdp"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.read().decode(), urllib.parse.urljoin(address, response.headers["Location"])


def delete(session, seen):
    """Ends a session."""
    try:
        with urllib.request.urlopen(urllib.request.Request(session, method="DELETE"), timeout=60):
            pass
    except urllib.error.HTTPError as gone:
        seen["states"].append(f"{gone.code} at the end")


async def negotiate(peer, address, role, codec, seen):
    """Offers, takes the answer, and gives the address of the session."""

    @peer.on("connectionstatechange")
    def on_state():
        seen["states"].append(f"{role} {peer.connectionState}")

    known = RTCRtpReceiver.getCapabilities("video").codecs
    for transceiver in peer.getTransceivers():
        if transceiver.kind == "video":
            transceiver.setCodecPreferences([one for one in known if one.mimeType.split("/")[1].upper() == codec])
    await peer.setLocalDescription(await peer.createOffer())
    answer, session = await asyncio.get_running_loop().run_in_executor(None, post, address, peer.localDescription.sdp)
    await peer.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    return session


def sections(peer, sound, video, direction):
    """Adds the video, and sound before or after it."""
    if sound == "first":
        peer.addTransceiver("audio", direction)
    transceiver = peer.addTransceiver(video, direction)
    if sound == "second":
        peer.addTransceiver("audio", direction)
    return transceiver


async def main(whep, whip, seconds, codec, sound):
    watching, sending = (RTCPeerConnection(RTCConfiguration(iceServers=[])) for _ in range(2))
    seen = {"frames": 0, "longestGapSeconds": 0.0, "states": []}
    receiver = sections(watching, sound, "video", "recvonly").receiver
    watched = await negotiate(watching, whep, "watching", codec, seen)
    sections(sending, sound, Relay(receiver.track, seen), "sendonly")
    sent = await negotiate(sending, whip, "sending", codec, seen)
    while not seen["frames"]:
        await asyncio.sleep(0.02)
    await asyncio.sleep(seconds)
    for session in (sent, watched):
        await asyncio.get_running_loop().run_in_executor(None, delete, session, seen)
    await sending.close()
    await watching.close()
    print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3]), *sys.argv[4:6]))
    except urllib.error.HTTPError as refused:
        sys.exit(f"{refused.code} {refused.read().decode()}")
