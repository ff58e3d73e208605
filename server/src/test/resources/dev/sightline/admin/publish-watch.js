// Looks at what a page sends and what it gets back. Put into the page before its own scripts.

const readHeader = (bytes) => {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    return JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
};

/** JPEGs sent lately, by number. */
window.sent = new Map();
window.sentCount = 0;
window.answered = 0;
window.mostUnanswered = 0;
window.sockets = 0;

window.WebSocket = class extends WebSocket {
    constructor(...parameters) {
        super(...parameters);
        window.sockets++;
        this.addEventListener('message', ({ data }) => {
            const from = data instanceof ArrayBuffer && readHeader(new Uint8Array(data)).from;
            window.answered = from ? from.seq : window.answered;
        });
    }

    send(message) {
        const { seq } = readHeader(message);
        window.sent.set(seq, message.slice(4 + new DataView(message.buffer).getUint32(0)));
        window.sent.delete(seq - 60);
        window.sentCount++;
        window.mostUnanswered = Math.max(window.mostUnanswered, seq - window.answered);
        super.send(message);
    }
};

/** What was painted: numbers, the age in milliseconds, and of every tenth picture how far it is from gray, and from what was sent. */
window.shown = [];

document.addEventListener('DOMContentLoaded', () => {
    const canvas = document.getElementById('result');
    canvas?.addEventListener('picture', ({ detail }) => {
        const { seq, from } = detail;
        const age = performance.timeOrigin + performance.now() - from.captureTime;
        const shown = { seq, from: from.seq, age };
        window.shown.push(shown);
        if (window.shown.length % 10 === 5) {
            const { width, height } = canvas;
            compare(shown, canvas.getContext('2d').getImageData(0, 0, width, height), window.sent.get(from.seq));
        }
    });
});

/** Puts into `shown`: `color`, the most that channels differ; `contrast` of the gray; `error`, the mean difference to the sent picture in gray. */
async function compare(shown, image, jpeg) {
    const bitmap = await createImageBitmap(new Blob([jpeg]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data: original } = context.getImageData(0, 0, image.width, image.height);
    let color = 0, darkest = 255, brightest = 0, difference = 0;
    for (let i = 0; i < image.data.length; i += 4) {
        const red = image.data[i], green = image.data[i + 1], blue = image.data[i + 2];
        const gray = 0.299 * original[i] + 0.587 * original[i + 1] + 0.114 * original[i + 2];
        color = Math.max(color, Math.abs(red - green), Math.abs(green - blue));
        darkest = Math.min(darkest, green);
        brightest = Math.max(brightest, green);
        difference += Math.abs(gray - green);
    }
    const sameSize = bitmap.width === image.width && bitmap.height === image.height;
    const error = sameSize ? difference / (image.data.length / 4) : 255;
    Object.assign(shown, { color, contrast: brightest - darkest, error });
}
