// @ts-check
import { CanvasWay } from './canvas-way.js';
import { mjpeg } from './mjpeg.js';
import { ServerClock } from './server-clock.js';
import { VideoWay } from './video-way.js';
import { webSocket } from './websocket.js';

/**
 * How pictures come from the server to the screen.
 *
 * @typedef {'webrtc' | 'websocket' | 'mjpeg'} WayName
 *
 * @typedef {import('./header.js').Header} Header
 * @typedef {import('./connection.js').Trouble} Trouble
 *
 * @typedef {object} Way
 * @property {HTMLCanvasElement | HTMLVideoElement} surface where the pictures are shown; it may hold the last one after the end
 * @property {Figures} figures
 * @property {() => void} close ends it; nothing follows
 *
 * @typedef {Partial<import('./receiving.js').Figures> & {unnamed?: number, session?: string}} Figures of one way, beside
 *     those that all have; `session` is its name at the server
 *
 * @typedef {object} WayListener
 * @property {() => void} onOpen what comes now is not to be compared with what came before
 * @property {(seq: number, bytes: number) => void} onArrived a picture is here, of so many bytes where that is known
 * @property {(header: Header, at: number) => void} onPainted it is on the surface, since when by `performance.now()`
 * @property {(message: any) => void} onMessage
 * @property {(trouble: Trouble, reason: string) => void} onTrouble nothing comes until the next `onOpen`
 *
 * @typedef {object} Wish
 * @property {string} base the server's address, with a slash at its end
 * @property {string} stream its name
 * @property {WayName[]} names the ways that may be gone, the best first
 * @property {number} width of JPEGs in pixels, 0 for the stream's own
 * @property {string} codec of video, empty for the server's choice
 * @property {HTMLCanvasElement} canvas for JPEGs
 * @property {Element} stage where a video may be put, unseen until it is shown
 */

/** What the ways are called on pages. @type {Record<WayName, string>} */
export const WAYS = { webrtc: 'WebRTC', websocket: 'WebSocket', mjpeg: 'MJPEG' };

/** A way that was barred is tried again after so many milliseconds, then after twice as many, and so on. */
const AGAIN = 60_000;
const AGAIN_AT_LAST = 600_000;

/**
 * WebRTC has so many milliseconds before the next way is gone beside it, as RFC 8305 has it for addresses: where WebRTC
 * is barred, or the server has just started, there is a picture nevertheless.
 */
const HEAD_START = 250;

/** A network that has changed is given so many milliseconds to settle. */
const SETTLING = 1_000;

/** Such a trial may take so many milliseconds, a stream that gives no pictures included. */
const TRIAL = 10_000;

/** Ways that each keep a request open for as long as they last. */
const LASTING = ['webrtc', 'mjpeg'];

/** So many of those may be gone at a time: browsers open six connections to a server and keep the rest waiting. */
const PLACES = 4;

/** How many are gone from this page, by server. @type {Map<string, number>} */
const taken = new Map();

/** Ways found barred, by server and name, and when to try them again. @type {Map<string, {reason: string, pause: number, until: number}>} */
const barred = new Map();

/**
 * Plays a stream the best way there is: one that is barred gives place to the next, and is tried again later, beside the
 * one that plays. Only when its first picture is there does it take that one's place, so that nothing flickers.
 */
export class Ways {
    #wish;
    #clock;
    #listener;
    #closed = new AbortController();
    #playing;
    /** @type {Run | undefined} */
    #trial;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #headStart;
    #troubled = false;
    /** When the last picture on the screen was captured, by the server's clock. */
    #lastCapture = -Infinity;
    /** Whether the way that plays has stopped, so that the better one can catch up with it. */
    #yielded = false;

