// @ts-check
import { Connection } from '../player/connection.js';
import { Painter } from '../player/painter.js';
import { ServerClock } from '../player/server-clock.js';
import { webSocket } from '../player/websocket.js';
import { Flow } from './flow.js';

/**
 * A name may still be held by this page's own lost connection for so many milliseconds: the server waits that long for a
 * publisher that has vanished.
 */
const OWN_GHOST = 7_000;

/** Without an answer for so many milliseconds, what is shown is no longer what the camera sees. */
const SILENCE = 2_000;

/** More bytes than these do not wait in the browser for a line that is slow, or dead and not known to be. */
const BUFFERED = 512 * 1024;

/**
 * Where the sending stands: `connecting` (nothing has come back yet), `live` (answers come), `silent` (none lately), `taken`
 * (another one has the name; over until the next {@link Uplink}), else why there is no connection at present.
 *
 * @typedef {'connecting' | 'live' | 'silent' | import('../player/connection.js').Trouble} Phase
 */

/** The way of this page's pictures to the server, and of what it made of them onto a canvas. */
export class Uplink {
    flow = new Flow();

    /** @type {Phase} */
    phase = 'connecting';

    /** What the server says about it, for people. */
    reason = '';

    #base;
    #painter;
    #onChange;
    #onAnswer;
    /** @type {Connection<import('../player/websocket.js').Line, Uint8Array<ArrayBuffer>> | undefined} */
    #connection;
    /** @type {import('../player/websocket.js').Line | undefined} */
    #line;
    #seq = 0;
    #answeredAt = -Infinity;

    /**
     * Goes nowhere before {@link connect}.
     *
     * @param {string} base the server's address, with a slash at its end
     * @param {HTMLCanvasElement} canvas each picture painted there is told by an event `picture`, its header as `detail`
     * @param {() => void} onChange called when the phase or the reason has changed
     * @param {() => void} onAnswer called when one more picture may be sent, perhaps
     */
    constructor(base, canvas, onChange, onAnswer) {
        this.#base = base;
        this.#onChange = onChange;
        this.#onAnswer = onAnswer;
        this.#painter = new Painter(canvas, (header) =>
            canvas.dispatchEvent(new CustomEvent('picture', { detail: header })),
        );
    }

    /** Connects, in place of what was connected before. @param {string} path below the server's address */
    connect(path) {
        this.#connection?.close();
        this.#line = undefined;
        this.#startOver();
        this.phase = 'connecting';
        this.reason = '';
        this.#connection = this.#open(path);
        this.#onChange();
    }

    /** Whether one more picture may be sent now. */
    get ready() {
        return this.#line !== undefined && this.flow.ready && this.#line.buffered() < BUFFERED;
    }

    /**
     * Sends a picture if it is the time for one, and counts it otherwise.
     *
     * @param {ArrayBuffer} jpeg
     * @param {number} captureTime in milliseconds since the Unix epoch
     */
    send(jpeg, captureTime) {
        if (!this.#line || !this.ready) {
            this.skip();
            return;
        }
        const seq = ++this.#seq;
        this.#line.send({ seq, captureTime: Number(captureTime.toFixed(3)) }, jpeg);
        this.flow.sent(seq, captureTime);
    }

    /** A picture was due that was not taken. */
    skip() {
        this.flow.skipped += this.#line ? 1 : 0;
    }

    /** Looks whether answers still come; to be called now and then. */
    look() {
        if (this.phase === 'live' && performance.now() - this.#answeredAt > SILENCE) {
            this.#change('silent', '');
        }
    }

    /** Ends it; nothing follows. */
    close() {
        this.#line = undefined;
        this.#connection?.close();
        this.#painter.startOver();
    }

    /** @param {string} path */
    #open(path) {
        return new Connection(ServerClock.of(this.#base), webSocket(this.#base, path), {
            onOpen: (line) => {
                this.#line = line;
                this.#startOver();
                this.#onAnswer();
            },
            onPicture: (header, picture) => this.#arrived(header, picture),
            onMessage: (message) => this.#heard(message),
            onTrouble: (trouble, reason) => this.#lost(trouble, reason),
        });
    }

    #startOver() {
        this.flow.startOver();
        this.#painter.startOver();
    }

    /**
     * @param {import('../player/header.js').Header} header
     * @param {Uint8Array<ArrayBuffer>} picture
     */
    #arrived(header, picture) {
        const slate = Boolean(header.metadata?.state);
        if (slate || !header.from || !this.flow.answered(header.from)) {
            return;
        }
        this.#answeredAt = performance.now();
        if (!document.hidden) {
            this.#painter.offer(header, new Blob([picture], { type: 'image/jpeg' }));
        }
        this.#change('live', '');
        this.#onAnswer();
    }

    /** @param {any} message */
    #heard(message) {
        if (message.type === 'error') {
            this.#change(this.phase, message.detail);
        }
    }

    /**
     * @param {import('../player/connection.js').Trouble} trouble
     * @param {string} reason
     */
    #lost(trouble, reason) {
        this.#line = undefined;
        this.#startOver();
        if (trouble === 'taken' && performance.now() - this.#answeredAt < OWN_GHOST) {
            this.#change('reconnecting', 'the server still waits for the lost connection');
            return;
        }
        if (trouble === 'taken') {
            this.#connection?.close();
        }
        this.#change(trouble, reason);
    }

    /**
     * @param {Phase} phase
     * @param {string} reason
     */
    #change(phase, reason) {
        if (phase !== this.phase || reason !== this.reason) {
            this.phase = phase;
            this.reason = reason;
            this.#onChange();
        }
    }
}
