import { write } from '../dom.js';
import { LastMinute, LastMinuteOf } from './last-minute.js';
import { draw, spark } from './spark.js';
import { lost } from './words.js';

/** Where the dropped frames were dropped before a viewer could have any part in it. */
const PLACES = ['pipeline', 'encoders', 'broken', 'withheld'];

/** What is measured of the stream and of each step, over the last minute. */
export class Figures {
    #rate;
    #dropped;
    #fps = new LastMinute();
    #losses = new LastMinuteOf();
    /** By the step's id. @type {Map<number, LastMinute>} */
    #times = new Map();
    /** By the step's id. @type {Map<number, import('../player/words.js').Step>} */
    #running = new Map();

    /** @param {HTMLElement} rate @param {HTMLElement} dropped where they are shown */
    constructor(rate, dropped) {
        this.#rate = box(rate, 'frames per second');
        this.#dropped = box(dropped, 'dropped frames per second');
    }

    /**
     * @param {number} now milliseconds of a clock that never jumps
     * @param {any} stream what the server says of it
     * @param {import('./steps.js').Step[]} steps
     */
    take(now, stream, steps) {
        this.#fps.add(now, stream.fps);
        this.#losses.add(now, PLACES.reduce((sum, place) => sum + (stream.dropped?.[place] ?? 0), 0));
        this.#running.clear();
        steps.filter(({ on }) => on).forEach(({ id, name }, i) => {
            const running = stream.processors?.[i];
            if (running?.name === name) {
                this.#running.set(id, running);
                this.minuteOf(id).add(now, running.millis);
            }
        });
        this.#show(this.#rate, this.#fps, 10, `${(stream.fps ?? 0).toFixed(stream.fps < 9.5 ? 1 : 0)} fps`);
        this.#show(this.#dropped, this.#losses.minute, 5, lost(this.#losses.minute.newest));
    }

    /** What the server says of a step that runs. @param {number} id */
    stepOf(id) {
        return this.#running.get(id);
    }

    /** A step's time per frame in milliseconds. @param {number} id */
    minuteOf(id) {
        const minute = this.#times.get(id) ?? new LastMinute();
        this.#times.set(id, minute);
        return minute;
    }

    /** @param {{text: Element, svg: Element, what: string}} box @param {LastMinute} minute @param {number} least @param {string} told */
    #show({ text, svg, what }, minute, least, told) {
        write(text, told);
        draw(svg, minute.values, least, `${what}: ${told}`);
    }
}

/** @param {HTMLElement} root @param {string} what */
function box(root, what) {
    const text = document.createElement('span');
    const svg = spark(what);
    root.replaceChildren(text, svg);
    return { text, svg, what };
}
