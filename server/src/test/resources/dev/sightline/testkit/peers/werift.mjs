// Watches by WHEP with werift, a WebRTC in JavaScript, and sends on what comes by WHIP, without decoding it; prints what it
// saw as a line of JSON.
//
// Usage: node werift.mjs WHEP-ADDRESS WHIP-ADDRESS SECONDS VP8|H264 none|first|second     the last: where the offers have their
// sound. NODE_PATH names the folder of packages.

import { createRequire } from 'node:module';

const { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } = createRequire(import.meta.url)('werift');
const [whep, whip, seconds, codec, sound] = process.argv.slice(2);
const seen = { frames: 0, longestGapSeconds: 0, connectMillis: [], states: [] };

function peer() {
    return new RTCPeerConnection({
        bundlePolicy: 'max-bundle',
        iceUseIpv6: false,
        iceAdditionalHostAddresses: ['127.0.0.1'],
        codecs: {
            audio: [new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48000, channels: 2 })],
            video: [
                new RTCRtpCodecParameters({
                    mimeType: `video/${codec}`,
                    clockRate: 90000,
                    rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
                    ...(codec === 'H264' && {
                        parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
                    }),
                }),
            ],
        },
    });
}

/** Adds the video, and sound before or after it. */
function sections(pc, direction, video) {
    if (sound === 'first') {
        pc.addTransceiver('audio', { direction });
    }
    const transceiver = pc.addTransceiver(video, { direction });
    if (sound === 'second') {
        pc.addTransceiver('audio', { direction });
    }
    return transceiver;
}

/** Offers, takes the answer, and gives the address of the session. */
async function negotiate(pc, address, role) {
    let began = 0;
    pc.connectionStateChange.subscribe((state) => {
        seen.states.push(`${role} ${state}`);
        if (state === 'connected') {
            seen.connectMillis.push(Math.round(performance.now() - began));
        }
    });
    await pc.setLocalDescription(await pc.createOffer());
    while (pc.iceGatheringState !== 'complete') {
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const answer = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp' },
        body: pc.localDescription.sdp,
    });
    const sdp = await answer.text();
    if (answer.status !== 201) {
        throw new Error(`${answer.status} ${sdp}`);
    }
    began = performance.now();
    await pc.setRemoteDescription({ type: 'answer', sdp });
    return new URL(answer.headers.get('Location'), address);
}

async function end(session) {
    const { status } = await fetch(session, { method: 'DELETE' });
    if (status !== 200) {
        seen.states.push(`${status} at the end`);
    }
}

const track = new MediaStreamTrack({ kind: 'video' });
const sending = peer();
const sender = sections(sending, 'sendonly', track).sender;
const sent = await negotiate(sending, whip, 'sending');

const watching = peer();
const { receiver } = sections(watching, 'recvonly', 'video');
let last = 0;
watching.onTrack.subscribe((remote) => {
    sender.onPictureLossIndication.subscribe(() => receiver.sendRtcpPLI(remote.ssrc));
    remote.onReceiveRtp.subscribe((packet) => {
        if (packet.header.marker) {
            const now = performance.now();
            seen.longestGapSeconds = Math.max(seen.longestGapSeconds, last ? (now - last) / 1000 : 0);
            last = now;
            seen.frames++;
        }
        track.writeRtp(packet);
    });
});
const watched = await negotiate(watching, whep, 'watching');

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
while (!seen.frames) {
    await pause(20);
}
await pause(Number(seconds) * 1000);
await end(sent);
await end(watched);
console.log(JSON.stringify(seen));
process.exit(0);