    /**
     * Begins at once.
     *
     * @param {Wish} wish
     * @param {WayListener & {onChange: () => void}} listener `onChange`: another way is gone than before
     */
    constructor(wish, listener) {
        this.#wish = wish;
        this.#clock = ServerClock.of(wish.base);
        this.#listener = listener;
        const { signal } = this.#closed;
        addEventListener('online', () => this.#tryAfter(SETTLING), { signal });
        this.#playing = this.#go(wish.names.find((name) => !this.#barred(name)) ?? wish.names[wish.names.length - 1]);
        this.#tryInTime();
        const first = this.#playing;
        this.#headStart = setTimeout(() => first === this.#playing && this.#goBeside(first), HEAD_START);
    }

    /** The way that plays, or is to play. @returns {WayName} */
    get name() {
        return this.#playing.name;
    }

    /** Where its pictures are shown. */
    get surface() {
        return this.#playing.way?.surface;
    }

    /** @returns {Figures} */
    get figures() {
        return this.#playing.way?.figures ?? {};
    }

    /** Why a better way is not gone; empty where this is the best. */
    get reason() {
        return this.#better().map((name) => `${WAYS[name]}: ${this.#barred(name)?.reason ?? this.#plan(name)}`).join('; ');
    }

    /** @param {WayName} name */
    #plan(name) {
        return this.#trial?.name === name ? 'being tried' : 'to be tried';
    }

    /** Ends it; nothing follows. */
    close() {
        this.#closed.abort();
        clearTimeout(this.#timer);
        clearTimeout(this.#headStart);
        this.#playing.close();
        this.#trial?.close();
    }

    /** @param {WayName} name */
    #go(name) {
        /** @type {Run} */
        const run = new Run(name, this.#wish.base, {
            onOpen: () => run === this.#playing && this.#opened(),
            onArrived: (seq, bytes) => run === this.#playing && this.#listener.onArrived(seq, bytes),
            onPainted: (header, at) => this.#painted(run, header, at),
            onMessage: (message) => this.#heard(run, message),
            onTrouble: (trouble, reason) => this.#lost(run, trouble, reason),
        });
        queueMicrotask(() => run.begin((listener) => this.#way(name, listener)));
        return run;
    }

    /**
     * @param {WayName} name
     * @param {WayListener} listener
     * @returns {Way}
     */
    #way(name, listener) {
        const { base, stream, width, codec, canvas, stage } = this.#wish;
        const path = `live/${encodeURIComponent(stream)}`;
        switch (name) {
            case 'webrtc': {
                const address = new URL(`${path}/whep${codec ? `?codec=${codec}` : ''}`, base).href;
                const metadata = new URL(`${path}/metadata`, base).href;
                return new VideoWay(this.#clock, { address, metadata }, stage, listener);
            }
            case 'websocket':
                return new CanvasWay(this.#clock, webSocket(base, `${path}/ws${width > 0 ? `?width=${width}` : ''}`), canvas, listener);
            default:
                return new CanvasWay(this.#clock, mjpeg(base, stream, width), canvas, listener);
        }
    }

    /** Nothing has come so far: the next way plays until something does. @param {Run} slow */
    #goBeside(slow) {
        const { names } = this.#wish;
        const next = names[names.indexOf(slow.name) + 1];
        if (slow.name === 'webrtc' && next && !this.#troubled) {
            this.#beginTrial(slow);
            this.#change(this.#go(next));
        }
    }

    #opened() {
        if (this.#troubled) {
            this.#troubled = false;
            this.#tryAfter(SETTLING); // perhaps it is another server now
        }
        this.#listener.onOpen();
    }

    /**
     * @param {Run} run
     * @param {Header} header
     * @param {number} at
     */
    #painted(run, header, at) {
        barred.delete(this.#key(run.name));
        clearTimeout(this.#headStart);
        if (run === this.#trial) {
            this.#playing.close();
            // A slate bears the time of the last picture there was: it is none the older for that.
            this.#yielded = !header.metadata?.state && header.captureTime <= this.#lastCapture;
            if (this.#yielded) {
                return; // what is on the screen is newer; the next ones will be
            }
            this.#trial = undefined;
            this.#change(run);
            this.#listener.onOpen();
            this.#listener.onMessage(run.message);
            this.#listener.onArrived(header.seq, 0);
            this.#tryInTime();
        }
        this.#lastCapture = header.captureTime;
        this.#listener.onPainted(header, at);
    }

    /**
     * @param {Run} run
     * @param {any} message
     */
    #heard(run, message) {
        run.message = message;
        if (run === this.#playing) {
            this.#listener.onMessage(message);
        }
    }

    /**
     * @param {Run} run
     * @param {Trouble} trouble
     * @param {string} reason
     */
    #lost(run, trouble, reason) {
        if (trouble === 'barred') {
            this.#bar(run.name, reason);
        }
        if (run === this.#trial) {
            this.#endTrial(trouble === 'barred');
            return;
        }
        const { names } = this.#wish;
        const next = names[names.indexOf(run.name) + 1];
        if (trouble === 'barred' && next) {
            run.close();
            this.#change(this.#go(next));
            this.#tryInTime();
        } else {
            this.#troubled = true;
            this.#listener.onTrouble(trouble, reason);
            if (trouble === 'reconnecting' && run.name === 'webrtc' && next) {
                // A server that has just started is sooner there by the simpler way; the better one is tried beside it.
                run.close();
                this.#change(this.#go(next));
            }
        }
    }

    /** @param {Run} run */
    #change(run) {
        this.#playing = run;
        this.#listener.onChange();
    }

