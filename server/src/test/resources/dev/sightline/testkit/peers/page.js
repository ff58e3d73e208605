// Watches by WHEP in a page, and sends on what is shown by WHIP, encoded anew.

/**
 * @param {{whep: string, whip: string, codec: string, sound: 'none' | 'first' | 'second', encodings?: object[]}} wishes
 */
async function relay({ whep, whip, codec, sound, encodings }) {
    const seen = { frames: 0, longestGapSeconds: 0, states: [] };
    const watching = new RTCPeerConnection();
    const sending = new RTCPeerConnection();
    const video = document.body.appendChild(document.createElement('video'));
    Object.assign(video, { muted: true, autoplay: true, playsInline: true });
    const { receiver } = sections(watching, sound, 'video', { direction: 'recvonly' });
    video.srcObject = new MediaStream([receiver.track]);
    const sender = sections(sending, sound, receiver.track, { direction: 'sendonly', sendEncodings: encodings ?? [{}] });
    seen.sessions = [await negotiate(watching, whep, codec, 'watching', seen), await negotiate(sending, whip, codec, 'sending', seen)];
    let last = 0;
    const look = (now) => {
        seen.longestGapSeconds = Math.max(seen.longestGapSeconds, last ? (now - last) / 1000 : 0);
        last = now;
        seen.frames++;
        video.requestVideoFrameCallback(look);
    };
    await new Promise((resolve) => video.requestVideoFrameCallback((now) => resolve(look(now))));
    return Object.assign(seen, { watching, sending, sender, video });
}

/** Adds the video, and sound before or after it. */
function sections(peer, sound, video, init) {
    const audio = () => peer.addTransceiver('audio', { direction: init.direction });
    if (sound === 'first') {
        audio();
    }
    const transceiver = peer.addTransceiver(video, init);
    if (sound === 'second') {
        audio();
    }
    return transceiver;
}

/** Offers one codec, takes the answer, and gives the address of the session. */
async function negotiate(peer, address, codec, role, seen) {
    peer.onconnectionstatechange = () => seen.states.push(`${role} ${peer.connectionState}`);
    const of = peer.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video');
    const known = RTCRtpReceiver.getCapabilities('video').codecs;
    of.setCodecPreferences(known.filter(({ mimeType }) => mimeType === `video/${codec}`));
    await peer.setLocalDescription();
    await new Promise((resolve) => {
        const look = () => peer.iceGatheringState === 'complete' && resolve();
        peer.onicegatheringstatechange = look;
        look();
        setTimeout(resolve, 2000);
    });
    const answer = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp' },
        body: peer.localDescription.sdp,
    });
    const sdp = await answer.text();
    if (answer.status !== 201) {
        throw new Error(`${answer.status} ${sdp}`);
    }
    await peer.setRemoteDescription({ type: 'answer', sdp });
    return new URL(answer.headers.get('Location'), new URL(address, document.baseURI)).href;
}

/** Ends both sessions; what was seen: a busy machine paints a page that nobody looks at far less often than it decodes. */
async function finish({ watching, frames, longestGapSeconds, states, sessions }) {
    const stats = [...(await watching.getStats()).values()];
    const { framesDecoded = frames } = stats.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video') ?? {};
    for (const session of sessions) {
        const { status } = await fetch(session, { method: 'DELETE' });
        if (status !== 200) {
            states.push(`${status} at the end`);
        }
    }
    return { frames: framesDecoded, longestGapSeconds, states };
}
