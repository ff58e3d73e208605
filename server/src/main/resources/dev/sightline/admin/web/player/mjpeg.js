// @ts-check
import { refusal } from './problem.js';

/**
 * @typedef {import('./connection.js').Ending} Ending
 * @typedef {import('./connection.js').Receiver<undefined, Uint8Array<ArrayBuffer>>} Receiver
 */

/** After so many milliseconds without a picture the server is asked how the stream is: the answer's parts do not say. */
const SILENCE = 2_000;

/** A part's headers are no longer than this, in bytes; else what comes is no such answer. */
const LONGEST_HEADERS = 1 << 20;

const TEXT = new TextDecoder();

/**
 * One HTTP answer without an end (`multipart/x-mixed-replace`), read part by part: a JPEG each, and headers that say which.
 *
 * @param {string} base the server's address, with a slash at its end
 * @param {string} stream its name
 * @param {number} width in pixels, 0 for the stream's own
 * @returns {import('./connection.js').Attempt<undefined, Uint8Array<ArrayBuffer>>}
 */
export function mjpeg(base, stream, width) {
    const name = encodeURIComponent(stream);
    const address = new URL(`live/${name}/mjpeg?headers=full${width > 0 ? `&width=${width}` : ''}`, base).href;
    const about = new URL(`api/streams/${name}`, base).href;
    return async (receiver, signal) => {
        const watch = new Watch(about, receiver, signal);
        try {
            const response = await fetch(address, { cache: 'no-store', signal });
            if (!response.ok || !response.body) {
                return await refusal(response);
            }
            receiver.onOpen(undefined);
            watch.begin();
            await read(response.body.getReader(), receiver, watch);
        } catch {
            // An answer that breaks off says as little as one that comes to its end.
        } finally {
            watch.end();
        }
        return { trouble: watch.over ? 'over' : 'reconnecting', reason: '' };
    };
}

/** Asks how the stream is, at first and whenever there are no live pictures. */
class Watch {
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
 * @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader
 * @param {Receiver} receiver
 * @param {Watch} watch
 */
async function read(reader, receiver, watch) {
    const bytes = new Bytes(reader);
    for (;;) {
        const headers = await bytes.headers();
        const picture = await bytes.take(Number(headers.get('content-length')));
        const metadata = JSON.parse(headers.get('x-sightline-metadata') ?? '{}');
        watch.seen(metadata);
        receiver.onPicture(
            {
                seq: Number(headers.get('x-sightline-seq')),
                captureTime: Number(headers.get('x-sightline-capture-time')),
                width: 0, // what a part does not say, its picture does
                height: 0,
                codec: 'mjpeg',
                metadata,
            },
            picture,
        );
    }
}

/** Bytes as they come, taken as they are wanted. Fails where they end. */
class Bytes {
    #reader;
    #rest = new Uint8Array(0);

    /** @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader */
    constructor(reader) {
        this.#reader = reader;
    }

    /** The next part's headers, their names in small letters. */
    async headers() {
        let end;
        while ((end = emptyLine(this.#rest)) < 0) {
            if (this.#rest.length > LONGEST_HEADERS) {
                throw new Error('these are no headers');
            }
            await this.#more(this.#rest.length + 1);
        }
        const lines = TEXT.decode(await this.take(end + 4)).trim().split('\r\n').slice(1);
        return new Map(lines.map((line) => {
            const colon = line.indexOf(':');
            return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
        }));
    }

    /**
     * The next bytes.
     *
     * @param {number} count
     */
    async take(count) {
        await this.#more(count);
        const taken = this.#rest.slice(0, count);
        this.#rest = this.#rest.subarray(count);
        return taken;
    }

    /** Waits until at least so many are here. @param {number} count */
    async #more(count) {
        const chunks = [this.#rest];
        let length = this.#rest.length;
        while (length < count) {
            const { done, value } = await this.#reader.read();
            if (done) {
                throw new Error('the answer has ended');
            }
            chunks.push(value);
            length += value.length;
        }
        if (chunks.length > 1) {
            this.#rest = new Uint8Array(length);
            let at = 0;
            for (const chunk of chunks) {
                this.#rest.set(chunk, at);
                at += chunk.length;
            }
        }
    }
}

/** Where the line before an empty line ends; -1 where there is none. @param {Uint8Array} bytes */
function emptyLine(bytes) {
    for (let at = bytes.indexOf(13); at >= 0; at = bytes.indexOf(13, at + 1)) {
        if (bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) {
            return at;
        }
    }
    return -1;
}
