/** No connection after so many milliseconds, or no picture where the server has some: WebRTC is blocked. */
export const PATIENCE = 2_300;

/**
 * The same for who watches where it has played before: a server that has just started is slow, and meanwhile there is
 * another transport. Who sends has to leave this one for good to use another.
 */
export const PATIENCE_AGAIN = 800;

/** A picture that the server told of so many milliseconds ago should be here. */
const LATE = 1_500;

/** A picture that the server told of so many milliseconds ago, but no packet of it came: perhaps another network is up. */
const OWED = 500;

/** The same for who sends, and hears from the server once a second at least. */
const UNHEARD = 1_500;

/** The server tells of pictures, and none is shown for so many milliseconds: what comes cannot be shown. */
const STARVED = 4_000;

/** ICE is restarted once in so many milliseconds. */
const RESTARTS = 1_000;

/** A connection that brings nothing for so many milliseconds is lost. */
const SILENCE = 2_000;

/**
 * What a WebRTC session is to do: `wait`; `restart` ICE, since packets stay away; it is `lost`; it has `failed` and never
 * played, perhaps because something blocks it; it has played and is `starved`: packets come and no picture, as where large
 * ones are lost; or it stays `anonymous`, for nothing says which picture is which.
 *
 * @typedef {'wait' | 'restart' | 'lost' | 'failed' | 'starved' | 'anonymous'} Verdict
 *
 * @typedef {object} Surroundings
 * @property {boolean} visible whether the page can be seen: browsers show nothing in one that cannot
 * @property {boolean} answered whether the server has answered the offer
 * @property {boolean} closed whether the server has said goodbye
 * @property {number} waitingSince since when a picture has waited for its identity; infinite while none waits
 */

/** Judges by what comes, and when, how a WebRTC session is. */
export class SessionHealth {
    #sends;
    #patience;
    #now;
    #begunAt;
    #firstIdentityAt = Infinity;
    #anonymous = false;
    #shown = 0;
    #named = 0;
    #packets = 0;
    #packetAt = Infinity;
    #arrived = 0;
    #heardAt = Infinity;
    #owedAt = Infinity;
    #unseenAt = Infinity;
    #toldAt = -Infinity;
    #brokenAt = Infinity;
    #restartedAt = -Infinity;

    /**
     * @param {boolean} sends whether something is sent too
     * @param {number} patience for the first picture, in milliseconds
     * @param {() => number} [now] milliseconds, as of `performance.now()`
     */
    constructor(sends, patience, now = () => performance.now()) {
        this.#sends = sends;
        this.#patience = patience;
        this.#now = now;
        this.#begunAt = now();
    }

    /** Whether it has ever been connected. */
    get connected() {
        return this.#packetAt !== Infinity;
    }

    /** Whether a picture has been shown, and known. */
    get played() {
        return this.#named > 0;
    }

    /** @param {boolean} connected whether the connection stands now */
    changed(connected) {
        const now = this.#now();
        if (connected && !this.connected) {
            this.#packetAt = this.#heardAt = now;
        }
        this.#brokenAt = this.connected && !connected ? Math.min(this.#brokenAt, now) : Infinity;
    }

    /** The server has told of a picture. */
    told() {
        const now = this.#now();
        this.#firstIdentityAt = Math.min(now, this.#firstIdentityAt);
        this.#owedAt = Math.min(now, this.#owedAt);
        this.#unseenAt = Math.min(now, this.#unseenAt);
        this.#toldAt = now;
    }

    /** Nothing will be told any more. */
    untold() {
        this.#anonymous = true;
    }

    /** A picture is on the screen. */
    shown() {
        this.#shown++;
        this.#unseenAt = Infinity;
    }

    /** It is known which picture that is. */
    named() {
        this.#named++;
    }

    /** @param {{packets: number, arrived: number}} counts packets of the video, and of any kind, so far */
    counted({ packets, arrived }) {
        const now = this.#now();
        if (packets !== this.#packets) {
            this.#packets = packets;
            this.#packetAt = now;
            this.#owedAt = Infinity;
        }
        if (arrived !== this.#arrived) {
            this.#arrived = arrived;
            this.#heardAt = now;
        }
    }

    /** @param {Surroundings} surroundings @returns {Verdict} */
    verdict({ visible, answered, closed, waitingSince }) {
        const now = this.#now();
        const overdue = now - this.#begunAt > this.#patience;
        if (overdue && (!this.connected || (visible && this.#dark(now)))) {
            return 'failed';
        }
        if (this.#anonymous && answered) {
            return 'anonymous'; // where the server refuses the offer, it says more
        }
        const toldOnly = this.connected && now - this.#owedAt > SILENCE;
        if (toldOnly || now - waitingSince > SILENCE || closed || now - this.#brokenAt > SILENCE) {
            return 'lost';
        }
        if (!visible) {
            this.#unseenAt = Infinity;
        } else if (this.played && now - this.#unseenAt > STARVED && now - this.#toldAt < SILENCE) {
            return 'starved';
        }
        return now - this.#owedAt > OWED || (this.#sends && now - this.#heardAt > UNHEARD) ? 'restart' : 'wait';
    }

    /** Whether ICE may be restarted now, which then counts as done. */
    mayRestart() {
        const now = this.#now();
        const may = this.connected && now - this.#restartedAt >= RESTARTS;
        this.#restartedAt = may ? now : this.#restartedAt;
        return may;
    }

    /** What is wanting though there is a connection, for people. */
    get want() {
        if (this.#shown > 0) {
            return 'pictures came, but nothing said which they are';
        }
        if (this.#packets > 0) {
            return 'packets came, but no picture';
        }
        return this.#sends ? 'connected, but nothing came back' : 'connected, but no packet came';
    }

    /** Whether there is no picture yet, or none that is known, though there should be. @param {number} now */
    #dark(now) {
        return this.#named === 0 && (this.#shown > 0 || now - this.#firstIdentityAt > LATE || this.#sends);
    }
}
