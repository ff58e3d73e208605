import { deepEqual, equal } from 'node:assert/strict';
import { Changes } from '#web/changes.js';
import { test } from './timed-test.js';

/** A connection to a server that the test plays. */
class Source extends EventTarget {
    readyState = 0;
    onopen = () => {};
    onerror = () => {};

    close() {
        this.readyState = 2;
    }
}

function bench() {
    /** @type {Source[]} */
    const opened = [];
    /** @type {(() => void)[]} */
    const later = [];
    const page = { hidden: false };
    const open = () => /** @type {any} */ (opened[opened.push(new Source()) - 1]);
    const changes = new Changes(open, () => page.hidden, (task) => later.push(task));
    let told = 0;
    changes.addEventListener('change', () => told++);
    changes.follow();
    return { changes, opened, later, page, told: () => told };
}

test('every change is told, and that the connection has come: something may have changed before', () => {
    const { changes, opened, told } = bench();
    equal(changes.live, false);
    opened[0].onopen();
    deepEqual([changes.live, told()], [true, 1]);
    ['applied', 'refused', 'state', 'missed', 'else'].forEach((type) => opened[0].dispatchEvent(new Event(type)));
    equal(told(), 5);
});

test('a connection that breaks is not live until the browser has it again', () => {
    const { changes, opened, told } = bench();
    opened[0].onopen();
    opened[0].onerror();
    opened[0].onerror();
    deepEqual([changes.live, told(), opened.length], [false, 2, 1]);
    opened[0].onopen();
    deepEqual([changes.live, told()], [true, 3]);
});

test('a connection that is refused is opened again, later', () => {
    const { changes, opened, later } = bench();
    opened[0].close();
    opened[0].onerror();
    changes.follow();
    deepEqual([opened.length, later.length], [1, 1]);
    later[0]();
    equal(opened.length, 2);
});

test('nothing is open while nobody looks', () => {
    const { changes, opened, page } = bench();
    opened[0].onopen();
    page.hidden = true;
    changes.follow();
    deepEqual([opened[0].readyState, changes.live], [2, false]);
    page.hidden = false;
    changes.follow();
    changes.follow();
    equal(opened.length, 2);
});
