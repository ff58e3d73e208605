import { away, situation, timeOfDay, troubles } from './words.js';

/**
 * @typedef {import('./connection.js').Trouble} Trouble
 * @typedef {import('./header.js').Header} Header
 * @typedef {import('./words.js').Situation} Situation
 *
 * @typedef {object} StreamState what the server says of the stream
 * @property {import('./words.js').State} state
 * @property {string} [since]
 * @property {string} [reason]
 * @property {string} [lastPicture]
 * @property {import('./words.js').Step[]} [processors]
 */

/** Without a picture for so many milliseconds, or five intervals, a live picture no longer looks live. */
const SILENCE = 2_000;

/** The same before a second picture has come: the source may be a slow one. */
const SILENCE_AT_FIRST = 10_000;

/** The interval is the middle one of so many, so that a freeze does not make the source look slow. */
const INTERVALS = 9;

/** @type {Situation} */
const CONNECTING = { word: 'connecting…', tone: 'waiting', text: '' };

/** Knows what is to be said of a stream that is played, from what comes of it and what the server says. */
export class PlaybackStatus {
    /** Of the picture on the screen. @type {Header | undefined} */
    header;

    #now;
    #date;
    /** @type {'paused' | 'connecting' | 'open' | Trouble} */
    #phase = 'paused';
    #reason = '';
    #lostAt = 0;
    /** @type {StreamState | undefined} */
    #state;
    /** Whether a picture of this connection is on the screen. */
    #fresh = false;
    #arrivedAt = 0;
    /** @type {number[]} */
    #intervals = [];
    #arrivals = 0;

    /**
     * @param {() => number} [now] milliseconds, of a clock that never jumps
     * @param {() => number} [date] milliseconds since the Unix epoch
     */
    constructor(now = () => performance.now(), date = () => Date.now()) {
        this.#now = now;
        this.#date = date;
    }

    start() {
        this.#phase = 'connecting';
        this.#state = undefined;
    }

    stop() {
        this.#phase = 'paused';
        this.#fresh = false;
    }

    opened() {
        this.#phase = 'open';
        this.#arrivedAt = this.#now();
        this.#arrivals = 0;
        this.#intervals = [];
    }

    /** A picture is here. */
    arrived() {
        const now = this.#now();
        if (this.#arrivals++ > 0) {
            this.#intervals = [...this.#intervals, now - this.#arrivedAt].slice(-INTERVALS);
        }
        this.#arrivedAt = now;
    }

    /** A picture is on the screen. @param {Header} header @returns whether it is the first of its connection */
    painted(header) {
        this.header = header;
        const first = !this.#fresh;
        this.#fresh = true;
        return first;
    }

    /** @param {StreamState} state */
    heard(state) {
        this.#state = state;
    }

    /**
     * @param {Trouble} trouble
     * @param {string} reason
     */
    lost(trouble, reason) {
        this.#lostAt = this.#phase === trouble ? this.#lostAt : this.#date();
        this.#phase = trouble;
        this.#reason = reason;
        this.#fresh = false;
    }

    /** Whether the server's operator has ended it, so that people are to ask for it again. */
    get dismissed() {
        return this.#phase === 'disconnected';
    }

    /** What is to be said now. @returns {Situation} */
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
            case 'blocked':
                return { word: 'blocked', tone: 'trouble', text: this.#reason };
            case 'refused':
                return { word: 'refused', tone: 'trouble', text: this.#reason || 'it cannot be watched here' };
            case 'disconnected':
                return { word: 'disconnected', tone: 'trouble', text: this.#reason };
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

    /** Whether the picture on the screen must not be seen: a slate, though the stream has never had a picture. */
    get blank() {
        return this.#slate && this.#phase === 'open' && Boolean(this.#state) && !this.#state?.lastPicture;
    }

    /** Whether the picture by itself would mislead, so that the situation is to be told over it. */
    get telling() {
        const told = this.#slate || this.situation.tone === 'live';
        return this.#phase !== 'paused' && (this.blank || !(this.#fresh && this.#phase === 'open' && told));
    }

    /** Whether the picture on the screen is the server's, which says itself how the stream is. */
    get #slate() {
        return Boolean(this.header?.metadata?.state);
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
        const began = since ? Date.parse(since) : this.#date();
        // Another server's page may not be told the time of a picture.
        const taken = this.header?.captureTime || began;
        return Math.min(taken, began);
    }

    #silent() {
        const patience = this.#arrivals > 1 ? Math.max(SILENCE, 5 * this.#interval()) : SILENCE_AT_FIRST;
        return this.#now() - this.#arrivedAt > patience;
    }

    /** The greater one of two. */
    #interval() {
        return [...this.#intervals].sort((one, other) => one - other)[this.#intervals.length >> 1];
    }

    #lastPicture() {
        return timeOfDay(this.#date() - (this.#now() - this.#arrivedAt));
    }
}
