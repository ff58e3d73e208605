import { MultipartReader } from './multipart-reader.js';
import { refusal } from './problem.js';

/**
 * @typedef {import('./connection.js').Ending} Ending
 * @typedef {import('./connection.js').Receiver<undefined, Uint8Array<ArrayBuffer>>} Receiver
 */

/** After so many milliseconds without a picture the server is asked how the stream is: the answer's parts do not say. */
const SILENCE = 2_000;

/**
 * One HTTP answer without an end (`multipart/x-mixed-replace`), read part by part: a JPEG each, and headers that say which.
 *
 * @param {string} base the server's address, with a slash at its end
 * @param {string} stream its name
 * @param {string} query what else is asked for, `width=640&…`
 * @returns {import('./connection.js').Attempt<undefined, Uint8Array<ArrayBuffer>>}
 */
export function mjpeg(base, stream, query) {
    const name = encodeURIComponent(stream);
    const address = new URL(`live/${name}/mjpeg?headers=full&${query}`, base).href;
    const about = new URL(`api/streams/${name}`, base).href;
    return async (receiver, signal) => {
        const poller = new StatePoller(about, receiver, signal);
        /** @type {MultipartReader | undefined} */
        let parts;
        try {
            const response = await fetch(address, { cache: 'no-store', signal });
            if (!response.ok || !response.body) {
                return await refusal(response);
            }
            receiver.onOpen(undefined);
            poller.begin();
            parts = new MultipartReader(response.body.getReader());
            await read(parts, receiver, poller);
        } catch {
            // Only its end tells an answer that the server ended from one that broke off.
        } finally {
            poller.end();
        }
        const why = parts?.epilogue;
        if (why) {
            return { trouble: 'disconnected', reason: why };
        }
        return { trouble: poller.over ? 'over' : 'reconnecting', reason: '' };
    };
}

/** Asks how the stream is, at first and whenever there are no live pictures. */
class StatePoller {
    #address;
    #receiver;
    #signal;
    #seenAt = -Infinity;
    #asking = false;
    #told = '';
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #timer;

    /**
     * @param {string} address
     * @param {Receiver} receiver
     * @param {AbortSignal} signal
     */
    constructor(address, receiver, signal) {
        this.#address = address;
        this.#receiver = receiver;
        this.#signal = signal;
    }

    /** Whether the stream has ended. */
    get over() {
        return this.#told === 'ENDED';
    }

    begin() {
        this.#ask();
        this.#timer = setInterval(() => this.#look(), SILENCE);
    }

    end() {
        clearInterval(this.#timer);
    }

    /** @param {Record<string, any>} metadata of a picture that is here */
    seen({ state = 'LIVE' }) {
        this.#seenAt = performance.now();
        if (state !== this.#told) {
            this.#ask();
        }
    }

    #look() {
        if (this.#told !== 'LIVE' || performance.now() - this.#seenAt > SILENCE) {
            this.#ask();
        }
    }

    async #ask() {
        if (this.#asking) {
            return;
        }
        this.#asking = true;
        const answer = await fetch(this.#address, { cache: 'no-store', signal: this.#signal }).catch(() => undefined);
        const stream = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
        this.#asking = false;
        if (stream && !this.#signal.aborted) {
            const { state, since, reason, lastPicture, processors } = stream;
            this.#told = state;
            this.#receiver.onMessage({ type: 'state', state, since, reason, lastPicture, processors });
        }
    }
}

/**
 * @param {MultipartReader} parts
 * @param {Receiver} receiver
 * @param {StatePoller} poller
 */
async function read(parts, receiver, poller) {
    for (;;) {
        const { headers, body } = await parts.next();
        const metadata = JSON.parse(headers.get('x-sightline-metadata') ?? '{}');
        poller.seen(metadata);
        receiver.onPicture(
            {
                seq: Number(headers.get('x-sightline-seq')),
                captureTime: Number(headers.get('x-sightline-capture-time')),
                width: 0, // what a part does not say, its picture does
                height: 0,
                codec: 'mjpeg',
                metadata,
                times: JSON.parse(headers.get('x-sightline-times') ?? '{}'),
            },
            body,
        );
    }
}
