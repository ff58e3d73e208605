/** So many milliseconds are one place of a chart. */
export const SLOT = 2_000;

/** So many places are a minute. */
export const SLOTS = 30;

/** What comes a little late leaves no gap: up to so many places have its value. */
const LATE = 2;

/** One value over the last minute, place by place; NaN where it is not known. */
export class LastMinute {
    /** The oldest first. @type {number[]} */
    values = Array(SLOTS).fill(NaN);

    #slot = NaN;

    /** The newest value wins its place. @param {number} now milliseconds of a clock that never jumps @param {number} value */
    add(now, value) {
        const slot = Math.floor(now / SLOT);
        const passed = Number.isNaN(this.#slot) ? 1 : Math.min(SLOTS, slot - this.#slot);
        if (passed > 0) {
            this.values = [...this.values.slice(passed), ...Array(passed - 1).fill(passed > LATE ? NaN : value), value];
            this.#slot = slot;
        } else {
            this.values = [...this.values.slice(0, -1), value];
        }
    }

    get newest() {
        return this.values[SLOTS - 1];
    }
}

/** How fast a counter rises, over the last minute. */
export class LastMinuteOf {
    minute = new LastMinute();

    #last = NaN;
    #at = NaN;

    /** @param {number} now milliseconds of a clock that never jumps @param {number} total which begins again from 0 where its stream does */
    add(now, total) {
        const risen = total - this.#last;
        const seconds = (now - this.#at) / 1_000;
        if (seconds > 0 && risen >= 0) {
            this.minute.add(now, risen / seconds);
        }
        this.#last = total;
        this.#at = now;
    }
}
