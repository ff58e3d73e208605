import { same } from './steps.js';

/** @typedef {import('./steps.js').Step} Step */

/** Turns of one knob that follow each other within so many milliseconds are one edit. */
const TOGETHER = 1_000;

/** So many edits can be undone. */
const MOST = 100;

/** What the steps were before each edit. */
export class History {
    /** @type {{steps: Step[], label: string, knob: string, at: number}[]} */
    #entries = [];
    #now;

    /** @param {() => number} now milliseconds of a clock that never jumps */
    constructor(now) {
        this.#now = now;
    }

    /**
     * Notes an edit.
     *
     * @param {Step[]} steps as they were before it
     * @param {string} label what it does, in words
     * @param {string} [knob] what was turned; empty for an edit that stands for itself
     * @returns {boolean} whether it is an edit of its own
     */
    note(steps, label, knob = '') {
        const last = this.#entries.at(-1);
        const at = this.#now();
        if (last && knob && last.knob === knob && at - last.at < TOGETHER) {
            last.at = at;
            return false;
        }
        this.#entries = [...this.#entries.slice(1 - MOST), { steps, label, knob, at }];
        return true;
    }

    /** What the next undo takes back, in words; empty if there is nothing. */
    get label() {
        return this.#entries.at(-1)?.label ?? '';
    }

    /** The steps before the last edit, which is forgotten. @returns {Step[] | undefined} */
    undo() {
        return this.#entries.pop()?.steps;
    }

    /** Forgets the last edits that came to nothing. @param {Step[]} steps as they are now */
    trim(steps) {
        while (this.#entries.length > 0 && same(this.#entries[this.#entries.length - 1].steps, steps)) {
            this.#entries.pop();
        }
    }

    /** Forgets all edits since the steps were these. @param {Step[]} steps */
    rewind(steps) {
        const at = this.#entries.map((entry) => same(entry.steps, steps)).lastIndexOf(true);
        this.#entries = at < 0 ? this.#entries : this.#entries.slice(0, at);
    }

    /** Forgets all. */
    clear() {
        this.#entries = [];
    }
}
