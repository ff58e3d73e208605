import { Connection } from '../player/connection.js';
import { Painter } from '../player/painter.js';
import { ServerClock } from '../player/server-clock.js';
import { webSocket } from '../player/websocket.js';
import { Flow } from './flow.js';
import { Grabber } from './grabber.js';
import { PublisherStatus } from './publisher-status.js';

/** @typedef {import('./publisher.js').Publisher} Publisher */

/** More bytes than these do not wait in the browser for a connection that is slow, or dead and not known to be. */
const BUFFERED = 512 * 1024;

/**
 * How often it is looked whether a picture may be sent again, in milliseconds; answers bring that about sooner. It matters
 * where they do not come.
 */
const LOOK = 250;

/**
 * Sends a camera as JPEGs over a WebSocket, and paints what the server made of them onto a canvas; each picture painted
 * there is told by an event `picture`, its header as `detail`.
 *
 * @implements {Publisher}
 */
export class JpegPublisher {
    status;

    #place;
    #painter;
    #flow = new Flow();
    /** @type {Connection<import('../player/websocket.js').Channel, Uint8Array<ArrayBuffer>> | undefined} */
    #connection;
    /** @type {import('../player/websocket.js').Channel | undefined} */
    #channel;
    /** @type {Grabber | undefined} */
    #grabber;
    #seq = 0;
    #looking = setInterval(() => this.#pace(), LOOK);

    /**
     * Goes nowhere before {@link connect}.
     *
     * @param {import('./publisher.js').Place} place
     * @param {HTMLCanvasElement} canvas
     * @param {() => void} onChange called when the status has changed
     */
    constructor(place, canvas, onChange) {
        this.#place = place;
        this.status = new PublisherStatus(onChange);
        this.surface = canvas;
        this.#painter = new Painter(canvas, (header) =>
            canvas.dispatchEvent(new CustomEvent('picture', { detail: header })),
        );
    }

    /** @param {string} query */
    connect(query) {
        this.#connection?.close();
        this.#channel = undefined;
        this.#startOver();
        const { base, name } = this.#place;
        const attempt = webSocket(base, `live/${encodeURIComponent(name)}/ws${query}`);
        this.#connection = new Connection(ServerClock.of(base), attempt, {
            onOpen: (channel) => {
                this.#channel = channel;
                this.#startOver();
                this.#pace();
            },
            onPicture: (header, picture) => this.#arrived(header, picture),
            onMessage: (message) => this.status.heard(message),
            onTrouble: (trouble, reason) => this.#lost(trouble, reason),
        });
        this.status.begin();
        this.#pace();
    }

    /**
     * @param {MediaStream} camera
     * @param {HTMLVideoElement} video
     * @param {import('./grabber.js').Settings} settings
     */
    take(camera, video, settings) {
        this.#grabber = new Grabber(camera, video, settings, {
            onPicture: (jpeg, captureTime) => this.#send(jpeg, captureTime),
            onSkipped: () => this.#skip(),
        });
        this.#pace();
    }

    rest() {
        this.#grabber?.close();
        this.#grabber = undefined;
    }

    /** @param {import('./grabber.js').Settings} settings */
    set(settings) {
        this.#grabber?.set(settings);
    }

    get figures() {
        const { roundTrip, sentRate, answerRate, skipped, lost, bitsPerSecond } = this.#flow;
        return {
            roundTrip,
            sent: sentRate,
            returned: answerRate,
            dropped: skipped + lost,
            droppedWhere: `${skipped} not sent, because earlier ones had no answer yet; ${lost} on the way`,
            line: `Pictures (JPEG), ${(bitsPerSecond / 1e6).toFixed(1)} Mbit/s`,
        };
    }

    look() {
        this.status.look();
    }

    close() {
        clearInterval(this.#looking);
        this.rest();
        this.#channel = undefined;
        this.#connection?.close();
        this.#painter.startOver();
    }

    /** Whether one more picture may be sent now. */
    get #ready() {
        return this.#channel !== undefined && this.#flow.ready && this.#channel.buffered() < BUFFERED;
    }

    #pace() {
        if (this.#grabber) {
            this.#grabber.ready = this.#ready;
        }
    }

    /**
     * Sends a picture if it is the time for one, and counts it otherwise.
     *
     * @param {ArrayBuffer} jpeg
     * @param {number} captureTime in milliseconds since the Unix epoch
     */
    #send(jpeg, captureTime) {
        if (!this.#channel || !this.#ready) {
            this.#skip();
            return;
        }
        const seq = ++this.#seq;
        this.#channel.send({ seq, captureTime: Number(captureTime.toFixed(3)) }, jpeg);
        this.#flow.sent(seq, captureTime, jpeg.byteLength);
        this.#pace();
    }

    /** A picture was due that was not taken. */
    #skip() {
        this.#flow.skipped += this.#channel ? 1 : 0;
        this.#pace();
    }

    #startOver() {
        this.#flow.startOver();
        this.#painter.startOver();
    }

    /**
     * @param {import('../player/header.js').Header} header
     * @param {Uint8Array<ArrayBuffer>} picture
     */
    #arrived(header, picture) {
        const slate = Boolean(header.metadata?.state);
        if (slate || !header.from || !this.#flow.answered(header.from)) {
            return;
        }
        if (!document.hidden) {
            this.#painter.offer(header, new Blob([picture], { type: 'image/jpeg' }));
        }
        this.status.answered();
        this.#pace();
    }

    /**
     * @param {import('../player/connection.js').Trouble} trouble
     * @param {string} reason
     */
    #lost(trouble, reason) {
        this.#channel = undefined;
        this.#startOver();
        this.status.lost(trouble, reason);
        if (this.status.phase === 'taken') {
            this.#connection?.close();
        }
    }
}
