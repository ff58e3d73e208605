import { HOME } from './api.js';
import { Changes } from './changes.js';

/** So many milliseconds lie between two askings at least. */
const SPACING = 100;

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
    let asking = false;
    let again = false;
    const run = async () => {
        clearTimeout(timer);
        again = true;
        if (asking || document.hidden) {
            return;
        }
        asking = true;
        again = false;
        try {
            const wait = await ask();
            if (again || wait < Infinity) {
                timer = setTimeout(run, again ? SPACING : wait);
            }
        } finally {
            asking = false;
        }
    };
    changes.addEventListener('change', run);
    document.addEventListener('visibilitychange', run);
    run();
    return (milliseconds = 0) => {
        clearTimeout(timer);
        timer = setTimeout(run, milliseconds);
    };
}

document.addEventListener('visibilitychange', () => changes.follow());
changes.follow();
