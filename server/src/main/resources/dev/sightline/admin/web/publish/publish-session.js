import { watchPage } from '../api.js';
import { ServerClock } from '../player/server-clock.js';
import { explain, open } from './camera.js';
import { JpegPublisher } from './jpeg-publisher.js';
import { VideoPublisher } from './video-publisher.js';

/**
 * When a connection is lost, JPEGs go on and video is tried again after so many milliseconds of them: a server that has just
 * started is sooner ready for JPEGs.
 */
const VIDEO_AGAIN = 15_000;

/** Why JPEGs are sent until then. */
const LOST = 'the connection was lost; video is tried again soon';

/**
 * @typedef {import('./camera.js').Explanation} Explanation
 *
 * @typedef {object} Views
 * @property {HTMLVideoElement} camera shows the camera
 * @property {HTMLCanvasElement} canvas shows the result of JPEGs
 * @property {HTMLVideoElement} video shows the result of video
 *
 * @typedef {object} Listener
 * @property {() => void} onChange there is something else to say
 * @property {() => void} onCamera the user was asked for a camera, so that all may have names now
 * @property {(explanation: Explanation | undefined) => void} onTrouble why nothing is sent; nothing takes the last one away
 */

/**
 * Sends a camera to a stream from the user's start to the stop: as video where that gets through and the user does not want
 * otherwise, else as JPEGs.
 */
export class PublishSession {
    /** Whether the user wants to send: between start and stop. */
    wanted = false;

    /** When pictures last came back, or the sending began, in milliseconds since the Unix epoch. */
    lostAt = Date.now();

    /** Why JPEGs are sent where video would be better; else empty. */
    fallback = '';

    #place;
    #views;
    #choice;
    #listener;
    /** @type {MediaStream | undefined} */
    #camera;
    /** @type {import('./publisher.js').Publisher | undefined} */
    #publisher;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #videoAgain;
    #opening = 0;
    #phase = '';

    /**
     * @param {import('./publisher.js').Place} place
     * @param {Views} views
     * @param {typeof import('./form.js').form} choice
     * @param {Listener} listener
     */
    constructor(place, views, choice, listener) {
        this.#place = place;
        this.#views = views;
        this.#choice = choice;
        this.#listener = listener;
    }

    /** Where the sending stands; nothing before the camera is open. */
    get status() {
        return this.#publisher?.status;
    }

    /** Figures up to now; to be called now and then. */
    figures() {
        this.#publisher?.look();
        return this.#publisher?.figures;
    }

    /** Whether it goes as video at present. */
    get isVideo() {
        return this.#publisher instanceof VideoPublisher;
    }

    /** The id of the camera that is open; else empty. */
    get device() {
        return this.#camera?.getVideoTracks()[0].getSettings().deviceId ?? '';
    }

    start() {
        this.wanted = true;
        this.#listener.onTrouble(undefined);
        this.#listener.onChange();
        this.openCamera();
    }

    stop() {
        this.#opening++;
        this.wanted = false;
        this.#closeCamera();
        this.#publisher?.close();
        this.#publisher = undefined;
        this.fallback = '';
        this.#listener.onChange();
    }

