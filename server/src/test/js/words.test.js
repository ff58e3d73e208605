import { deepEqual, equal } from 'node:assert/strict';
import { away, situation, timeOfDay, troubleWord, troubles } from '#web/player/words.js';
import { test } from './timed-test.js';

/** @param {import('#web/player/words.js').State} state @param {string} [reason] */
const story = (state, reason) => situation(state, Date.now(), reason).text.replace(/\d\d:\d\d:\d\d/, 'TIME');

test('a stream that is not live says since when, and why', () => {
    equal(story('STALE', 'faces is off'), 'no picture since TIME — faces is off');
    equal(story('STALE'), 'no picture since TIME');
    equal(story('OFFLINE', 'no route to host'), 'no signal since TIME, trying again — no route to host');
    equal(story('ENDED', 'the file is over'), 'at TIME — the file is over');
});

test('a stream that waits for a sender does not claim to try again', () => {
    equal(story('OFFLINE', 'nobody sends; open /publish/me'), 'no signal since TIME, nobody is sending');
});

test('a stream that starts says the server’s reason, or what it waits for', () => {
    equal(story('STARTING', 'connecting to the camera'), 'connecting to the camera');
    equal(story('STARTING'), 'waiting for the first picture');
});

test('a live stream needs no story, and one on demand says when it opens', () => {
    deepEqual(situation('LIVE', undefined), { word: 'live', tone: 'live', text: '' });
    equal(story('IDLE'), 'opens when somebody watches');
});

test('each state has its tone, and one that is not known is quiet', () => {
    const tones = /** @type {const} */ (['IDLE', 'STARTING', 'LIVE', 'STALE', 'OFFLINE', 'ENDED']).map((state) => situation(state, 0).tone);
    deepEqual(tones, ['quiet', 'waiting', 'live', 'waiting', 'trouble', 'quiet']);
    equal(situation(/** @type {any} */ ('NEW'), 0).tone, 'quiet');
});

test('today’s time comes without a date, another day’s with it', () => {
    const now = new Date();
    equal(timeOfDay(now), now.toTimeString().slice(0, 8));
    equal(timeOfDay(new Date(2020, 1, 3, 4, 5, 6)), '2020-02-03 04:05:06');
    equal(away(new Date(2020, 1, 3, 4, 5, 6).getTime()), 'the server is away since 2020-02-03 04:05:06');
});

const STEPS = /** @type {import('#web/player/words.js').Step[]} */ ([
    { name: 'clock', state: 'OK' },
    { name: 'faces', state: 'FAILING', reason: 'out of memory' },
    { name: 'blur', state: 'OFF' },
]);

test('steps in trouble are told, a sentence each', () => {
    deepEqual(troubles(STEPS), ['faces is failing: out of memory', 'blur is off']);
    deepEqual(troubles(), []);
});

test('in a word, the first step in trouble and how many more', () => {
    equal(troubleWord(STEPS), 'faces failing +1');
    equal(troubleWord(STEPS.slice(0, 2)), 'faces failing');
    equal(troubleWord(STEPS.slice(0, 1)), '');
});
