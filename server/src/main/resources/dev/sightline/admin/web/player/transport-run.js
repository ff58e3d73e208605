/**
 * @typedef {import('./transport.js').Transport} Transport
 * @typedef {import('./transport.js').TransportListener} TransportListener
 * @typedef {import('./transport.js').TransportName} TransportName
 */

/** Transports that each keep an HTTP request open for as long as they last. */
const HOLD_A_REQUEST = ['webrtc', 'mjpeg'];

/** So many of those may run at a time: browsers open six connections to a server and keep the rest waiting. */
const LIMIT = 4;

/** How many of them run on this page, by server. @type {Map<string, number>} */
const held = new Map();

/** A transport that is used once, from its choice to its end. */
export class TransportRun {
    /** The last message that came. @type {any} */
    message = {};
    /** @type {Transport | undefined} */
    transport;

    #base;
    #listener;
    #closed = false;
    #holds = false;

    /**
     * @param {TransportName} name
     * @param {string} base the server's address
     * @param {TransportListener} listener
     */
    constructor(name, base, listener) {
        this.name = name;
        this.#base = base;
        this.#listener = listener;
    }

    /** @param {(listener: TransportListener) => Transport} open */
    begin(open) {
        if (this.#closed) {
            return;
        }
        if (HOLD_A_REQUEST.includes(this.name) && !this.#hold()) {
            this.#listener.onTrouble('blocked', `this page has ${LIMIT} players that keep a request open, as many as browsers bear`);
            return;
        }
        this.transport = open(this.#listener);
    }

    close() {
        if (!this.#closed) {
            this.#closed = true;
            held.set(this.#base, this.#count - (this.#holds ? 1 : 0));
            this.transport?.close();
        }
    }

    #hold() {
        this.#holds = this.#count < LIMIT;
        held.set(this.#base, this.#count + (this.#holds ? 1 : 0));
        return this.#holds;
    }

    get #count() {
        return held.get(this.#base) ?? 0;
    }
}