    /* Ways that were barred */

    /** @param {WayName} name */
    #key(name) {
        return `${this.#wish.base} ${name}`;
    }

    /** @param {WayName} name */
    #barred(name) {
        return barred.get(this.#key(name));
    }

    /**
     * @param {WayName} name
     * @param {string} reason
     */
    #bar(name, reason) {
        const before = this.#barred(name);
        const pause = before ? Math.min(2 * before.pause, AGAIN_AT_LAST) : AGAIN;
        barred.set(this.#key(name), { reason, pause, until: performance.now() + pause });
    }

    /** The ways that are better than the one that plays. */
    #better() {
        const { names } = this.#wish;
        return names.slice(0, names.indexOf(this.#playing.name));
    }

    #tryInTime() {
        const pauses = this.#better().map((name) => this.#pause(name));
        if (pauses.length > 0) {
            this.#tryAfter(Math.max(SETTLING, Math.min(...pauses)));
        }
    }

    /** How long the way is not to be tried, in milliseconds. @param {WayName} name */
    #pause(name) {
        return (this.#barred(name)?.until ?? 0) - performance.now();
    }

    /** @param {number} pause in milliseconds */
    #tryAfter(pause) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#try(), pause);
    }

    #try() {
        const better = this.#better();
        const chosen = better.find((name) => this.#pause(name) <= 0) ?? better[0];
        if (chosen && !this.#trial) {
            this.#beginTrial(this.#go(chosen));
        }
    }

    /** @param {Run} trial */
    #beginTrial(trial) {
        this.#trial = trial;
        setTimeout(() => this.#trial === trial && this.#endTrial(false), TRIAL);
    }

    /** @param {boolean} known whether it is known now when to try again */
    #endTrial(known) {
        this.#trial?.close();
        this.#trial = undefined;
        if (this.#yielded) {
            this.#yielded = false;
            this.#playing = this.#go(this.#playing.name);
        }
        this.#listener.onChange();
        if (known) {
            this.#tryInTime();
        } else {
            this.#tryAfter(AGAIN);
        }
    }
}

/** A way that is gone once, from its choice to its end. */
class Run {
    /** The last message that came. @type {any} */
    message = {};
    /** @type {Way | undefined} */
    way;

    #base;
    #listener;
    #closed = false;
    #place = false;

    /**
     * @param {WayName} name
     * @param {string} base
     * @param {WayListener} listener
     */
    constructor(name, base, listener) {
        this.name = name;
        this.#base = base;
        this.#listener = listener;
    }

    /** @param {(listener: WayListener) => Way} open */
    begin(open) {
        if (this.#closed) {
            return;
        }
        const gone = taken.get(this.#base) ?? 0;
        this.#place = LASTING.includes(this.name);
        if (this.#place && gone >= PLACES) {
            this.#place = false;
            this.#listener.onTrouble('barred', `this page has ${PLACES} players that keep a request open, as many as browsers bear`);
            return;
        }
        taken.set(this.#base, gone + (this.#place ? 1 : 0));
        this.way = open(this.#listener);
    }

    close() {
        if (!this.#closed) {
            this.#closed = true;
            taken.set(this.#base, (taken.get(this.#base) ?? 0) - (this.#place ? 1 : 0));
            this.way?.close();
        }
    }
}
