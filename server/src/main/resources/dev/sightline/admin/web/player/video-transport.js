import { Connection } from './connection.js';
import { webRtc } from './webrtc.js';

/** @typedef {import('./transport.js').Transport} Transport */

/**
 * A video that comes by WebRTC, in a video element of its own.
 *
 * @implements {Transport}
 */
export class VideoTransport {
    #connection;
    /** @type {import('./webrtc.js').Session | undefined} */
    #session;

    /**
     * Begins at once.
     *
     * @param {import('./server-clock.js').ServerClock} clock
     * @param {import('./webrtc.js').Call} call
     * @param {Element} stage where the video is put, unseen: who shows it takes the class `waiting` away
     * @param {import('./transport.js').TransportListener} listener
     */
    constructor(clock, call, stage, listener) {
        this.surface = video();
        stage.prepend(this.surface);
        this.#connection = new Connection(clock, webRtc(call, this.surface), {
            onOpen: (session) => {
                this.#session = session;
                listener.onOpen();
            },
            onPicture: (header, { at, current }) => {
                listener.onArrived(header.seq, 0);
                listener.onPainted(header, at, current);
            },
            onNameless: () => listener.onNameless?.(),
            onMessage: (message) => listener.onMessage(message),
            onLate: () => listener.onLate?.(),
            onTrouble: (trouble, reason) => {
                this.#session = undefined;
                listener.onTrouble(trouble, reason);
            },
        });
    }

    get figures() {
        if (!this.#session) {
            return {};
        }
        const { address, figures, unnamed } = this.#session;
        return { ...figures, unnamed, session: address.split('/').pop() };
    }

    close() {
        this.#connection.close();
        if (this.surface.classList.contains('waiting')) {
            this.surface.remove();
        }
    }
}

function video() {
    const element = document.createElement('video');
    element.className = 'waiting';
    element.ariaLabel = 'live picture';
    element.muted = true;
    element.playsInline = true;
    element.autoplay = true;
    element.disablePictureInPicture = true;
    return element;
}
