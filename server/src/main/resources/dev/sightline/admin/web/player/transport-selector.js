import { sendReport } from './latency-report.js';
import { ServerClock } from './server-clock.js';
import { LABELS, openTransport } from './transport.js';
import { RETRY, SETTLING, TransportPolicy } from './transport-policy.js';
import { TransportRun } from './transport-run.js';

/**
 * @typedef {import('./connection.js').Trouble} Trouble
 * @typedef {import('./header.js').Header} Header
 * @typedef {import('./transport.js').Figures} Figures
 * @typedef {import('./transport.js').TransportListener} TransportListener
 * @typedef {import('./transport.js').TransportName} TransportName
 * @typedef {import('./transport.js').Wish} Wish
 */

/**
 * WebRTC has so many milliseconds before the next transport starts beside it, as RFC 8305 has it for addresses: where WebRTC
 * is blocked, or the server has just started, there is a picture nevertheless.
 */
const HEAD_START = 250;

/** A transport whose pictures come late gets a successor once in so many milliseconds; twice that if that was in vain. */
const RENEWAL = 60_000;
const LONGEST_RENEWAL = 600_000;

/** A trial of a better transport may take so many milliseconds, a stream that gives no pictures included. */
const TRIAL = 10_000;

/**
 * Plays a stream by the best transport there is: one that is blocked gives place to the next, and is tried again later,
 * beside the one that plays. Only when its first picture is there does it take that one's place, so that nothing flickers. So
 * it is with the successor of one whose pictures come late.
 */
export class TransportSelector {
    #wish;
    #clock;
    #policy;
    #listener;
    #closed = new AbortController();
    #playing;
    /** @type {TransportRun | undefined} */
    #trial;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #headStart;
    #troubled = false;
    #renewedAt = -Infinity;
    #renewal = RENEWAL;
    /** When the last picture on the screen was captured, by the server's clock. */
    #lastCapture = -Infinity;
    /** Whether the transport that plays has stopped, so that the better one can catch up with it. */
    #yielded = false;

    /**
     * Begins at once.
     *
     * @param {Wish} wish
     * @param {TransportListener & {onChange: () => void}} listener `onChange`: another transport plays than before
     */
    constructor(wish, listener) {
        this.#wish = wish;
        this.#clock = ServerClock.of(wish.base);
        this.#policy = new TransportPolicy(wish.base, wish.names);
        this.#listener = listener;
        const { signal } = this.#closed;
        addEventListener('online', () => this.#tryIn(SETTLING), { signal });
        this.#playing = this.#run(this.#policy.first);
        this.#tryInTime();
        const first = this.#playing;
        this.#headStart = setTimeout(() => first === this.#playing && this.#runBeside(first), HEAD_START);
    }

    /** The transport that plays, or is to play. @returns {TransportName} */
    get name() {
        return this.#playing.name;
    }

    /** Where its pictures are shown. */
    get surface() {
        return this.#playing.transport?.surface;
    }

    /** Tells the server what was measured of its pictures. @param {import('./latency-report.js').Report | undefined} report */
    report(report) {
        const key = this.#playing.transport?.key;
        if (report && key) {
            sendReport(this.#wish.base, this.#wish.stream, key, report);
        }
    }

    /** @returns {Figures} */
    get figures() {
        return this.#playing.transport?.figures ?? {};
    }

    /** Why no better transport is used; empty where this is the best. */
    get reason() {
        return this.#policy.better(this.name).map((name) => `${LABELS[name]}: ${this.#policy.reason(name) ?? this.#plan(name)}`).join('; ');
    }

    /** @param {TransportName} name */
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
        this.#trial = undefined;
    }

    /** @param {TransportName} name */
    #run(name) {
        /** @type {TransportRun} */
        const run = new TransportRun(name, this.#wish.base, {
            onOpen: () => run === this.#playing && this.#opened(),
            onArrived: (seq, bytes) => run === this.#playing && this.#listener.onArrived(seq, bytes),
            onPainted: (header, at, current) => this.#painted(run, header, at, current),
            onNameless: () => run === this.#playing && this.#listener.onNameless?.(),
            onMessage: (message) => this.#heard(run, message),
            onLate: () => run === this.#playing && this.#renew(),
            onTrouble: (trouble, reason) => this.#lost(run, trouble, reason),
        });
        queueMicrotask(() => run.begin((listener) => openTransport(name, this.#wish, this.#clock, listener)));
        return run;
    }

    /** Nothing has come so far: the next transport plays until something does. @param {TransportRun} slow */
    #runBeside(slow) {
        const next = this.#policy.next(slow.name);
        if (slow.name === 'webrtc' && next && !this.#troubled) {
            this.#beginTrial(slow);
            this.#change(this.#run(next));
        }
    }

    #opened() {
        if (this.#troubled) {
            this.#troubled = false;
            this.#clock.doubt();
            this.#tryIn(SETTLING); // perhaps more gets through to it now
        }
        this.#listener.onOpen();
    }

