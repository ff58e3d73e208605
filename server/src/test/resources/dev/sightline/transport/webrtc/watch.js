// Watches a stream by WHEP in a page, as anybody's own page would, and reads the number in every picture that is shown.
// Needs readPatternNumber.

/**
 * @param {string} stream
 * @param {{codec?: string, change?: (sdp: string) => string}} wishes `change` may alter the answer
 */
async function watch(stream, { codec, change = (sdp) => sdp } = {}) {
    const video = document.body.appendChild(document.createElement('video'));
    Object.assign(video, { muted: true, autoplay: true, playsInline: true, style: 'width: 100%' });
    const peer = new RTCPeerConnection();
    const seen = { shown: [], numbers: new Map(), states: [], peer, video, began: performance.now(), location: '' };

    const events = new EventSource(`/live/${stream}/metadata`);
    events.onmessage = ({ data }) => {
        const { seq, rtpTimestamp } = JSON.parse(data);
        seen.numbers.set(rtpTimestamp, seq);
    };
    const open = new Promise((resolve) => events.onopen = resolve);

    const { receiver } = peer.addTransceiver('video', { direction: 'recvonly' });
    receiver.jitterBufferTarget = 0;
    peer.ontrack = ({ track }) => video.srcObject = new MediaStream([track]);
    peer.onconnectionstatechange = () => seen.states.push(peer.connectionState);
    const context = new OffscreenCanvas(16, 16).getContext('2d', { willReadFrequently: true });
    const look = (now, { rtpTimestamp, width, height }) => {
        Object.assign(context.canvas, { width, height });
        context.drawImage(video, 0, 0);
        const number = readPatternNumber(context.getImageData(0, 0, width, height));
        seen.shown.push({ at: now - seen.began, number, rtpTimestamp, width, height });
        video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);

    await open;
    seen.began = performance.now();
    await peer.setLocalDescription();
    const answer = await fetch(`/live/${stream}/whep${codec ? `?codec=${codec}` : ''}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp' },
        body: peer.localDescription.sdp,
    });
    if (answer.status !== 201) {
        throw new Error(await answer.text());
    }
    seen.location = answer.headers.get('Location');
    await peer.setRemoteDescription({ type: 'answer', sdp: change(await answer.text()) });
    return seen;
}

/** How the numbers in the pictures agree with the metadata's, of those for which both are known. */
function agreement({ shown, numbers }) {
    const both = shown.filter(({ number, rtpTimestamp }) => number !== null && numbers.has(rtpTimestamp));
    const ahead = both.map(({ number, rtpTimestamp }) => number - numbers.get(rtpTimestamp));
    return {
        shown: shown.length,
        compared: both.length,
        equal: ahead.filter((one) => one === 0).length,
        older: ahead.filter((one) => one < 0).length,
        newerByOne: ahead.filter((one) => one === 1).length,
        newerByMore: ahead.filter((one) => one > 1).length,
        span: shown.length ? shown.at(-1).at - shown[0].at : 0,
        first: shown.length ? shown[0].at : -1,
        width: shown.at(-1)?.width,
        height: shown.at(-1)?.height,
    };
}

/** The statistics of what comes in. */
async function inbound({ peer }) {
    const all = [...(await peer.getStats()).values()];
    const video = all.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video') ?? {};
    return { ...video, codec: all.find(({ id }) => id === video.codecId)?.mimeType };
}
