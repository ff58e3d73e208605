/**
 * What the server says of a picture, before or after the picture itself is here.
 *
 * @typedef {object} Identity
 * @property {number} seq
 * @property {number} captureTime
 * @property {number} rtpTimestamp
 * @property {Record<string, any>} metadata
 * @property {{source: number, pipeline: number}} [times]
 * @property {import('./encode-times.js').Told[]} [encoded] how long encoders took for earlier pictures
 *
 * @typedef {object} Shown a picture on the screen
 * @property {number | undefined} rtpTimestamp nothing where the browser does not say
 * @property {number} width
 * @property {number} height
 * @property {number} at when, by `performance.now()`; of one that is held, when it could have been there
 * @property {number} [arrivedAt] when its last packet was here, by `performance.now()`
 * @property {boolean} exact whether it is certain that this one is seen now, and not the one after it
 * @property {Held} [held] what shows it; without that it is on the screen already
 *
 * @typedef {Pick<import('./overlay/held-picture.js').HeldPicture, 'show' | 'drop'>} Held
 */

/** So many identities are kept for pictures that are still to come: more than any browser holds back. */
const KEPT = 256;

/** So many pictures may wait for their identities. */
const WAITING = 8;

/** A picture is held for so many milliseconds at most: as long as TCP takes to repair what was lost twice in a row. */
const PATIENCE = 1_000;

/** Where the rendition changes, pictures that were seen already come again, by so many ticks later at most. */
const TICKS_LATER = 4;

/** A browser may round a timestamp down by so many ticks. */
const TICKS_EARLIER = 1;

/** Brings pictures and what is known of them together, by the RTP timestamp that both bear; in order, each at most once. */
export class Identities {
    /** Pictures shown whose identity never came. */
    unnamed = 0;

    #onPicture;
    #onNameless;
    /** @type {Map<number, Identity>} */
    #known = new Map();
    /** @type {Identity | undefined} */
    #newest;
    /** @type {Shown[]} */
    #waiting = [];
    /** The picture shown last. @type {Shown | undefined} */
    #latest;
    /** The timestamp of the identity matched last. @type {number | undefined} */
    #last;
    /** Whether identities come so late that no picture is held for them. */
    #late = false;

    /**
     * @param {(identity: Identity, shown: Shown, current: boolean) => void} onPicture `current`: this picture, and certainly
     *     this one, is the one on the screen now
     * @param {() => void} [onNameless] the picture on the screen has no identity, or none yet
     */
    constructor(onPicture, onNameless = () => {}) {
        this.#onPicture = onPicture;
        this.#onNameless = onNameless;
    }

    /** Since when a picture has waited for its identity, by `performance.now()`; infinite while none waits. */
    get waitingSince() {
        return this.#waiting[0]?.at ?? Infinity;
    }

    /** @param {Identity} identity */
    add(identity) {
        this.#newest = identity;
        this.#known.set(identity.rtpTimestamp, identity);
        if (this.#known.size > KEPT) {
            this.#known.delete(/** @type {number} */ (this.#known.keys().next().value));
        }
        this.#match();
    }

    /** @param {Shown} shown */
    shown(shown) {
        this.look(shown.at);
        this.#latest = shown;
        if (shown.rtpTimestamp === undefined) {
            this.#guess(shown);
            return;
        }
        if (this.#isLast(shown.rtpTimestamp)) {
            shown.held?.drop();
            return;
        }
        this.#waiting.push(shown);
        this.#match();
        if (this.#waiting.includes(shown) && (this.#late || !shown.held)) {
            this.#showBare(shown);
        }
        if (this.#waiting.length > WAITING) {
            // Of those that are held the oldest is the next to be known.
            this.#giveUp(this.#waiting[0].held ? WAITING - 1 : 0, 1);
        }
    }

    /** What was held for too long is seen without an identity. @param {number} now by `performance.now()` */
    look(now) {
        const held = this.#waiting.find((each) => each.held);
        if (held && now - held.at > PATIENCE) {
            this.#late = true;
            this.#giveUp(0, this.#waiting.length - 1);
            this.#showBare(this.#waiting[0]);
        }
    }

    /** Its identity may still come. @param {Shown} shown */
    #showBare(shown) {
        shown.held?.show(false);
        shown.held = undefined;
        this.#onNameless();
    }

    /**
     * @param {number} from
     * @param {number} count
     */
    #giveUp(from, count) {
        this.#waiting.splice(from, count).forEach(({ held }) => held?.drop());
        this.unnamed += count;
    }

    /** Identities come in order: a picture before one that is known gets none any more. */
    #match() {
        for (let i = 0; i < this.#waiting.length; i++) {
            const shown = this.#waiting[i];
            const identity = this.#find(/** @type {number} */ (shown.rtpTimestamp));
            if (identity) {
                this.#last = identity.rtpTimestamp;
                this.#giveUp(0, i);
                this.#waiting.shift();
                this.#known.delete(identity.rtpTimestamp);
                this.#name(identity, shown);
                i = -1;
            }
        }
    }

    /**
     * @param {Identity} identity
     * @param {Shown} shown
     */
    #name(identity, shown) {
        this.#late = /** @type {Shown} */ (this.#latest).at - shown.at > PATIENCE;
        if (shown.held) {
            const at = shown.held.show(true);
            this.#onPicture(identity, { ...shown, at: at ?? shown.at }, at !== undefined);
        } else {
            this.#onPicture(identity, shown, shown.exact && shown === this.#latest);
        }
    }

    /** Whether it is the picture matched last that has come again. @param {number} rtpTimestamp */
    #isLast(rtpTimestamp) {
        return this.#last !== undefined && (rtpTimestamp - this.#last + TICKS_EARLIER) >>> 0 <= TICKS_EARLIER + TICKS_LATER;
    }

    /** @param {number} rtpTimestamp */
    #find(rtpTimestamp) {
        for (let later = 0; later <= TICKS_LATER; later++) {
            const identity = this.#known.get((rtpTimestamp - later) >>> 0);
            if (identity) {
                return identity;
            }
        }
        return this.#known.get((rtpTimestamp + TICKS_EARLIER) >>> 0);
    }

    /** Without a timestamp, the newest is the best there is. @param {Shown} shown */
    #guess(shown) {
        const identity = this.#newest;
        this.#newest = undefined;
        if (identity) {
            this.#onPicture(identity, shown, false);
        } else {
            this.unnamed++;
            this.#onNameless();
        }
    }
}
