import { config } from '../control.js';
import { element } from '../dom.js';
import { changes, follow } from '../follow.js';

/**
 * The dashboard's notice of a configuration file that is wrong, and of what takes effect after a restart only. It is told
 * where the file is edited: on another screen.
 */

/** How often it is asked for, in milliseconds, where the server does not tell of changes. */
const PERIOD = 2_000;

/** More mistakes than these stand in the log. */
const MOST = 8;

const notice = element('configuration');
let shown = '';

/** @param {string[]} problems @param {string[]} restart */
function show(problems, restart) {
    const lines = problems.length > 0 ? problems : restart;
    const title = problems.length > 0
        ? 'The configuration file has mistakes. What was before stays in force.'
        : lines.length > 0 ? 'Restart the server for this to take effect:' : '';
    const text = JSON.stringify([title, lines]);
    if (text === shown) {
        return;
    }
    shown = text;
    notice.hidden = title === '';
    notice.classList.toggle('trouble', problems.length > 0);
    const list = document.createElement('ul');
    lines.slice(0, MOST).forEach((line) => list.appendChild(document.createElement('li')).textContent = line);
    if (lines.length > MOST) {
        list.appendChild(document.createElement('li')).textContent = `and ${lines.length - MOST} more: see the log`;
    }
    const heading = document.createElement('p');
    heading.textContent = title;
    notice.replaceChildren(heading, list);
    dispatchEvent(new Event('resize')); // the tiles have other room now
}

async function ask() {
    const now = await config();
    if (now) {
        show(now.problems, now.restart);
    }
    return now && changes.live ? Infinity : PERIOD;
}

follow(ask);
