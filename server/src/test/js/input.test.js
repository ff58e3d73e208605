import { deepEqual, equal, rejects } from 'node:assert/strict';
import { placeIn, sendInput } from '#web/player/input.js';
import { test } from './timed-test.js';

const AREA = { left: 10, top: 20, width: 400, height: 200 };

/** @param {number} clientX @param {number} clientY */
const at = (clientX, clientY) => ({ clientX, clientY });

test('a place in the picture is told in fractions of it, not of the element', () => {
    const wide = { width: 800, height: 200 };
    deepEqual(placeIn(AREA, wide, at(10, 70)), { x: 0, y: 0 });
    deepEqual(placeIn(AREA, wide, at(410, 170)), { x: 1, y: 1 });
    deepEqual(placeIn(AREA, wide, at(110, 120)), { x: 0.25, y: 0.5 });
    const square = { width: 100, height: 100 };
    deepEqual(placeIn(AREA, square, at(110, 20)), { x: 0, y: 0 });
    deepEqual(placeIn(AREA, square, at(260, 70)), { x: 0.75, y: 0.25 });
});

test('what lies beside the picture is in no place', () => {
    const wide = { width: 800, height: 200 };
    equal(placeIn(AREA, wide, at(110, 69)), undefined);
    equal(placeIn(AREA, wide, at(110, 171)), undefined);
    equal(placeIn(AREA, { width: 100, height: 100 }, at(109, 100)), undefined);
});

test('an input is sent as JSON to its stream, and a refusal is told', async () => {
    /** @type {any[]} */
    const sent = [];
    const answers = [
        new Response(null, { status: 202 }),
        Response.json({ detail: 'no processor takes it' }, { status: 422 }),
        new Response('<html>', { status: 502 }),
    ];
    const fetched = globalThis.fetch;
    globalThis.fetch = async (address, options) => {
        sent.push([String(address), options?.method, options?.body]);
        return /** @type {Response} */ (answers.shift());
    };
    try {
        await sendInput('http://camera/below/', 'a b', { name: 'click', seq: 7 });
        await rejects(sendInput('http://camera/', 'a', { name: 'clik' }), /no processor takes it/);
        await rejects(sendInput('http://camera/', 'a', { name: 'click' }), /the server answers 502/);
    } finally {
        globalThis.fetch = fetched;
    }
    deepEqual(sent[0], ['http://camera/below/live/a%20b/input', 'POST', '{"name":"click","seq":7}']);
});
