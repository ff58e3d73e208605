import { placeIn, sendInput } from './player/input.js';
import { PlaybackStatus } from './player/playback-status.js';
import { ServerClock } from './player/server-clock.js';
import { Statistics } from './player/statistics.js';
import { LABELS, named } from './player/transport.js';
import { TransportSelector } from './player/transport-selector.js';
import { View } from './player/view.js';
import { widthFor } from './player/width.js';

/**
 * @typedef {import('./player/header.js').Header} Header
 */

/** The server this module came from: it lies in a folder of its own there. */
const HOME = new URL('..', import.meta.url).href;

/**
 * Plays a live stream: `<sightline-player stream="cam"></sightline-player>`, on any page that loads this module from the
 * server.
 *
 * Attributes: `stream`, its name; `transport`, one or several of `webrtc`, `websocket` and `mjpeg`, the best first: where
 * one is blocked the next one plays within 3 s; `codec`, for video: `h264` or `vp8`; `width`, for narrower JPEGs: a number
 * of pixels, or `auto` for what the element needs on this screen; `server`, another server's address; `overlay`: what was
 * found in exactly the picture on the screen (`detections` and `overlay` of its metadata) is drawn over it. The
 * element is 16:9 unless the page says otherwise, the picture as large as it fits in, so that nothing moves when pictures
 * come or change their size.
 *
 * Nothing is fetched while the element is scrolled out of view or its tab is hidden.
 *
 * Events: `picture` after each picture shown, its header as `detail`; `frame` when a picture has come onto the screen, in step
 * with it, with `{seq, captureTime, metadata}` as `detail`: none for a picture that a newer one has replaced before it was known
 * what was found in it; `situation` when what is to be said of the stream, or
 * of its transport, has changed.
 */
export class SightlinePlayer extends HTMLElement {
    static observedAttributes = ['stream', 'server', 'width', 'transport', 'codec', 'overlay'];

    #status = new PlaybackStatus();
    #statistics = new Statistics();
    #visibility = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: '100px' });
    #size = new ResizeObserver(() => this.#resized());
    #onVisibility = () => this.#update();

    #view;
    #inView = false;
    #width = 0;
    /** @type {TransportSelector | undefined} */
    #selector;
    #told = '';
    /** Whether somebody has ever listened for frames. */
    #heeded = false;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #timer;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #resizing;

    constructor() {
        super();
        this.#view = new View(this, () => this.#again());
    }

    /** The number of the picture on the screen; 0 before the first. */
    get seq() {
        return this.header?.seq ?? 0;
    }

    /** The header of the picture on the screen. */
    get header() {
        return this.#status.header;
    }

    /** What shows the picture, a canvas or a video; `data-seq` is the picture's number. */
    get surface() {
        return this.#view.surface;
    }

    /** A canvas with the picture on the screen, in its own size. Where that is a video, it is copied on every call. */
    get canvas() {
        return this.#view.copied();
    }

    /** The clock that ages are told by. */
    get clock() {
        return ServerClock.of(this.#server());
    }

    /** What is to be said of the stream now. */
    get situation() {
        return this.#status.situation;
    }

    /** What is wrong with the steps that work on the pictures, a sentence each. */
    get troubles() {
        return this.#status.troubles;
    }

    /** Whether the element says so itself, over the picture, rather than leaving it to the picture and the page. */
    get telling() {
        return this.#status.telling;
    }

    /**
     * Sends an input to the processors of the stream that take it, with the number of the picture on the screen.
     *
     * @param {string} name for example `click`
     * @param {import('./player/input.js').Values} values up to 16; `x` and `y` are fractions of the picture
     * @throws {Error} if it is not taken; the message says why
     */
    send(name, values = {}) {
        const input = { ...values, name, seq: this.seq };
        return sendInput(this.#server(), this.getAttribute('stream') ?? '', input);
    }

    /**
     * Where in the picture a mouse or pointer event is, `{x, y}` in fractions; nothing beside it, and before the first picture.
     *
     * @param {MouseEvent} event
     */
    place(event) {
        return this.header && placeIn(this.surface.getBoundingClientRect(), this.header, event);
    }

    /**
     * Figures for people who want to know more.
     *
     * @returns {import('./player/statistics.js').Own & import('./player/transport.js').Figures}
     */
    get statistics() {
        return {
            ...this.#statistics.figures(this.header, this.clock.uncertainty),
            ...this.#view.overlaid,
            transport: this.#selector ? LABELS[this.#selector.name] : '',
            fallback: this.#selector?.reason ?? '',
            ...this.#selector?.figures,
        };
    }

    connectedCallback() {
        this.#visibility.observe(this);
        this.#size.observe(this);
        document.addEventListener('visibilitychange', this.#onVisibility);
    }

    disconnectedCallback() {
        this.#visibility.disconnect();
        this.#size.disconnect();
        document.removeEventListener('visibilitychange', this.#onVisibility);
        this.#inView = false;
        this.#update();
    }

    /**
     * As every element's; what nobody listens for is not told.
     *
     * @override
     * @param {string} type
     * @param {EventListenerOrEventListenerObject} listener
     * @param {AddEventListenerOptions | boolean} [options]
     */
    addEventListener(type, listener, options) {
        this.#heeded ||= type === 'frame';
        super.addEventListener(type, listener, options);
    }

    /** @param {string} name of the attribute */
    attributeChangedCallback(name) {
        if (name === 'overlay') {
            this.#view.overlay = this.hasAttribute('overlay');
            return;
        }
        this.#view.name = `live picture of ${this.getAttribute('stream') ?? ''}`;
        this.#stop();
        this.#update();
    }

    /** @param {IntersectionObserverEntry[]} entries */
    #seen(entries) {
        this.#inView = entries[entries.length - 1].isIntersecting;
        this.#update();
    }

    #resized() {
        this.#view.resized(this.clientWidth, this.clientHeight);
        clearTimeout(this.#resizing);
        this.#resizing = setTimeout(() => {
            if (this.#selector && this.#width !== this.#wantedWidth()) {
                this.#stop();
                this.#update();
            }
        }, 500);
    }

    #update() {
        const wanted = this.#inView && !document.hidden && this.isConnected && this.hasAttribute('stream');
        if (wanted && !this.#selector && !this.#status.dismissed) {
            this.#start();
        } else if (!wanted && this.#selector) {
            this.#stop();
        }
        this.#tell();
    }

