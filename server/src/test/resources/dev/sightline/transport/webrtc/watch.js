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
    const candidates = [];
    peer.onicecandidate = ({ candidate }) => candidates.push(candidate);
    const seen = { shown: [], numbers: new Map(), states: [], peer, candidates, video, began: performance.now() };

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
    const look = (now, { rtpTimestamp, presentationTime, width, height }) => {
        const late = performance.now() - presentationTime;
        seen.shown.push({ at: now - seen.began, late, number: numberIn(video, width, height), rtpTimestamp, width, height });
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
    seen.etag = answer.headers.get('ETag');
    await peer.setRemoteDescription({ type: 'answer', sdp: change(await answer.text()) });
    return seen;
}

/** A page that looks later than so many milliseconds finds the next picture already. */
const INTERVAL = 1_000 / 30;

const strip = new OffscreenCanvas(320, 48).getContext('2d', { willReadFrequently: true });

/** The number painted in a picture. Only the strip is read, made small: whole pictures would cost more than to decode them. */
function numberIn(picture, width, height) {
    strip.drawImage(picture, 0, (height * 11) / 12, width, height / 12, 0, 44, 320, 4);
    return readPatternNumber(strip.getImageData(0, 0, 320, 48));
}

/**
 * How the numbers in the pictures agree with the metadata's, of all pictures but those of the first second, when the page
 * is still busy with itself, and the newest, whose metadata may be on its way. One that has no metadata, or whose number
 * cannot be read, agrees with nothing.
 */
function agreement({ shown, numbers }) {
    const [first, last] = [shown[0]?.at ?? 0, shown.at(-1)?.at ?? 0];
    const judged = shown.filter(({ at }) => at >= first + 1_000 && at <= last - 500);
    const ahead = judged.map(({ number, rtpTimestamp }) => (number ?? NaN) - (numbers.get(rtpTimestamp) ?? NaN));
    return {
        judged: judged.length,
        equal: ahead.filter((one) => one === 0).length,
        older: ahead.filter((one) => one < 0).length,
        newerByOne: ahead.filter((one) => one === 1).length,
        newerByMore: ahead.filter((one, i) => one > 1 + judged[i].late / INTERVAL).length,
        unreadable: judged.filter(({ number }) => number === null).length,
        nameless: judged.filter(({ rtpTimestamp }) => !numbers.has(rtpTimestamp)).length,
        aSecond: median(perSecond(judged)),
        span: judged.length ? judged.at(-1).at - judged[0].at : 0,
        sizes: new Set(judged.map(({ width }) => width)).size,
        width: shown.at(-1)?.width,
        height: shown.at(-1)?.height,
    };
}

/** How long pictures have been shown. */
function watchedMillis({ shown }) {
    return shown.length ? shown.at(-1).at - shown[0].at : 0;
}

/** How many pictures were shown in each whole second. */
function perSecond(pictures) {
    const counts = [];
    for (const { at } of pictures) {
        const second = Math.floor((at - pictures[0].at) / 1000);
        counts[second] = (counts[second] ?? 0) + 1;
    }
    return Array.from(counts, (count) => count ?? 0).slice(0, -1);
}

function median(counts) {
    return counts.sort((one, other) => one - other)[counts.length >> 1] ?? 0;
}

/** The statistics of what comes in. */
async function inbound({ peer }) {
    const all = [...(await peer.getStats()).values()];
    const video = all.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video') ?? {};
    return { ...video, codec: all.find(({ id }) => id === video.codecId)?.mimeType };
}

/** How far the stream, the pictures shown and the time without any have come. */
async function progress(seen, stream) {
    const [{ frames }, stats] =
        await Promise.all([fetch(`/api/streams/${stream}`).then((answer) => answer.json()), inbound(seen)]);
    return {
        millis: performance.now(),
        source: frames,
        decoded: stats.framesDecoded ?? 0,
        dropped: stats.framesDropped ?? 0,
        painted: seen.shown.length,
        frozenMillis: (stats.totalFreezesDuration ?? 0) * 1000,
        freezes: stats.freezeCount ?? 0,
        width: stats.frameWidth ?? 0,
        bytes: stats.bytesReceived ?? 0,
        lost: stats.packetsLost ?? 0,
        repaired: stats.retransmittedPacketsReceived ?? 0,
        nacks: stats.nackCount ?? 0,
        plis: stats.pliCount ?? 0,
        keyframes: stats.keyFramesDecoded ?? 0,
    };
}
