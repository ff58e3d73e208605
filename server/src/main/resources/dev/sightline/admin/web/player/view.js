import { Overlay } from './overlay/overlay.js';
import { hasShapes } from './overlay/shapes.js';
import { VideoCopy } from './overlay/video-copy.js';

/** @typedef {import('./header.js').Header} Header */

/** An element that is no larger says in a word how the stream is, in pixels. */
const SMALL = { width: 240, height: 96 };

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
    .copy, .overlay { position: absolute; inset: 0; }
    .overlay { pointer-events: none; }
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
    .message button { margin-top: 8px; padding: 4px 12px; border: 1px solid; border-radius: 6px; background: none; color: inherit;
        font: inherit; cursor: pointer; }
    .message.small { max-width: 100%; padding: 2px 4px; font-size: 12px; }
    .message.small strong { max-width: 100%; overflow: hidden; overflow-wrap: normal; text-overflow: ellipsis; }
    .message.small span { display: none; }
    @media (forced-colors: active) { .message { border: 1px solid CanvasText; } }
    @media (prefers-reduced-motion: reduce) { canvas, video, .message { transition-duration: 0s; } }
`);

/** What a player shows: the picture, and over it what is to be said of the stream. */
export class View {
    /** Where a transport puts a video of its own. */
    stage = document.createElement('div');

    /** For JPEGs. */
    canvas = document.createElement('canvas');

    /** Where the picture on the screen is. @type {HTMLCanvasElement | HTMLVideoElement} */
    surface = this.canvas;

    /** For a video while boxes are drawn over it. */
    copy = new VideoCopy(this.canvas);

    #overlay;
    #name = '';
    #word = document.createElement('strong');
    #text = document.createElement('span');
    #again = document.createElement('button');
    #message = document.createElement('div');

    /**
     * @param {HTMLElement} host the element to show it in
     * @param {() => void} onAgain somebody wants to watch again
     */
    constructor(host, onAgain) {
        this.canvas.hidden = true;
        this.stage.className = 'stage';
        this.stage.append(this.canvas);
        this.#message.className = 'message';
        this.#message.setAttribute('role', 'status');
        this.#again.textContent = 'Watch again';
        this.#again.hidden = true;
        this.#again.addEventListener('click', onAgain);
        // Pages drag the picture, and would take the pointer away.
        this.#again.addEventListener('pointerdown', (event) => event.stopPropagation());
        this.#message.append(this.#word, this.#text, this.#again);
        const shadow = host.attachShadow({ mode: 'open' });
        shadow.adoptedStyleSheets = [STYLE];
        this.#overlay = new Overlay(host);
        shadow.append(this.stage, this.#overlay.canvas, this.#message);
    }

    /** How many shapes are drawn over the picture, and how many that it has are not. */
    get overlaid() {
        return { drawn: this.#overlay.drawn, leftOut: this.#overlay.leftOut };
    }

    /** Whether what was found in the picture is drawn over it. @param {boolean} on */
    set overlay(on) {
        this.#overlay.on = on;
        if (!on) {
            this.copy.end();
        }
    }

    /**
     * It is known now what was found in a picture.
     *
     * @param {Header} header of it
     * @param {boolean} current whether it is, and certainly it, the one on the screen
     */
    found({ metadata, width, height }, current) {
        if (this.#overlay.on && this.surface instanceof HTMLVideoElement && !this.copy.isSeen) {
            // Nothing is drawn over the video itself: from the next picture on there is a copy.
            if (hasShapes(metadata)) {
                this.copy.begin(this.surface);
            }
        } else if (current) {
            this.copy.bare = false;
            this.#overlay.show(metadata, { width, height });
        } else {
            this.nameless();
        }
    }

    /** It is not known which picture a video shows now; on a copy of it the one that is known may stay. */
    nameless() {
        if (!this.copy.isSeen || this.copy.bare) {
            this.#overlay.clear();
        }
    }

    /** What assistive technology calls the picture. @param {string} name */
    set name(name) {
        this.#name = name;
        this.canvas.role = 'img';
        this.canvas.ariaLabel = name;
    }

    /**
     * Shows the picture of this surface. Another transport has one of its own: the last picture stays until its first is there.
     *
     * @param {HTMLCanvasElement | HTMLVideoElement} surface
     */
    show(surface) {
        if (surface !== this.surface) {
            const before = this.surface;
            this.surface = surface;
            this.copy.end();
            surface.ariaLabel = this.#name;
            this.canvas.hidden = true;
            if (before !== this.canvas) {
                before.remove();
            }
            surface.classList.remove('waiting');
        }
        surface.hidden = false;
    }

    /** A canvas with the picture on the screen, in its own size. Where that is a video, it is copied on every call. */
    copied() {
        const { videoWidth = 0, videoHeight = 0 } = /** @type {Partial<HTMLVideoElement>} */ (this.surface);
        if (videoWidth > 0 && !this.copy.isSeen) {
            this.canvas.width = videoWidth;
            this.canvas.height = videoHeight;
            this.canvas.getContext('2d', { alpha: false })?.drawImage(this.surface, 0, 0);
        }
        return this.canvas;
    }

    /**
     * @param {boolean} telling whether what is to be said stands over the picture, which then looks old
     * @param {boolean} blank whether the picture is not to be seen
     */
    cover(telling, blank) {
        for (const surface of [this.canvas, this.surface, this.#overlay.canvas]) {
            surface.classList.toggle('old', telling);
            surface.classList.toggle('blank', blank);
        }
        this.#message.classList.toggle('shown', telling);
        this.#message.ariaHidden = telling ? null : 'true'; // it would be read out with what was said last
    }

    /**
     * @param {import('./words.js').Situation} situation
     * @param {boolean} dismissed whether it goes on only if somebody wants to watch again
     */
    say({ word, tone, text }, dismissed) {
        this.#again.hidden = !dismissed;
        this.#word.textContent = tone === 'live' ? 'connecting…' : word;
        this.#text.textContent = text;
    }

    /**
     * @param {number} width of the element, in pixels
     * @param {number} height the same
     */
    resized(width, height) {
        this.#message.classList.toggle('small', width <= SMALL.width || height <= SMALL.height);
    }
}
