import { pause } from './server-clock.js';

/**
 * Why nothing comes at present: `reconnecting` (the connection is lost), `blocked` (the server answers, but nothing gets
 * through by this transport; another may do), `missing` (there is no such stream), `refused` (it is not to be watched like
 * this, or not by one more), `taken` (another one publishes under that name), `over` (the stream has ended), `disconnected`
 * (the server's operator has ended it: whether to come back is for people to decide).
 *
 * @typedef {'reconnecting' | 'blocked' | 'missing' | 'refused' | 'taken' | 'over' | 'disconnected'} Trouble
 *
 * @typedef {object} Ending how an attempt ended
 * @property {Trouble} trouble
 * @property {string} reason for people; empty where there is nothing to add
 */

/**
 * What an attempt tells while it lasts.
 *
 * @template Channel
 * @template Picture
 * @typedef {object} Receiver
 * @property {(channel: Channel) => void} onOpen it is open; what comes now is not to be compared with what came before
 * @property {(header: import('./header.js').Header, picture: Picture) => void} onPicture
 * @property {() => void} [onNameless] a picture is on the screen of which nothing is known, or not yet
 * @property {(message: any) => void} onMessage
 * @property {() => void} [onLate] pictures come later than they need to: another session may be faster; said again and again
 */

/**
 * @template Channel
 * @template Picture
 * @typedef {Receiver<Channel, Picture> & {onTrouble: (trouble: Trouble, reason: string) => void}} Listener nothing comes
 *     between `onTrouble` and the next `onOpen`
 */

/**
 * Plays from one opening to its end, or until the signal ends it: nothing is received afterwards. Never fails.
 *
 * @template Channel
 * @template Picture
 * @typedef {(receiver: Receiver<Channel, Picture>, signal: AbortSignal) => Promise<Ending>} Attempt
 */

/** Pauses before the next attempt, in milliseconds; a lost connection is tried sooner, see below. @type {Partial<Record<Trouble, number>>} */
const PAUSES = { over: 2_000, missing: 2_000, refused: 5_000, taken: 1_000 };

/** The longest pause after a lost connection, in milliseconds. */
const LONGEST_PAUSE = 1_000;

/** After so many milliseconds of silence the server is asked whether it is still there. */
const SILENCE = 4_000;

/** An attempt that has not opened after so many milliseconds is given up. */
const OPENING = 2_700;

/** So many attempts in a row that brought nothing are enough to give a transport up; of those that hang, one. */
const ENOUGH = 2;

/**
 * Keeps a stream coming until it is closed: makes an attempt, and another one whenever that has ended, unless the operator
 * ended it.
 *
 * A server that is away is asked over HTTP, once for the whole page, and connections are opened when it answers: browsers
 * hold back WebSockets to a server whose WebSockets failed, for up to 5 s.
 *
 * @template Channel
 * @template Picture
 */
export class Connection {
    #clock;
    #attempt;
    #listener;
    #closed = false;
    #ender = new AbortController();
    #failures = 0;
    #vain = 0;
    #begunAt = 0;
    #heardAt = 0;
    #opened = false;
    #heard = false;

    /**
     * Opens at once.
     *
     * @param {import('./server-clock.js').ServerClock} clock of the server
     * @param {Attempt<Channel, Picture>} attempt
     * @param {Listener<Channel, Picture>} listener
     */
    constructor(clock, attempt, listener) {
        this.#clock = clock;
        this.#attempt = attempt;
        this.#listener = listener;
        this.#run();
    }

    /** Ends it; nothing follows. */
    close() {
        this.#closed = true;
        this.#ender.abort();
    }

    async #run() {
        while (!this.#closed) {
            const { trouble, reason } = await this.#judge(await this.#play());
            if (this.#closed) {
                return;
            }
            this.#listener.onTrouble(trouble, reason); // which may close it
            this.#closed ||= trouble === 'disconnected';
            if (!this.#closed) {
                await pause(pauseAfter(trouble, this.#failures));
            }
            this.#failures = trouble in PAUSES ? 0 : this.#failures + 1;
            if (!this.#closed) {
                await this.#clock.answer();
            }
        }
    }

    async #play() {
        this.#ender = new AbortController();
        this.#opened = this.#heard = false;
        this.#begunAt = performance.now();
        const watch = setInterval(() => this.#watch(), 250);
        try {
            return await this.#attempt(this.#receiver(), this.#ender.signal);
        } finally {
            clearInterval(watch);
        }
    }

    /**
     * A transport is blocked only if the server answers otherwise.
     *
     * @param {Ending} ending
     * @returns {Promise<Ending>}
     */
    async #judge({ trouble, reason }) {
        const hung = performance.now() - this.#begunAt > OPENING;
        this.#vain = this.#heard ? 0 : this.#vain + (hung ? ENOUGH : 1);
        const gaveUp = trouble === 'reconnecting' && this.#vain >= ENOUGH;
        const doubtful = trouble === 'reconnecting' && !this.#heard;
        if (!this.#closed && doubtful && (await this.#clock.isClosedToThisPage())) {
            return { trouble: 'refused', reason: `this page’s origin ${self.origin} is not in the server’s allowed-origins` };
        }
        if (this.#closed || !(trouble === 'blocked' || gaveUp)) {
            return { trouble, reason };
        }
        const there = await this.#clock.isThere();
        return { trouble: there ? 'blocked' : 'reconnecting', reason: there ? reason || 'nothing gets through, though the server answers' : '' };
    }

    /** @returns {Receiver<Channel, Picture>} */
    #receiver() {
        return {
            onOpen: (channel) => {
                this.#opened = true;
                this.#heardAt = performance.now();
                this.#listener.onOpen(channel);
            },
            onPicture: (header, picture) => {
                this.#hear();
                this.#failures = 0;
                this.#listener.onPicture(header, picture);
            },
            onMessage: (message) => {
                this.#hear();
                this.#listener.onMessage(message);
            },
            onNameless: () => this.#listener.onNameless?.(),
            onLate: () => this.#listener.onLate?.(),
        };
    }

    #hear() {
        this.#heard = true;
        this.#heardAt = performance.now();
    }

    /** A connection whose other end has vanished says nothing for minutes; so ask, where it is silent. */
    async #watch() {
        const ender = this.#ender;
        const now = performance.now();
        if (!this.#opened) {
            if (now - this.#begunAt > OPENING) {
                ender.abort();
            }
        } else if (now - this.#heardAt > SILENCE) {
            this.#heardAt = now;
            if (!(await this.#clock.isThere())) {
                ender.abort();
            }
        }
    }
}

/**
 * How long to wait before the next attempt, in milliseconds; players that lost the same server do not all come at once.
 *
 * @param {Trouble} trouble
 * @param {number} failures how many connections were lost in a row before this one
 * @param {number} [random] from 0 to 1
 */
export function pauseAfter(trouble, failures, random = Math.random()) {
    const longest = Math.min(100 * 2 ** failures, LONGEST_PAUSE);
    return PAUSES[trouble] ?? longest * (0.5 + 0.5 * random);
}
