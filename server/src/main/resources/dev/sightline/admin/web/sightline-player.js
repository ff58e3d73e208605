// @ts-check
import { ServerClock } from './player/server-clock.js';
import { Statistics } from './player/statistics.js';
import { WAYS, Ways } from './player/ways.js';
import { away, situation, timeOfDay, troubles } from './player/words.js';

/**
 * @typedef {import('./player/words.js').Situation} Situation
 * @typedef {import('./player/words.js').State} State
 * @typedef {import('./player/header.js').Header} Header
 * @typedef {import('./player/ways.js').WayName} WayName
 */

/**
 * @typedef {object} Own what every way has figures of
 * @property {number} seq
 * @property {number} width
 * @property {number} height
 * @property {string} codec
 * @property {number} fps
 * @property {number} age from capture to the screen, in milliseconds
 * @property {number} ageUncertainty how far the age may be wrong, in milliseconds
 * @property {number} received
 * @property {number} painted
 * @property {number} missed
 * @property {number} bytesPerPicture
 * @property {number} bitsPerSecond
 * @property {string} transport the way that the pictures come; empty while none do
 * @property {string} fallback why they do not come a better way; empty where this is the best
 */

/** The server this module came from: it lies in a folder of its own there. */
const HOME = new URL('..', import.meta.url).href;

/** Widths a narrow picture may have, in pixels; the server knows others, but every one more is encoded once more. */
const WIDTHS = [320, 640, 1280];

/** A picture may be enlarged so much before the next width is chosen. */
const ENLARGED = 1.25;

/** Without a picture for so many milliseconds, or five intervals, a live picture no longer looks live. */
const SILENCE = 2_000;

/** The same before a second picture has come: the source may be a slow one. */
const SILENCE_AT_FIRST = 10_000;

/** An interval shorter than those before counts by and by, by so much of the last. */
const FORGETTING = 0.8;

/** An element that is no larger says in a word how the stream is, in pixels. */
const SMALL = { width: 240, height: 96 };