    /**
     * @param {TransportRun} run
     * @param {Header} header
     * @param {number} at
     * @param {boolean} current
     */
    #painted(run, header, at, current) {
        this.#policy.unblock(run.name);
        clearTimeout(this.#headStart);
        if (run === this.#trial) {
            // A slate bears the time of the last picture there was: it is none the older for that.
            const older = !header.metadata?.state && header.captureTime <= this.#lastCapture;
            if (older && run.name === this.#playing.name) {
                return; // it is no better
            }
            this.#playing.close();
            this.#yielded = older;
            if (older) {
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
        this.#listener.onPainted(header, at, current);
    }

    /**
     * @param {TransportRun} run
     * @param {any} message
     */
    #heard(run, message) {
        run.message = message;
        if (run === this.#playing) {
            this.#listener.onMessage(message);
        }
    }

    /**
     * @param {TransportRun} run
     * @param {Trouble} trouble
     * @param {string} reason
     */
    #lost(run, trouble, reason) {
        const blocked = trouble === 'blocked';
        if (blocked) {
            this.#policy.block(run.name, reason);
        }
        if (run === this.#trial) {
            this.#endTrial(blocked);
            return;
        }
        const next = this.#policy.next(run.name);
        if (blocked && next) {
            this.#fallBack(run, next);
            this.#tryInTime();
            return;
        }
        this.#troubled = true;
        this.#listener.onTrouble(trouble, reason);
        if (trouble === 'reconnecting' && run.name === 'webrtc' && next) {
            // A server that has just started is sooner there by the simpler transport; the better one is tried beside it.
            this.#fallBack(run, next);
        }
    }

    /**
     * @param {TransportRun} run
     * @param {TransportName} next
     */
    #fallBack(run, next) {
        run.close();
        this.#change(this.#run(next));
    }

    /** @param {TransportRun} run */
    #change(run) {
        this.#playing = run;
        this.#listener.onChange();
    }

    /* Trials of a better transport */

    #tryInTime() {
        const pause = this.#policy.retryIn(this.name);
        if (pause < Infinity) {
            this.#tryIn(pause);
        }
    }

    /** @param {number} pause in milliseconds */
    #tryIn(pause) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#try(), pause);
    }

    #try() {
        const better = this.#policy.candidate(this.name);
        if (better && !this.#trial) {
            this.#beginTrial(this.#run(better));
        }
    }

    /** Another one of the same kind takes the place of the one that plays, as soon as its first picture is there. */
    #renew() {
        const passed = performance.now() - this.#renewedAt;
        if (!this.#trial && passed > this.#renewal) {
            this.#renewal = passed < 2 * this.#renewal ? Math.min(2 * this.#renewal, LONGEST_RENEWAL) : RENEWAL;
            this.#renewedAt = performance.now();
            this.#beginTrial(this.#run(this.name));
        }
    }

    /** @param {TransportRun} trial */
    #beginTrial(trial) {
        this.#trial = trial;
        setTimeout(() => this.#trial === trial && this.#endTrial(false), TRIAL);
    }

    /** @param {boolean} planned whether the policy knows now when to try again */
    #endTrial(planned) {
        this.#trial?.close();
        this.#trial = undefined;
        if (this.#yielded) {
            this.#yielded = false;
            this.#playing = this.#run(this.name);
        }
        this.#listener.onChange();
        if (planned) {
            this.#tryInTime();
        } else {
            this.#tryIn(RETRY);
        }
    }
}