    #start() {
        this.#width = this.#wantedWidth();
        this.#status.start();
        this.#selector = new TransportSelector(this.#wish(), {
            onOpen: () => this.#opened(),
            onArrived: (seq, bytes) => this.#arrived(seq, bytes),
            onPainted: (header, at, current) => this.#painted(header, at, current),
            onNameless: () => this.#view.nameless(),
            onMessage: (message) => this.#heard(message),
            onTrouble: (trouble, reason) => this.#lost(trouble, reason),
            onChange: () => this.#tell(),
        });
        this.clock.keep();
        this.#timer = setInterval(() => this.#tick(), 500);
    }

    #stop() {
        clearInterval(this.#timer);
        this.#selector?.close();
        this.#selector = undefined;
        this.#status.stop();
    }

    /**
     * @param {import('./player/connection.js').Trouble} trouble
     * @param {string} reason
     */
    #lost(trouble, reason) {
        if (trouble === 'disconnected') {
            this.#stop(); // nor is another transport tried
        }
        this.#status.lost(trouble, reason);
        this.#tell();
    }

    /** Somebody wants to watch again after all. */
    #again() {
        this.#status.stop();
        this.#update();
    }

    #opened() {
        this.#status.opened();
        this.#statistics.startOver();
        this.clock.keep();
        this.#tell();
    }

    /**
     * @param {number} seq
     * @param {number} bytes
     */
    #arrived(seq, bytes) {
        this.#status.arrived();
        this.#statistics.arrived(seq, bytes);
    }

    /**
     * @param {Header} header
     * @param {number} at
     * @param {boolean} current
     */
    #painted(header, at, current) {
        const first = this.#status.painted(header);
        this.#view.show(this.#selector?.surface ?? this.surface);
        this.surface.dataset.seq = String(header.seq);
        const age = this.clock.now() - (performance.now() - at) - header.captureTime;
        this.#statistics.shown(age);
        if (!header.metadata.state && this.clock.uncertainty < Infinity) {
            this.#statistics.measured(header, age, at);
        }
        this.#overlay(header, current);
        this.dispatchEvent(new CustomEvent('picture', { detail: header }));
        if (first) {
            this.#tell();
        }
    }

    /**
     * @param {Header} header
     * @param {boolean} current
     */
    #overlay(header, current) {
        this.#view.found(header, current);
        if (current && this.#heeded) {
            const { seq, captureTime, metadata } = header;
            this.dispatchEvent(new CustomEvent('frame', { detail: { seq, captureTime, metadata } }));
        }
    }

    /** @param {any} message */
    #heard(message) {
        if (message.type === 'state') {
            this.#status.heard(message);
            this.#tell();
        }
    }

    #tick() {
        this.clock.keep();
        this.#selector?.report(this.#statistics.report(this.clock.uncertainty));
        this.#tell();
    }

    /** Brings the element up to what is to be said, and tells the page if that has changed. */
    #tell() {
        const { situation, telling, blank, troubles, dismissed } = this.#status;
        this.#view.cover(telling, blank);
        const { word, text } = situation;
        const told = [word, text, ...troubles, telling, this.#selector?.name, this.#selector?.reason].join('\n');
        if (told !== this.#told) {
            this.#told = told;
            this.#view.say(situation, dismissed);
            this.dispatchEvent(new CustomEvent('situation', { detail: situation }));
        }
    }

    #server() {
        const server = this.getAttribute('server');
        return server ? new URL(server.endsWith('/') ? server : `${server}/`, document.baseURI).href : HOME;
    }

    /** @returns {import('./player/transport.js').Wish} */
    #wish() {
        return {
            base: this.#server(),
            stream: this.getAttribute('stream') ?? '',
            names: named(this.getAttribute('transport') ?? ''),
            width: this.#width,
            codec: this.getAttribute('codec') ?? '',
            canvas: this.#view.canvas,
            stage: this.#view.stage,
            copy: this.#view.copy,
        };
    }

    #wantedWidth() {
        return widthFor(this.getAttribute('width'), this.clientWidth * devicePixelRatio);
    }
}

customElements.define('sightline-player', SightlinePlayer);
