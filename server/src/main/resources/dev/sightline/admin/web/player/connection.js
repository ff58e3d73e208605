// @ts-check
import { ServerClock, pause } from './server-clock.js';
import { play } from './websocket.js';

/**
 * Why nothing comes at present: `reconnecting` (the connection is lost), `missing` (there is no such stream), `refused`
 * (it is not to be watched this way, or not by one more), `taken` (another one publishes under that name), `over` (the
 * stream has ended).
 *
 * @typedef {'reconnecting' | 'missing' | 'refused' | 'taken' | 'over'} Trouble
 *
 * @typedef {import('./websocket.js').Header} Header
 *
 * @typedef {object} Listener
 * @property {(line: import('./websocket.js').Line) => void} onOpen a connection is open; what comes now is not to be compared with what came before
 * @property {(header: Header, picture: Uint8Array<ArrayBuffer>) => void} onPicture
 * @property {(message: any) => void} onMessage
 * @property {(trouble: Trouble, reason: string) => void} onTrouble nothing comes until the next `onOpen`
 */

/** Close codes that say more than that the connection is gone. @type {Record<number, Trouble>} */
const TROUBLES = { 1000: 'over', 1013: 'refused', 4403: 'refused', 4404: 'missing', 4409: 'taken' };

/** Pauses before the next attempt, in milliseconds; a lost connection is tried sooner, see below. */
const PAUSES = { over: 2_000, missing: 2_000, refused: 5_000, taken: 1_000 };

/** The longest pause after a lost connection, in milliseconds. */
const LONGEST_PAUSE = 1_000;

/** After so many milliseconds of silence the server is asked whether it is still there. */
const SILENCE = 4_000;

/** An attempt that has not opened after so many milliseconds is given up. */
const OPENING = 5_000;

/**
 * Keeps a stream coming until it is closed: opens a connection, and another one whenever that is lost.
 *
 * A server that is away is asked over HTTP, once for the whole page, and connections are opened when it answers: browsers
 * hold back WebSockets to a server whose WebSockets failed, for up to 5 s.
 */
export class Connection {
    #address;
    #clock;
    #listener;
    #closed = false;
    #attempt = new AbortController();
    #failures = 0;
    #heardAt = 0;
    #opened = false;

    /**
     * Opens at once.
     *
     * @param {string} base the server's address, with a slash at its end
     * @param {string} path below it
     * @param {Listener} listener
     */
    constructor(base, path, listener) {
        const address = new URL(path, base);
        address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
        this.#address = address.href;
        this.#clock = ServerClock.of(base);
        this.#listener = listener;
        this.#run();
    }

    /** Ends it; nothing follows. */
    close() {
        this.#closed = true;
        this.#attempt.abort();
    }

    async #run() {
        while (!this.#closed) {
            const { code, reason } = await this.#play();
            if (this.#closed) {
                return;
            }
            const trouble = TROUBLES[code] ?? 'reconnecting';
            this.#listener.onTrouble(trouble, reason);
            await pause(this.#pauseAfter(trouble));
            await this.#clock.answer();
        }
    }

    async #play() {
        this.#attempt = new AbortController();
        this.#opened = false;
        this.#hear();
        const watch = setInterval(() => this.#watch(), 1_000);
        try {
            return await play(this.#address, this.#receiver(), this.#attempt.signal);
        } finally {
            clearInterval(watch);
        }
    }

    /** @returns {import('./websocket.js').Receiver} */
    #receiver() {
        return {
            onOpen: (line) => {
                this.#opened = true;
                this.#listener.onOpen(line);
            },
            onPicture: (header, picture) => {
                this.#hear();
                this.#failures = 0;
                this.#listener.onPicture(header, picture);
            },
            onMessage: (message) => {
                this.#hear();
                this.#listener.onMessage(message);
            },
        };
    }

    #hear() {
        this.#heardAt = performance.now();
    }

    /** A connection whose other end has vanished says nothing for minutes; so ask, where it is silent. */
    async #watch() {
        const attempt = this.#attempt;
        const silence = performance.now() - this.#heardAt;
        if (!this.#opened) {
            if (silence > OPENING) {
                attempt.abort();
            }
        } else if (silence > SILENCE) {
            this.#hear();
            if (!(await this.#clock.isThere())) {
                attempt.abort();
            }
        }
    }

    /** @param {Trouble} trouble */
    #pauseAfter(trouble) {
        if (trouble !== 'reconnecting') {
            this.#failures = 0;
            return PAUSES[trouble];
        }
        const longest = Math.min(100 * 2 ** this.#failures++, LONGEST_PAUSE);
        return longest * (0.5 + 0.5 * Math.random());
    }
}
