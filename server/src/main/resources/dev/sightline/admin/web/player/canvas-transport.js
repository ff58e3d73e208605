import { Connection } from './connection.js';
import { Painter } from './painter.js';

/** @typedef {import('./transport.js').Transport} Transport */

/**
 * JPEGs that come one by one, painted onto a canvas.
 *
 * @implements {Transport}
 */
export class CanvasTransport {
    #canvas;
    #listener;
    #painter;
    #connection;

    /**
     * Begins at once.
     *
     * @param {import('./server-clock.js').ServerClock} clock
     * @param {import('./connection.js').Attempt<any, Uint8Array<ArrayBuffer>>} attempt
     * @param {HTMLCanvasElement} canvas
     * @param {import('./transport.js').TransportListener} listener
     */
    constructor(clock, attempt, canvas, listener) {
        this.#canvas = canvas;
        this.#listener = listener;
        this.#painter = new Painter(canvas, (header) => this.#painted(header));
        this.#connection = new Connection(clock, attempt, {
            onOpen: () => {
                this.#painter.startOver();
                listener.onOpen();
            },
            onPicture: (header, picture) => {
                listener.onArrived(header.seq, picture.byteLength);
                this.#painter.offer({ ...header, arrivedAt: performance.now() }, new Blob([picture], { type: 'image/jpeg' }));
            },
            onMessage: (message) => listener.onMessage(message),
            onTrouble: (trouble, reason) => {
                this.#painter.startOver();
                listener.onTrouble(trouble, reason);
            },
        });
    }

    get surface() {
        return this.#canvas;
    }

    get figures() {
        return { dropped: this.#painter.dropped };
    }

    close() {
        this.#connection.close();
        this.#painter.startOver();
    }

    /** @param {import('./header.js').Header} header */
    #painted(header) {
        const { width, height } = this.#canvas;
        this.#listener.onPainted({ ...header, width, height }, performance.now(), true);
    }
}