/** @type {Situation} */
const CONNECTING = { word: 'connecting…', tone: 'waiting', text: '' };

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
    :host { display: block; position: relative; overflow: hidden; aspect-ratio: 16 / 9; contain: content;
        background: #0a0b0d; color: #eceef1; font: 500 14px/20px system-ui, sans-serif; }
    :host([hidden]) { display: none; }
    .stage { display: contents; }
    :host([zoomed]) .stage { display: block; width: 100%; height: 100%; translate: var(--pan); scale: var(--zoom); transform-origin: 0 0; }
    canvas, video { display: block; width: 100%; height: 100%; object-fit: contain; transition: filter 200ms, opacity 200ms; }
    video { position: absolute; inset: 0; }
    .waiting { opacity: 0; }
    [hidden] { display: none; }
    .old { filter: grayscale(1); opacity: 0.3; }
    .blank { visibility: hidden; }
    .message { position: absolute; top: 50%; left: 50%; display: grid; justify-items: center; width: max-content;
        max-width: calc(100% - 16px); max-height: 100%; overflow: hidden; padding: 8px 16px; border-radius: 8px; background: inherit; text-align: center;
        transform: translate(-50%, -50%); overflow-wrap: anywhere; font-variant-numeric: tabular-nums; opacity: 0;
        transition: opacity 200ms; }
    .message.shown { opacity: 1; transition-delay: 300ms; }
    .message span { opacity: 0.75; font-weight: 400; }
    .message span:empty { display: none; }
    .message.small { padding: 2px 8px; }
    .message.small span { display: none; }
    @media (forced-colors: active) { .message { border: 1px solid CanvasText; } }
    @media (prefers-reduced-motion: reduce) { canvas, video, .message { transition-duration: 0s; } }
`);

/**
 * Plays a live stream: `<sightline-player stream="cam"></sightline-player>`, on any page that loads this module from the
 * server.
 *
 * Attributes: `stream`, its name; `transport`, one or several of `webrtc`, `websocket` and `mjpeg`, the best first: where a
 * way is barred the next one is gone within 3 s; `codec`, for video: `h264` or `vp8`; `width`, for narrower JPEGs: a number
 * of pixels, or `auto` for what the element needs on this screen; `server`, another server's address. The element is 16:9 unless the page says otherwise, the picture as
 * large as it fits in, so that nothing moves when pictures come or change their size.
 *
 * Nothing is fetched while the element is scrolled out of view or its tab is hidden.
 *
 * Events: `picture` after each picture shown, its header as `detail`; `situation` when what is to be said of the stream, or
 * of the way it comes, has changed.
 */
export class SightlinePlayer extends HTMLElement {
    static observedAttributes = ['stream', 'server', 'width', 'transport', 'codec'];

    #stage = document.createElement('div');
    #canvas = document.createElement('canvas');
    #word = document.createElement('strong');
    #text = document.createElement('span');
    #message = document.createElement('div');
    /** Where the picture on the screen is. @type {HTMLCanvasElement | HTMLVideoElement} */
    #surface = this.#canvas;
    #statistics = new Statistics();
    #view = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: '100px' });
    #size = new ResizeObserver(() => this.#resized());
    #onVisibility = () => this.#update();

    #inView = false;
    #width = 0;
    /** @type {Ways | undefined} */
    #ways;
    /** @type {'paused' | 'connecting' | 'open' | import('./player/connection.js').Trouble} */
    #phase = 'paused';
    #reason = '';
    #lostAt = 0;
    /** @type {{state: State, since?: string, reason?: string, lastPicture?: string, processors?: import('./player/words.js').Step[]} | undefined} */
    #state;
    /** @type {Header | undefined} */
    #header;
    #fresh = false;
    #arrivedAt = 0;
    #arrivals = 0;
    #interval = 0;
    #told = '';
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #timer;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #resizing;

    constructor() {
        super();
        this.#canvas.hidden = true;
        this.#message.className = 'message';
        this.#message.setAttribute('role', 'status');
        this.#message.append(this.#word, this.#text);
        const shadow = this.attachShadow({ mode: 'open' });
        shadow.adoptedStyleSheets = [STYLE];
        this.#stage.className = 'stage';
        this.#stage.append(this.#canvas);
        shadow.append(this.#stage, this.#message);
    }

    /** The number of the picture on the screen; 0 before the first. */
    get seq() {
        return this.#header?.seq ?? 0;
    }

    /** The header of the picture on the screen. */
    get header() {
        return this.#header;
    }

    /** What shows the picture, a canvas or a video; `data-seq` is the picture's number. */
    get surface() {
        return this.#surface;
    }

    /** A canvas with the picture on the screen, in its own size. Where that is a video, it is copied on every call. */
    get canvas() {
        const { videoWidth = 0, videoHeight = 0 } = /** @type {Partial<HTMLVideoElement>} */ (this.#surface);
        if (videoWidth > 0) {
            this.#canvas.width = videoWidth;
            this.#canvas.height = videoHeight;
            this.#canvas.getContext('2d', { alpha: false })?.drawImage(this.#surface, 0, 0);
        }
        return this.#canvas;
    }

    /** The clock that ages are told by. */
    get clock() {
        return ServerClock.of(this.#server());
    }

    /** What is to be said of the stream now. @returns {Situation} */
    get situation() {
        switch (this.#phase) {
            case 'paused':
                return { word: 'paused', tone: 'quiet', text: '' };
            case 'connecting':
                return CONNECTING;
            case 'reconnecting':
                return { word: 'reconnecting…', tone: 'trouble', text: away(this.#lostAt) };
            case 'missing':
                return { word: 'unknown', tone: 'trouble', text: this.#reason || 'there is no such stream' };
            case 'barred':
                return { word: 'blocked', tone: 'trouble', text: this.#reason };
            case 'refused':
                return { word: 'refused', tone: 'trouble', text: this.#reason || 'it cannot be watched here' };
            case 'over':
                return situation('ENDED', this.#state?.since ?? this.#lostAt, this.#reason);
            default:
                return this.#ofStream();
        }
    }

    /** What is wrong with the steps that work on the pictures, a sentence each. */
    get troubles() {
        return troubles(this.#phase === 'open' ? this.#state?.processors : []);
    }

    /** Whether the element says so itself, over the picture, rather than leaving it to the picture and the page. */
    get telling() {
        return this.#message.classList.contains('shown');
    }

    /**
     * Figures for people who want to know more.
     *
     * @returns {Own & import('./player/ways.js').Figures}
     */
    get statistics() {
        const { fps, age, received, painted, missed, bytesPerPicture, bitsPerSecond } = this.#statistics;
        const { width = 0, height = 0, seq = 0, codec = '' } = this.#header ?? {};
        return {
            seq,
            width,
            height,
            codec,
            fps,
            age,
            ageUncertainty: this.clock.uncertainty,
            received,
            painted,
            missed,
            bytesPerPicture,
            bitsPerSecond,
            transport: this.#ways ? WAYS[this.#ways.name] : '',
            fallback: this.#ways?.reason ?? '',
            ...this.#ways?.figures,
        };
    }

    connectedCallback() {
        this.#view.observe(this);
        this.#size.observe(this);
        document.addEventListener('visibilitychange', this.#onVisibility);
    }

    disconnectedCallback() {
        this.#view.disconnect();
        this.#size.disconnect();
        document.removeEventListener('visibilitychange', this.#onVisibility);
        this.#inView = false;
        this.#update();
    }

    attributeChangedCallback() {
        this.#canvas.role = 'img';
        this.#name(this.#canvas);
        this.#stop();
        this.#update();
    }

    /** What assistive technology calls the picture. @param {Element} surface */
    #name(surface) {
        surface.ariaLabel = `live picture of ${this.getAttribute('stream') ?? ''}`;
    }

    /** @param {IntersectionObserverEntry[]} entries */
    #seen(entries) {
        this.#inView = entries[entries.length - 1].isIntersecting;
        this.#update();
    }

    #resized() {
        this.#message.classList.toggle('small', this.clientWidth <= SMALL.width || this.clientHeight <= SMALL.height);
        clearTimeout(this.#resizing);
        this.#resizing = setTimeout(() => {
            if (this.#ways && this.#width !== this.#wantedWidth()) {
                this.#stop();
                this.#update();
            }
        }, 500);
    }

    #update() {
        const wanted = this.#inView && !document.hidden && this.isConnected && this.hasAttribute('stream');
        if (wanted && !this.#ways) {
            this.#start();
        } else if (!wanted && this.#ways) {
            this.#stop();
        }
        this.#tell();
    }

    #start() {
        this.#width = this.#wantedWidth();
        this.#phase = 'connecting';
        this.#state = undefined;
        this.#ways = new Ways(this.#wish(), {
            onOpen: () => this.#opened(),
            onArrived: (seq, bytes) => this.#arrived(seq, bytes),
            onPainted: (header, at) => this.#painted(header, at),
            onMessage: (message) => this.#heard(message),
            onTrouble: (trouble, reason) => this.#lost(trouble, reason),
            onChange: () => this.#tell(),
        });
        this.clock.keep();
        this.#timer = setInterval(() => this.#tick(), 500);
    }

    #stop() {
        clearInterval(this.#timer);
        this.#ways?.close();
        this.#ways = undefined;
        this.#fresh = false;
        this.#phase = 'paused';
    }

    #opened() {
        this.#phase = 'open';
        this.#statistics.startOver();
        this.#arrivedAt = performance.now();
        this.#arrivals = 0;
        this.#interval = 0;
        this.clock.keep();
        this.#tell();
    }

    /**
     * @param {number} seq
     * @param {number} bytes
     */
    #arrived(seq, bytes) {
        const now = performance.now();
        this.#interval = this.#arrivals++ > 0 ? Math.max(now - this.#arrivedAt, FORGETTING * this.#interval) : 0;
        this.#arrivedAt = now;
        this.#statistics.arrived(seq, bytes);
    }

    /**
     * @param {Header} header
     * @param {number} at
     */
    #painted(header, at) {
        this.#header = header;
        this.#show(this.#ways?.surface ?? this.#surface);
        this.#surface.dataset.seq = String(header.seq);
        this.#statistics.shown(this.clock.now() - (performance.now() - at) - header.captureTime);
        this.dispatchEvent(new CustomEvent('picture', { detail: header }));
        if (!this.#fresh) {
            this.#fresh = true;
            this.#tell();
        }
    }

    /** Another way has a surface of its own: the last picture stays until its first is there. @param {HTMLCanvasElement | HTMLVideoElement} surface */
    #show(surface) {
        if (surface !== this.#surface) {
            const before = this.#surface;
            this.#surface = surface;
            this.#name(surface);
            this.#canvas.hidden = true;
            if (before !== this.#canvas) {
                before.remove();
            }
            surface.classList.remove('waiting');
        }
        surface.hidden = false;
    }

    /** @param {any} message */
    #heard(message) {
        if (message.type === 'state') {
            this.#state = message;
            this.#tell();
        }
    }

    /**
     * @param {import('./player/connection.js').Trouble} trouble
     * @param {string} reason
     */
    #lost(trouble, reason) {
        this.#lostAt = this.#phase === trouble ? this.#lostAt : Date.now();
        this.#phase = trouble;
        this.#reason = reason;
        this.#fresh = false;
        this.#tell();
    }

    #tick() {
        this.clock.keep();
        this.#tell();
    }

    /** @returns {Situation} */
    #ofStream() {
        if (!this.#state) {
            return CONNECTING;
        }
        const { state, since, reason } = this.#state;
        if (state === 'LIVE' && this.#silent()) {
            return { word: 'waiting', tone: 'waiting', text: `no picture since ${this.#lastPicture()}` };
        }
        return situation(state, state === 'LIVE' ? since : this.#lastSignal(since), reason);
    }

    /**
     * When the last picture was taken, which is before the state began; a slate has the capture time of that picture.
     *
     * @param {string | undefined} since
     */
    #lastSignal(since) {
        const began = since ? Date.parse(since) : Date.now();
        // Another server's page may not be told the time of a picture.
        const taken = this.#header?.captureTime || began;
        return Math.min(taken, began);
    }

    #silent() {
        const patience = this.#arrivals > 1 ? Math.max(SILENCE, 5 * this.#interval) : SILENCE_AT_FIRST;
        return performance.now() - this.#arrivedAt > patience;
    }

    #lastPicture() {
        return timeOfDay(Date.now() - (performance.now() - this.#arrivedAt));
    }

    /** Brings the element up to what is to be said, and tells the page if that has changed. */
    #tell() {
        const { word, tone, text } = this.situation;
        const fresh = this.#fresh && this.#phase === 'open';
        const slate = Boolean(this.#header?.metadata?.state);
        const blank = slate && this.#phase === 'open' && Boolean(this.#state) && !this.#state?.lastPicture;
        const telling = this.#phase !== 'paused' && (blank || !(fresh && (slate || tone === 'live')));
        for (const surface of [this.#canvas, this.#surface]) {
            surface.classList.toggle('old', telling);
            surface.classList.toggle('blank', blank);
        }
        this.#message.classList.toggle('shown', telling);
        const told = [word, text, ...this.troubles, telling, this.#ways?.name, this.#ways?.reason].join('\n');
        if (told !== this.#told) {
            this.#told = told;
            this.#word.textContent = tone === 'live' ? 'connecting…' : word;
            this.#text.textContent = text;
            this.dispatchEvent(new CustomEvent('situation', { detail: this.situation }));
        }
    }

    #server() {
        const server = this.getAttribute('server');
        return server ? new URL(server.endsWith('/') ? server : `${server}/`, document.baseURI).href : HOME;
    }

    /** @returns {import('./player/ways.js').Wish} */
    #wish() {
        return {
            base: this.#server(),
            stream: this.getAttribute('stream') ?? '',
            names: this.#names(),
            width: this.#width,
            codec: this.getAttribute('codec') ?? '',
            canvas: this.#canvas,
            stage: this.#stage,
        };
    }

    /** The ways that may be gone, the best first. */
    #names() {
        const all = /** @type {WayName[]} */ (Object.keys(WAYS));
        const listed = (this.getAttribute('transport') ?? '').toLowerCase().split(/[\s,|]+/);
        const chosen = listed.flatMap((word) => all.filter((name) => name === word));
        return chosen.length > 0 ? chosen : all;
    }

    /** The width to ask for in pixels, 0 for the stream's own. */
    #wantedWidth() {
        const width = this.getAttribute('width');
        if (width !== 'auto') {
            return Number(width) || 0;
        }
        const needed = this.clientWidth * devicePixelRatio;
        return WIDTHS.find((offered) => offered * ENLARGED >= needed) ?? 0;
    }
}

customElements.define('sightline-player', SightlinePlayer);
