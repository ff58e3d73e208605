import { Connection } from '../player/connection.js';
import { ServerClock } from '../player/server-clock.js';
import { Statistics } from '../player/statistics.js';
import { webRtc } from '../player/webrtc.js';
import { PublisherStatus } from './publisher-status.js';

/** @typedef {import('./publisher.js').Publisher} Publisher */

/** Over how many milliseconds rates are taken, at least. */
const WINDOW = 1_000;

/**
 * Sends a camera by WebRTC (WHIP), and shows what the server made of it in a video, both in one session; each picture shown
 * there is told by an event `picture`, its header as `detail`.
 *
 * @implements {Publisher}
 */
export class VideoPublisher {
    status;

    #place;
    #clock;
    #statistics = new Statistics();
    #sender = new SenderStatistics();
    /** @type {Connection<import('../player/webrtc.js').Session, import('../player/webrtc.js').Named> | undefined} */
    #connection;
    /** @type {import('../player/webrtc.js').Session | undefined} */
    #session;
    /** @type {MediaStreamTrack | undefined} */
    #track;
    #rate = 30;
    #query = '';

    /**
     * Goes nowhere before there is a camera.
     *
     * @param {import('./publisher.js').Place} place
     * @param {HTMLVideoElement} surface
     * @param {() => void} onChange called when the status has changed
     */
    constructor(place, surface, onChange) {
        this.#place = place;
        this.#clock = ServerClock.of(place.base);
        this.status = new PublisherStatus(onChange);
        this.surface = surface;
    }

    /** @param {string} query */
    connect(query) {
        this.#query = query;
        this.#connection?.close();
        this.#connection = undefined;
        this.status.begin();
        this.#open();
    }

    /**
     * @param {MediaStream} camera
     * @param {HTMLVideoElement} _video
     * @param {import('./grabber.js').Settings} settings
     */
    take(camera, _video, settings) {
        [this.#track] = camera.getVideoTracks();
        this.#session?.sender.replaceTrack(this.#track).catch(() => {}); // a session that has just ended
        this.set(settings);
        this.#open();
    }

    rest() {
        this.#track = undefined;
    }

    /** @param {import('./grabber.js').Settings} settings */
    set({ rate }) {
        this.#rate = rate;
        const { sender } = this.#session ?? {};
        const parameters = sender?.getParameters();
        if (parameters?.encodings?.length) {
            parameters.encodings.forEach((encoding) => (encoding.maxFramerate = rate));
            sender?.setParameters(parameters).catch(() => {});
        }
    }

    get figures() {
        const { fps, age, missed } = this.#statistics;
        const { framesPerSecond, bitsPerSecond, width, height, codec, encoding } = this.#sender;
        const { roundTrip = NaN, dropped = 0 } = this.#session?.figures ?? {};
        const size = width > 0 ? `, ${width} × ${height}` : '';
        return {
            roundTrip: age + encoding + (roundTrip || 0) / 2,
            sent: framesPerSecond,
            returned: fps,
            dropped: missed + dropped,
            droppedWhere: `${missed} on the way or at the server, ${dropped} here`,
            line: `WebRTC${codec && `, ${codec}`}${size}, ${(bitsPerSecond / 1e6).toFixed(1)} Mbit/s`,
        };
    }

    look() {
        this.status.look();
        this.#clock.keep();
        if (this.#session) {
            this.#sender.look(this.#session.sender).catch(() => {});
        }
    }

    close() {
        this.#connection?.close();
        this.#session = undefined;
    }

    /** Opens a session as soon as there is something to send. */
    #open() {
        if (!this.#track || this.#connection) {
            return;
        }
        const path = `live/${encodeURIComponent(this.#place.name)}`;
        const call = {
            address: new URL(`${path}/whip?watch=true${this.#query.replace('?', '&')}`, this.#place.base).href,
            metadata: new URL(`${path}/metadata`, this.#place.base).href,
            sent: () => this.#track,
        };
        this.#connection = new Connection(this.#clock, webRtc(call, this.surface), {
            onOpen: (session) => this.#opened(session),
            onPicture: (header, { at }) => this.#shown(header, at),
            onMessage: (message) => this.status.heard(message),
            onTrouble: (trouble, reason) => this.#lost(trouble, reason),
        });
    }

    /** @param {import('../player/webrtc.js').Session} session */
    #opened(session) {
        this.#session = session;
        this.#statistics.startOver();
        this.#sender = new SenderStatistics();
        this.set({ rate: this.#rate, width: 0, height: 0, quality: 0 });
    }

    /**
     * @param {import('../player/header.js').Header} header
     * @param {number} at
     */
    #shown(header, at) {
        if (header.metadata?.state) {
            return; // a slate is no answer
        }
        this.#statistics.arrived(header.seq, 0);
        this.#statistics.shown(this.#clock.now() - (performance.now() - at) - header.captureTime);
        this.status.answered();
        this.surface.dispatchEvent(new CustomEvent('picture', { detail: header }));
    }

    /**
     * @param {import('../player/connection.js').Trouble} trouble
     * @param {string} reason
     */
    #lost(trouble, reason) {
        this.#session = undefined;
        this.status.lost(trouble, reason);
        if (this.status.phase === 'taken') {
            this.#connection?.close();
        }
    }
}

/** What a sender sends, from the browser's own counts. */
class SenderStatistics {
    framesPerSecond = 0;
    bitsPerSecond = 0;
    width = 0;
    height = 0;
    codec = '';

    /** How long the encoding of a picture takes, in milliseconds, a mean. */
    encoding = 0;

    #bytes = 0;
    #at = 0;

    /** Brings the figures up to date. @param {RTCRtpSender} sender */
    async look(sender) {
        const report = await sender.getStats();
        const sent = [...report.values()].find(({ type }) => type === 'outbound-rtp');
        if (!sent || sent.timestamp - this.#at < WINDOW) {
            return;
        }
        this.bitsPerSecond = this.#at > 0 ? (8_000 * (sent.bytesSent - this.#bytes)) / (sent.timestamp - this.#at) : 0;
        this.framesPerSecond = sent.framesPerSecond ?? 0;
        this.width = sent.frameWidth ?? 0;
        this.height = sent.frameHeight ?? 0;
        this.codec = report.get(sent.codecId)?.mimeType?.replace('video/', '') ?? '';
        this.encoding = (1_000 * (sent.totalEncodeTime ?? 0)) / (sent.framesEncoded || 1);
        this.#bytes = sent.bytesSent;
        this.#at = sent.timestamp;
    }
}
