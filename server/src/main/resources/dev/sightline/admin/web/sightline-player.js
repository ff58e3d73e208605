// @ts-check
import { Connection } from './player/connection.js';
import { Painter } from './player/painter.js';
import { ServerClock } from './player/server-clock.js';
import { Statistics } from './player/statistics.js';
import { NAME as TRANSPORT } from './player/websocket.js';
import { situation, timeOfDay } from './player/words.js';

/**
 * @typedef {import('./player/words.js').Situation} Situation
 * @typedef {import('./player/words.js').State} State
 * @typedef {import('./player/websocket.js').Header} Header
 */

/** The server this module came from: it lies in a folder of its own there. */
const HOME = new URL('..', import.meta.url).href;

/** Widths a narrow picture may have, in pixels; the server knows others, but every one more is encoded once more. */
const WIDTHS = [320, 640, 1280];

/** A picture may be enlarged so much before the next width is chosen. */
const ENLARGED = 1.25;

/** Without a picture for so many milliseconds, or five intervals, a live picture no longer looks live. */
const SILENCE = 2_000;

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
    :host { display: block; position: relative; overflow: hidden; aspect-ratio: 16 / 9; contain: content;
        background: #0a0b0d; color: #eceef1; font: 500 14px/20px system-ui, sans-serif; }
    :host([hidden]) { display: none; }
    canvas { display: block; width: 100%; height: 100%; object-fit: contain; transition: filter 200ms, opacity 200ms; }
    canvas[hidden] { display: none; }
    .old { filter: grayscale(1); opacity: 0.3; }
    .message { position: absolute; inset: 0; display: grid; place-content: center; padding: 16px; text-align: center;
        overflow-wrap: anywhere; font-variant-numeric: tabular-nums; opacity: 0; transition: opacity 200ms; }
    .message.shown { opacity: 1; transition-delay: 300ms; }
    .message span { opacity: 0.75; font-weight: 400; }
    .message span:empty { display: none; }
    @media (prefers-reduced-motion: reduce) { canvas, .message { transition-duration: 0s; } }
`);

/**
 * Plays a live stream: `<sightline-player stream="cam"></sightline-player>`, on any page that loads this module from the
 * server.
 *
 * Attributes: `stream`, its name; `width`, for narrower pictures: a number of pixels, or `auto` for what the element needs
 * on this screen; `server`, another server's address. The element is 16:9 unless the page says otherwise, the picture as
 * large as it fits in, so that nothing moves when pictures come or change their size.
 *
 * Nothing is fetched while the element is scrolled out of view or its tab is hidden.
 *
 * Events: `picture` after each painted picture, its header as `detail`; `situation` when what is to be said of the stream
 * has changed.
 */
export class SightlinePlayer extends HTMLElement {
    static observedAttributes = ['stream', 'server', 'width'];

    #canvas = document.createElement('canvas');
    #word = document.createElement('strong');
    #text = document.createElement('span');
    #message = document.createElement('div');
    #painter = new Painter(this.#canvas, (header) => this.#painted(header));
    #statistics = new Statistics();
    #view = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: '100px' });
    #size = new ResizeObserver(() => this.#resized());
    #onVisibility = () => this.#update();

    #inView = false;
    #width = 0;
    /** @type {Connection | undefined} */
    #connection;
    /** @type {'paused' | 'connecting' | 'open' | import('./player/connection.js').Trouble} */
    #phase = 'paused';
    #reason = '';
    #lostAt = 0;
    /** @type {{state: State, since?: string, reason?: string} | undefined} */
    #state;
    /** @type {Header | undefined} */
    #header;
    #fresh = false;
    #arrivedAt = 0;
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
        shadow.append(this.#canvas, this.#message);
    }

    /** The number of the picture on the screen; 0 before the first. */
    get seq() {
        return this.#header?.seq ?? 0;
    }

    /** The header of the picture on the screen. */
    get header() {
        return this.#header;
    }

    /** Where the picture is painted, in its own size; `data-seq` is its number. */
    get canvas() {
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
            case 'reconnecting':
                return { word: 'reconnecting…', tone: 'trouble', text: `no connection since ${timeOfDay(this.#lostAt)}` };
            case 'missing':
                return { word: 'unknown', tone: 'trouble', text: this.#reason || 'there is no such stream' };
            case 'refused':
                return { word: 'refused', tone: 'trouble', text: this.#reason || 'it cannot be watched here' };
            case 'over':
                return situation('ENDED', this.#state?.since ?? this.#lostAt, this.#reason);
            default:
                return this.#ofStream();
        }
    }

    /** Whether the element says so itself, over the picture, rather than leaving it to the picture and the page. */
    get telling() {
        return this.#message.classList.contains('shown');
    }

    /** Figures for people who want to know more. */
    get statistics() {
        const { fps, age, received, painted, missed, bytesPerPicture, bitsPerSecond } = this.#statistics;
        const { width = 0, height = 0, seq = 0 } = this.#header ?? {};
        return {
            seq,
            width,
            height,
            fps,
            /** From capture to the screen, in milliseconds. */
            age,
            /** How far the age may be wrong, in milliseconds. */
            ageUncertainty: this.clock.uncertainty,
            received,
            painted,
            missed,
            dropped: this.#painter.dropped,
            bytesPerPicture,
            bitsPerSecond,
            transport: TRANSPORT,
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
        this.#canvas.ariaLabel = `live picture of ${this.getAttribute('stream') ?? ''}`;
        this.#canvas.role = 'img';
        this.#stop();
        this.#update();
    }

    /** @param {IntersectionObserverEntry[]} entries */
    #seen(entries) {
        this.#inView = entries[entries.length - 1].isIntersecting;
        this.#update();
    }

    #resized() {
        clearTimeout(this.#resizing);
        this.#resizing = setTimeout(() => {
            if (this.#connection && this.#width !== this.#wantedWidth()) {
                this.#stop();
                this.#update();
            }
        }, 500);
    }

    #update() {
        const wanted = this.#inView && !document.hidden && this.isConnected && this.hasAttribute('stream');
        if (wanted && !this.#connection) {
            this.#start();
        } else if (!wanted && this.#connection) {
            this.#stop();
        }
        this.#tell();
    }

    #start() {
        this.#width = this.#wantedWidth();
        this.#phase = 'connecting';
        this.#state = undefined;
        this.#connection = new Connection(this.#server(), this.#path(), {
            onOpen: () => this.#opened(),
            onPicture: (header, picture) => this.#arrived(header, picture),
            onMessage: (message) => this.#heard(message),
            onTrouble: (trouble, reason) => this.#lost(trouble, reason),
        });
        this.clock.keep();
        this.#timer = setInterval(() => this.#tick(), 500);
    }

    #stop() {
        clearInterval(this.#timer);
        this.#connection?.close();
        this.#connection = undefined;
        this.#painter.startOver();
        this.#fresh = false;
        this.#phase = 'paused';
    }

    #opened() {
        this.#phase = 'open';
        this.#painter.startOver();
        this.#statistics.startOver();
        this.#arrivedAt = performance.now();
        this.#interval = 0;
        this.clock.keep();
        this.#tell();
    }

    /**
     * @param {Header} header
     * @param {Uint8Array<ArrayBuffer>} picture
     */
    #arrived(header, picture) {
        const now = performance.now();
        this.#interval = now - this.#arrivedAt;
        this.#arrivedAt = now;
        this.#statistics.arrived(header.seq, picture.byteLength);
        this.#painter.offer(header, new Blob([picture], { type: 'image/jpeg' }));
    }

    /** @param {Header} header */
    #painted(header) {
        this.#header = header;
        this.#canvas.hidden = false;
        this.#canvas.dataset.seq = String(header.seq);
        this.#statistics.shown(this.clock.now() - header.captureTime);
        this.dispatchEvent(new CustomEvent('picture', { detail: header }));
        if (!this.#fresh) {
            this.#fresh = true;
            this.#tell();
        }
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
        this.#painter.startOver();
        this.#tell();
    }

    #tick() {
        this.clock.keep();
        this.#tell();
    }

    /** @returns {Situation} */
    #ofStream() {
        if (!this.#state) {
            return { word: 'connecting…', tone: 'waiting', text: '' };
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
        return this.#header ? Math.min(this.#header.captureTime, began) : began;
    }

    #silent() {
        return performance.now() - this.#arrivedAt > Math.max(SILENCE, 5 * this.#interval);
    }

    #lastPicture() {
        return timeOfDay(Date.now() - (performance.now() - this.#arrivedAt));
    }

    /** Brings the element up to what is to be said, and tells the page if that has changed. */
    #tell() {
        const { word, tone, text } = this.situation;
        const fresh = this.#fresh && this.#phase === 'open';
        const slate = Boolean(this.#header?.metadata?.state);
        const telling = this.#phase !== 'paused' && !(fresh && (slate || tone === 'live'));
        this.#canvas.classList.toggle('old', telling);
        this.#message.classList.toggle('shown', telling);
        const told = `${word}\n${text}\n${telling}`;
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

    #path() {
        const path = `live/${encodeURIComponent(this.getAttribute('stream') ?? '')}/ws`;
        return this.#width > 0 ? `${path}?width=${this.#width}` : path;
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
