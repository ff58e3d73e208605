import { fit } from './fit.js';

/** The worker is asked for again after so many milliseconds. */
const AGAIN = 1_000;

/**
 * How pictures are taken.
 *
 * @typedef {object} Settings
 * @property {number} width in pixels, at most; a camera held upright is turned likewise
 * @property {number} height the same
 * @property {number} rate pictures a second, at most
 * @property {number} quality of the JPEG, 1 to 100
 *
 * @typedef {object} Listener
 * @property {(jpeg: ArrayBuffer, captureTime: number) => void} onPicture with milliseconds since the Unix epoch
 * @property {() => void} onSkipped a picture was due, but it was not the time for one
 */

/**
 * Takes JPEGs from a camera.
 *
 * Pictures are taken and encoded in a worker where the browser can (`MediaStreamTrackProcessor`), so that they go on while
 * the tab is hidden. Elsewhere the worker keeps the time, because a hidden page's own timers are slowed down, and this page
 * takes pictures from the video element.
 */
export class Grabber {
    #stream;
    #video;
    #settings;
    #listener;
    #ready = false;
    #encoding = false;
    #canvas = document.createElement('canvas');
    #worker;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #again;

    /**
     * Begins at once, but takes nothing before it is told that it is the time, see {@link ready}.
     *
     * @param {MediaStream} stream
     * @param {HTMLVideoElement} video which shows the stream
     * @param {Settings} settings
     * @param {Listener} listener
     */
    constructor(stream, video, settings, listener) {
        this.#stream = stream;
        this.#video = video;
        this.#settings = settings;
        this.#listener = listener;
        this.#worker = this.#begun();
    }

    /** A worker; one that the server does not give just now is asked for again. */
    #begun() {
        const worker = new Worker(new URL('grabber-worker.js', import.meta.url), { type: 'module' });
        worker.onmessage = ({ data }) => this.#heard(data);
        worker.onerror = () => {
            worker.terminate();
            this.#again = setTimeout(() => (this.#worker = this.#begun()), AGAIN);
        };
        worker.postMessage({ settings: this.#settings });
        worker.postMessage({ ready: this.#ready });
        const readable = frames(this.#stream.getVideoTracks()[0]);
        worker.postMessage({ begin: true, readable }, readable ? [readable] : []);
        return worker;
    }

    /** Whether a picture may be taken now; otherwise those that are due are skipped. @param {boolean} ready */
    set ready(ready) {
        if (ready !== this.#ready) {
            this.#ready = ready;
            this.#worker.postMessage({ ready });
        }
    }

    /** @param {Settings} settings from now on */
    set(settings) {
        this.#settings = settings;
        this.#worker.postMessage({ settings });
    }

    /** Ends it; no picture follows. The camera stays open. */
    close() {
        clearTimeout(this.#again);
        this.#worker.onmessage = this.#worker.onerror = null;
        this.#worker.terminate();
    }

    /** @param {{picture?: ArrayBuffer, captureTime: number, skipped?: boolean, due?: boolean}} message */
    #heard({ picture, captureTime, skipped, due }) {
        if (picture) {
            this.#listener.onPicture(picture, captureTime);
        } else if (skipped) {
            this.#listener.onSkipped();
        } else if (due) {
            this.#take();
        }
    }

    async #take() {
        if (!this.#ready || this.#encoding || this.#video.readyState < this.#video.HAVE_CURRENT_DATA) {
            this.#listener.onSkipped();
            return;
        }
        this.#encoding = true;
        const captureTime = performance.timeOrigin + performance.now();
        const { videoWidth, videoHeight } = this.#video;
        Object.assign(this.#canvas, fit(videoWidth, videoHeight, this.#settings));
        this.#canvas.getContext('2d', { alpha: false })?.drawImage(this.#video, 0, 0, this.#canvas.width, this.#canvas.height);
        const quality = this.#settings.quality / 100;
        const blob = await new Promise((done) => this.#canvas.toBlob(done, 'image/jpeg', quality));
        this.#encoding = false;
        if (blob && this.#worker.onmessage) {
            this.#listener.onPicture(await blob.arrayBuffer(), captureTime);
        }
    }
}

/**
 * The track's pictures as a stream that can be given to a worker, where the browser has that.
 *
 * @param {MediaStreamTrack} track
 * @returns {ReadableStream | undefined}
 */
function frames(track) {
    const Processor = /** @type {any} */ (globalThis).MediaStreamTrackProcessor;
    return Processor && globalThis.OffscreenCanvas ? new Processor({ track, maxBufferSize: 1 }).readable : undefined;
}
