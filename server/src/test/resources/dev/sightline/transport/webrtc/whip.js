// Sends the browser's camera by WHIP, and looks at pictures from wherever they come.

/** Sends to a stream; the query may ask for the result. Resolves to the server's answer's status and what is going on. */
async function send(stream, { query = '', codec, camera, encodings = [{}] } = {}) {
    camera ??= await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480, frameRate: 20 } });
    const peer = new RTCPeerConnection();
    const candidates = [];
    peer.onicecandidate = ({ candidate }) => candidates.push(candidate);
    const back = query.includes('watch');
    const transceiver = peer.addTransceiver(camera.getVideoTracks()[0], {
        direction: back ? 'sendrecv' : 'sendonly',
        sendEncodings: encodings,
    });
    if (codec) {
        const known = RTCRtpSender.getCapabilities('video').codecs;
        transceiver.setCodecPreferences(known.filter(({ mimeType }) => mimeType === `video/${codec}`));
    }
    const video = document.body.appendChild(document.createElement('video'));
    Object.assign(video, { muted: true, autoplay: true, playsInline: true });
    peer.ontrack = ({ track }) => video.srcObject = new MediaStream([track]);
    await peer.setLocalDescription();
    const answer = await fetch(`/live/${stream}/whip${query}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp' },
        body: peer.localDescription.sdp,
    });
    const [location, etag] = ['Location', 'ETag'].map((name) => answer.headers.get(name));
    const sent = { status: answer.status, location, etag, peer, candidates, video, looks: [], camera };
    const text = await answer.text();
    if (answer.status === 201) {
        await peer.setRemoteDescription({ type: 'answer', sdp: text });
        onVideo(video, sent.looks);
    } else {
        sent.problem = text;
        camera.getTracks().forEach((track) => track.stop());
        peer.close();
    }
    return sent;
}

/** A camera of 20 pictures a second that are all different, each with its number in it, as the pattern has it. */
function numberedCamera() {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    const context = canvas.getContext('2d');
    let number = 0;
    const paint = () => {
        for (let block = 0; block < 48; block++) {
            context.fillStyle = `hsl(0 0% ${100 * Math.random()}%)`;
            context.fillRect((block % 8) * 80, (block >> 3) * 80, 80, 80);
        }
        bitsOf(++number).forEach((bit, cell) => {
            context.fillStyle = bit ? 'white' : 'black';
            context.fillRect(cell * 16, 440, 16, 40);
        });
    };
    paint();
    setInterval(paint, 50);
    return canvas.captureStream(20);
}

/** A number's 32 bits, and the 8 that prove them: CRC-8 with the polynomial 7, beginning with 255. */
function bitsOf(number) {
    const bits = Array.from({ length: 32 }, (_, i) => (number >>> (31 - i)) & 1);
    const crc = bits.reduce((sum, bit) => ((sum << 1) ^ (((sum >> 7) ^ bit) & 1 ? 7 : 0)) & 255, 255);
    return [...bits, ...Array.from({ length: 8 }, (_, i) => (crc >> (7 - i)) & 1)];
}

/** How many pictures a sender has sent. */
async function picturesSent({ peer }) {
    const all = [...(await peer.getStats()).values()];
    return all.find(({ type, kind }) => type === 'outbound-rtp' && kind === 'video')?.framesSent ?? 0;
}

/**
 * Reads the number in each picture that comes over a WebSocket, from the first that has one, since a canvas begins with an
 * empty picture; then null stands for a picture in which none can be read.
 */
function readJpegs(stream) {
    const numbers = [];
    const socket = new WebSocket(`ws://${location.host}/live/${stream}/ws`);
    socket.binaryType = 'blob';
    const read = async (blob) => {
        const picture = await createImageBitmap(blob);
        const number = numberIn(picture, picture.width, picture.height);
        if (number !== null || numbers.length > 0) {
            numbers.push(number);
        }
    };
    let all = Promise.resolve();
    socket.onmessage = ({ data }) => void (all = all.then(() => read(data)));
    return numbers;
}

/** Leaves, with a word to the server. */
async function leave({ location, peer, camera }) {
    camera.getTracks().forEach((track) => track.stop());
    await fetch(location, { method: 'DELETE' });
    peer.close();
}

/** Watches a stream over a WebSocket and over Socket.IO. */
function watchJpeg(stream) {
    const looks = { webSocket: [], socketIo: [] };
    const socket = new WebSocket(`ws://${location.host}/live/${stream}/ws`);
    socket.binaryType = 'blob';
    socket.onmessage = ({ data }) => onJpeg(data, looks.webSocket);
    io({ auth: { stream } }).on('frame', (jpeg) => onJpeg(new Blob([jpeg], { type: 'image/jpeg' }), looks.socketIo));
    return looks;
}

async function onJpeg(blob, looks) {
    looks.push(look(await createImageBitmap(blob)));
}

function onVideo(video, looks) {
    video.requestVideoFrameCallback(() => {
        looks.push(look(video));
        onVideo(video, looks);
    });
}

const small = new OffscreenCanvas(64, 48).getContext('2d', { willReadFrequently: true });

/** How far a picture is from gray, 0 to 255, its contrast, and its content as one number. */
function look(picture) {
    small.drawImage(picture, 0, 0, 64, 48);
    const { data } = small.getImageData(0, 0, 64, 48);
    let [color, least, greatest, content] = [0, 255, 0, 0];
    for (let at = 0; at < data.length; at += 4) {
        const [red, green, blue] = data.subarray(at, at + 3);
        color = Math.max(color, Math.abs(red - green), Math.abs(green - blue));
        least = Math.min(least, green);
        greatest = Math.max(greatest, green);
        content = (content * 31 + (green >> 2)) | 0;
    }
    return { color, contrast: greatest - least, content };
}

/** Of the newest looks: the greatest distance from gray, the least contrast, and how many differ. */
function sumUp(looks, newest = 30) {
    const some = looks.slice(-newest);
    return {
        count: some.length,
        color: Math.max(...some.map(({ color }) => color)),
        contrast: Math.min(...some.map(({ contrast }) => contrast)),
        different: new Set(some.map(({ content }) => content)).size,
    };
}