    /** Opens the camera that is chosen, in place of the one that is open. */
    async openCamera() {
        const mine = ++this.#opening;
        const { width, height } = this.#choice.settings;
        this.#closeCamera();
        try {
            const opened = await open(this.#choice.device, width, height);
            if (mine !== this.#opening) {
                opened.getTracks().forEach((track) => track.stop());
                return;
            }
            await this.#begin(opened);
        } catch (error) {
            if (mine === this.#opening) {
                this.stop();
                this.#listener.onTrouble(explain(error));
            }
        }
        this.#listener.onCamera();
    }

    /** The settings are others from now on. */
    settingsChanged() {
        this.#publisher?.set(this.#choice.settings);
    }

    /** Other processors are another session. */
    processorsChanged() {
        this.#publisher?.connect(this.#choice.query);
    }

    /** The user wants the camera sent another way, whatever was blocked before. */
    howChanged() {
        this.fallback = '';
        this.#change();
    }

    /** @param {MediaStream} camera */
    async #begin(camera) {
        this.#listener.onTrouble(undefined);
        this.#camera = camera;
        camera.getVideoTracks()[0].addEventListener('ended', () => this.#cameraGone());
        this.#views.camera.srcObject = camera;
        this.#publisher ??= this.#connected();
        this.#publisher.take(camera, this.#views.camera, this.#choice.settings);
        this.#listener.onChange();
        await this.#views.camera.play().catch(() => {}); // overtaken by another camera
    }

    #closeCamera() {
        this.#publisher?.rest();
        this.#camera?.getTracks().forEach((track) => track.stop());
        this.#camera = undefined;
        this.#views.camera.srcObject = null;
    }

    #cameraGone() {
        this.stop();
        this.#listener.onTrouble({
            title: 'The camera is gone',
            text: 'It was unplugged, or the browser took it away.',
            steps: ['Press Start to send again.'],
        });
    }

    /** A publisher that has begun to connect. */
    #connected() {
        const { how } = this.#choice;
        const asVideo = how === 'video' || (how === 'best' && !this.fallback);
        const onChange = () => this.#phaseChanged();
        const publisher = asVideo
            ? new VideoPublisher(this.#place, this.#views.video, onChange)
            : new JpegPublisher(this.#place, this.#views.canvas, onChange);
        publisher.connect(this.#choice.query);
        return publisher;
    }

    /** Sends the same camera by another publisher from now on. */
    #change() {
        if (this.#publisher && this.#camera) {
            this.#publisher.close();
            this.#publisher = undefined;
            this.#publisher = this.#connected();
            this.#publisher.status.succeed();
            this.#publisher.take(this.#camera, this.#views.camera, this.#choice.settings);
        }
        this.#listener.onChange();
    }

    #phaseChanged() {
        const { phase = '', reason = '' } = this.status ?? {};
        if (this.#phase === 'live' || phase === 'connecting') {
            this.lostAt = Date.now();
        }
        this.#phase = phase;
        if (this.#choice.how === 'best' && this.isVideo && (phase === 'blocked' || phase === 'reconnecting')) {
            this.#fallBack(phase, reason);
            return;
        }
        if (phase === 'live' && !this.isVideo && this.#videoAgain === undefined && this.fallback === LOST) {
            this.#videoAgain = setTimeout(() => this.#tryVideo(), VIDEO_AGAIN);
        }
        if (phase === 'taken') {
            this.#taken();
        }
        this.#listener.onChange();
    }

    #taken() {
        this.stop();
        this.#listener.onTrouble({
            title: `“${this.#place.name}” is taken`,
            text: 'Somebody else is sending to it, and one at a time can.',
            steps: [
                'Press Start to try again when the other one has stopped.',
                { href: watchPage(this.#place.name), text: 'Watch it meanwhile' },
            ],
        });
    }

    /**
     * Sends JPEGs instead of video. A connection that is lost is left at once, and followed by another when the server answers.
     *
     * @param {'blocked' | 'reconnecting'} phase
     * @param {string} reason
     */
    async #fallBack(phase, reason) {
        const before = this.#publisher;
        const since = this.lostAt;
        this.fallback = phase === 'blocked' ? `WebRTC is blocked: ${reason}` : LOST;
        if (phase === 'reconnecting') {
            this.#listener.onChange();
            before?.close();
            await ServerClock.of(this.#place.base).answer();
        }
        if (this.#publisher === before) {
            this.#change();
            this.lostAt = since;
        }
    }

    #tryVideo() {
        this.#videoAgain = undefined;
        if (this.fallback === LOST && this.status?.phase === 'live') {
            this.fallback = '';
            this.#change();
        }
    }
}
