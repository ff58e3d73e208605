import { fit } from './fit.js';

/** The part of a {@link import('./grabber.js').Grabber} that works beside the page. */

/** @typedef {import('./grabber.js').Settings} Settings */

/** @type {Settings} */
let settings = { width: 640, height: 480, rate: 30, quality: 80 };
let ready = false;
let encoding = false;
let nextDue = 0;

const canvas = globalThis.OffscreenCanvas ? new OffscreenCanvas(1, 1) : undefined;
const context = canvas?.getContext('2d', { alpha: false });

onmessage = ({ data }) => {
    settings = data.settings ?? settings;
    ready = data.ready ?? ready;
    if (data.begin) {
        data.readable ? read(data.readable.getReader()) : tick();
    }
};

/**
 * Reads every picture, so that none waits, and takes those that are due.
 *
 * @param {ReadableStreamDefaultReader} reader
 */
async function read(reader) {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
        const frame = next.value;
        if (!isDue()) {
            frame.close();
        } else if (!ready || encoding) {
            frame.close();
            postMessage({ skipped: true });
        } else {
            take(frame);
        }
    }
}

/** Tells the page when a picture is due. */
function tick() {
    postMessage({ due: true });
    setTimeout(tick, 1_000 / settings.rate);
}

/** Whether a picture that comes now is nearer to the instant when one is due than the next one will be. */
function isDue() {
    const interval = 1_000 / settings.rate;
    const now = performance.now();
    if (now < nextDue - interval / 2) {
        return false;
    }
    nextDue = (now - nextDue > interval ? now : nextDue) + interval;
    return true;
}

/** @param {VideoFrame} frame is closed */
async function take(frame) {
    encoding = true;
    const captureTime = performance.timeOrigin + performance.now();
    try {
        paint(frame);
        const blob = await /** @type {OffscreenCanvas} */ (canvas).convertToBlob({
            type: 'image/jpeg',
            quality: settings.quality / 100,
        });
        const picture = await blob.arrayBuffer();
        /** @type {any} */ (globalThis).postMessage({ picture, captureTime }, [picture]);
    } finally {
        encoding = false;
    }
}

/** @param {VideoFrame} frame is closed */
function paint(frame) {
    const { width, height } = fit(frame.displayWidth, frame.displayHeight, settings);
    const target = /** @type {OffscreenCanvas} */ (canvas);
    if (target.width !== width || target.height !== height) {
        Object.assign(target, { width, height });
    }
    context?.drawImage(frame, 0, 0, width, height);
    frame.close();
}
