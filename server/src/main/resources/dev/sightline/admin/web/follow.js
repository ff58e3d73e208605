import { HOME } from './api.js';
import { Changes } from './changes.js';

/** So many milliseconds lie between two askings at least, if something changes meanwhile. */
const SPACING = 100;

/** And where streams have changed their state: of many cameras one always may. */
const SPACING_OF_STATES = 1_000;

/** What the server tells of changes, to all scripts of this page. */
export const changes = new Changes(
    () => new EventSource(`${HOME}api/events`),
    () => document.hidden,
    (task, milliseconds) => setTimeout(task, milliseconds),
);

/**
 * Asks the server again and again while the page is looked at: when it tells of a change, and now and then. Never twice at once.
 *
 * @param {() => Promise<number>} ask never fails; answers after how many milliseconds to ask again if nothing changes
 * @returns {(milliseconds?: number) => void} asks sooner
 */
export function follow(ask) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    let due = Infinity;
    let asked = -Infinity;
    let asking = false;
    /** @param {number} at by `performance.now()`; nothing if it is asked sooner anyway */
    const askAt = (at) => {
        if (at < due) {
            clearTimeout(timer);
            due = at;
            const wait = at - performance.now();
            if (!asking && wait > 0) {
                timer = setTimeout(run, wait);
            } else if (!asking) {
                run();
            }
        }
    };
    const run = async () => {
        clearTimeout(timer);
        due = Infinity;
        if (asking || document.hidden) {
            return;
        }
        asking = true;
        const wait = await ask();
        asking = false;
        asked = performance.now();
        const wanted = Math.max(due, asked + SPACING);
        due = Infinity;
        askAt(Math.min(wanted, asked + wait));
    };
    changes.addEventListener('change', (event) => {
        const { detail } = /** @type {CustomEvent<string>} */ (event);
        askAt(detail === 'state' ? asked + SPACING_OF_STATES : performance.now());
    });
    document.addEventListener('visibilitychange', run);
    run();
    return (milliseconds = 0) => askAt(performance.now() + milliseconds);
}

document.addEventListener('visibilitychange', () => changes.follow());
changes.follow();
