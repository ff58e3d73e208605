import { deepEqual, equal, match } from 'node:assert/strict';
import { fields, parsed, patch, sentence, textOf, valueOf } from '#web/studio/fields.js';
import { fitted, seen, shown } from '#web/studio/geometry.js';
import { LastMinute, LastMinuteOf, SLOTS } from '#web/studio/last-minute.js';
import { Pairing } from '#web/studio/pairing.js';
import { between, clipped, isDrawn, parameters, rectangle, regions, shifted, stretched, WHOLE } from '#web/studio/region.js';
import { landing } from '#web/studio/reorder.js';
import { adopted, joined, moved, placed, read, removed, reversed, switched, tuned, written } from '#web/studio/steps.js';
import { standing } from '#web/studio/words.js';
import { yaml } from '#web/studio/yaml.js';
import { test } from './timed-test.js';

/** @typedef {import('#web/studio/steps.js').Step} Step */

/** The steps of a configuration, numbered from 1. @param {import('#web/studio/steps.js').Written[]} process */
function steps(...process) {
    let id = 0;
    return read(process, () => ++id);
}

/** @param {Step[]} list */
const names = (list) => list.map(({ id, name, on }) => `${id} ${name}${on ? '' : ' off'}`);

const MOTION = { motion: { bottom: 0.9 } };

test('steps are read and written as in a configuration', () => {
    deepEqual(written(steps(MOTION, 'clock')), [MOTION, 'clock']);
    deepEqual(written(steps({ clock: {} })), ['clock']);
    deepEqual(read(undefined, () => 1), []);
});

test('a step that is off keeps its place and values, and is written and read as such', () => {
    const off = switched(steps('flip', MOTION, 'clock'), 2, false);
    deepEqual(written(off), ['flip', { motion: { bottom: 0.9, enabled: false } }, 'clock']);
    deepEqual(steps(...written(off)), off);
    deepEqual(written(switched(off, 2, true)), ['flip', MOTION, 'clock']);
    deepEqual(names(steps({ clock: { enabled: true } })), ['1 clock']);
});

test('a step moves by places, never beyond the ends', () => {
    const list = steps('flip', 'blur', 'clock');
    deepEqual(names(moved(list, 1, 1)), ['2 blur', '1 flip', '3 clock']);
    deepEqual(names(moved(list, 1, -1)), names(list));
    deepEqual(names(placed(list, 1, 9)), ['2 blur', '3 clock', '1 flip']);
    deepEqual(names(removed(list, 2)), ['1 flip', '3 clock']);
});

test('a patch sets parameters, and null puts one back to its default', () => {
    const list = tuned(steps({ zone: { at: { x: 1, y: 2 }, label: 'door' } }), 1, { at: { x: 3 }, label: null });
    deepEqual(list[0].parameters, { at: { x: 3, y: 2 } });
    deepEqual(joined({ at: { x: 1 }, a: 1 }, { at: { y: 2 }, a: 2 }), { at: { x: 1, y: 2 }, a: 2 });
    deepEqual(reversed({ at: { x: 3 }, label: null }, { at: { x: 1, y: 2 } }), { at: { x: 1 }, label: null });
});

test('what somebody else changed is taken over, and each step stays who it is', () => {
    const list = steps('flip', MOTION, 'clock');
    deepEqual(names(adopted(list, steps('clock', { flip: { enabled: false } }))), ['3 clock', '1 flip off']);
    deepEqual(names(adopted(list, read(['blur'], () => 9))), ['9 blur']);
});

test('YAML is written as in a configuration file, with quotes only where it needs them', () => {
    const list = switched(steps(MOTION, 'clock', { text: { text: 'a: b #c', 'size': 2 } }, { blur: { radius: 4 } }), 4, false);
    equal(yaml(list), 'process:\n  - motion: {bottom: 0.9}\n  - clock\n  - text: {text: "a: b #c", size: 2}\n  - blur: {radius: 4, enabled: false}\n');
    equal(yaml(steps({ text: { text: 'no', at: ['12', 'top-left'] } })), 'process:\n  - text: {text: "no", at: ["12", top-left]}\n');
    equal(yaml(steps('./My Own.java')), 'process:\n  - ./My Own.java\n');
    equal(yaml([]), 'process: []\n');
});

/** @type {import('#web/studio/fields.js').Schema} */
const SCHEMA = {
    type: 'object',
    required: ['text'],
    properties: {
        'min-score': { type: 'number', minimum: 0.05, maximum: 0.99, default: 0.5, description: 'How sure.' },
        size: { type: 'integer', minimum: 1, maximum: 100, default: 5, unit: 'px' },
        width: { type: 'number', minimum: 0.001, maximum: 1 },
        text: { type: 'string' },
        position: { type: 'string', enum: ['top', 'bottom'], default: 'top' },
        draw: { type: 'boolean', default: true },
        labels: { type: 'array' },
        zone: { type: 'object', properties: { x: { type: 'number' } } },
    },
};

test('a schema makes a field of each parameter, of the kind that fits', () => {
    const made = fields(SCHEMA);
    deepEqual(made.map(({ kind, path }) => `${path.join('.')} ${kind}`), [
        'min-score slider', 'size slider', 'width number', 'text text', 'position choice', 'draw switch', 'labels json', 'zone.x number',
    ]);
    deepEqual([made[0].label, made[0].step, made[1].step, made[1].unit], ['min score', 0.001, 1, 'px']);
    deepEqual([made[2].optional, made[3].optional, made[0].optional], [true, false, false]);
});

test('a field shows what is set, else the default, and gives what its text means', () => {
    const [score, , width, , , , labels, zone] = fields(SCHEMA);
    deepEqual([valueOf(score, {}), valueOf(score, { 'min-score': 0.7 }), valueOf(width, {}), valueOf(zone, { zone: { x: 0 } })], [0.5, 0.7, undefined, 0]);
    deepEqual([parsed(score, ' 0,7 '), parsed(score, 'much'), parsed(width, ''), parsed(labels, '["a"]')], [0.7, 'much', null, ['a']]);
    deepEqual([textOf(score, 0.7), textOf(width, undefined), textOf(labels, ['a'])], ['0.7', '', '["a"]']);
    deepEqual(patch(['zone', 'x'], 1), { zone: { x: 1 } });
    equal(sentence("process/0/motion/bottom: 'bottom' is 0 to 1"), "'bottom' is 0 to 1");
    equal(sentence("bottom: 'bottom' is 0 to 1"), "'bottom' is 0 to 1");
    equal(sentence('stream: it has ended'), 'stream: it has ended');
});

test('a schema’s regions are found, also within objects', () => {
    /** @type {import('#web/studio/fields.js').Schema} */
    const schema = { 'x-sightline': { region: ['left', 'top', 'right', 'bottom'] }, properties: { mask: { 'x-sightline': { region: ['x', 'y', 'width', 'height'] } }, time: { 'x-sightline': 'duration' } } };
    deepEqual(regions(schema).map(({ path }) => path), [[], ['mask']]);
});

test('parameters form a rectangle, and a rectangle parameters', () => {
    const [edges, sized] = [{ path: [], keys: ['left', 'top', 'right', 'bottom'] }, { path: ['mask'], keys: ['x', 'y', 'width', 'height'] }];
    deepEqual(rectangle(edges, { left: 0.2, bottom: 0.5 }), { left: 0.2, top: 0, right: 1, bottom: 0.5 });
    deepEqual(rectangle(sized, { mask: { x: 0.25, width: 0.5 } }), { left: 0.25, top: 0, right: 0.75, bottom: 1 });
    deepEqual(parameters(edges, { left: 0.12345, top: 0, right: 0.5, bottom: 1 }), { left: 0.123, top: 0, right: 0.5, bottom: 1 });
    deepEqual(parameters(sized, { left: 0.2, top: 0.1, right: 0.5, bottom: 1 }), { mask: { x: 0.2, y: 0.1, width: 0.3, height: 0.9 } });
});

test('a rectangle is drawn between two points, moved and stretched, never beyond the frame', () => {
    deepEqual(between({ x: 0.8, y: -1 }, { x: 0.2, y: 0.5 }), { left: 0.2, top: 0, right: 0.8, bottom: 0.5 });
    equal(isDrawn(between({ x: 2, y: 0.5 }, { x: 2, y: 0.5 })), false);
    deepEqual(clipped({ left: -1, top: 0.5, right: 2, bottom: 1 }), { left: 0, top: 0.5, right: 1, bottom: 1 });
    const rect = { left: 0.25, top: 0.25, right: 0.5, bottom: 0.5 };
    deepEqual(shifted(rect, -1, 0.25), { left: 0, top: 0.5, right: 0.25, bottom: 0.75 });
    deepEqual(stretched(rect, 1, -1), { left: 0.25, top: 0.25, right: 1, bottom: 0.26 });
});

/** @param {import('#web/studio/region.js').Rect} rect */
const rough = (rect) => Object.values(rect).map((value) => Math.round(value * 1_000) / 1_000);

test('a rectangle of a step’s frame is found in the picture behind the other steps, and the other way round', () => {
    const rect = { left: 0.5, top: 0, right: 0.75, bottom: 0.5 };
    const crop = { crop: { x: 0.5, y: 0, width: 0.5, height: 1 } };
    deepEqual(rough(shown(rect, steps('motion', crop), 1)), [0, 0, 0.5, 0.5]);
    deepEqual(rough(shown(rect, steps('motion', 'flip'), 1)), [0.25, 0, 0.5, 0.5]);
    deepEqual(rough(shown(rect, steps('motion', { flip: { direction: 'both' } }), 1)), [0.25, 0.5, 0.5, 1]);
    deepEqual(rough(shown(rect, steps('motion', 'rotate'), 1)), [0.5, 0.5, 1, 0.75]);
    deepEqual(rough(shown(rect, steps('flip', 'motion'), 2)), rough(rect));
    deepEqual(rough(shown(rectangle({ path: [], keys: ['x', 'y', 'width', 'height'] }, crop.crop), steps(crop), 1)), rough(WHOLE));
    const all = steps('motion', crop, 'flip', { rotate: { degrees: 270 } });
    deepEqual(rough(seen(shown(rect, all, 1), all, 1)), rough(rect));
    deepEqual(rough(shown(rect, switched(all, 2, false), 4)), [0, 0.25, 0.5, 0.5]);
});

test('a picture lies in the middle of its box', () => {
    deepEqual(fitted({ width: 160, height: 90 }, { width: 90, height: 90 }), { left: 35, top: 0, width: 90, height: 90 });
});

test('a step that is dragged lands before those whose middle is below it', () => {
    const middles = [25, 75, 125];
    deepEqual([landing(middles, 0, 20), landing(middles, 0, 80), landing(middles, 0, 500), landing(middles, 2, 20)], [0, 1, 2, 0]);
});

test('the last minute has a place for every two seconds, and gaps where nothing was known', () => {
    const minute = new LastMinute();
    minute.add(10_000, 1);
    minute.add(11_000, 2);
    minute.add(16_000, 3);
    minute.add(20_100, 4);
    deepEqual(minute.values.slice(-6), [2, NaN, NaN, 3, 4, 4]);
    equal(minute.values.length, SLOTS);
    minute.add(900_000, 4);
    deepEqual([minute.newest, minute.values.filter(Number.isFinite).length], [4, 1]);
});

test('a counter’s rise is told per second; what begins again is not', () => {
    const lost = new LastMinuteOf();
    lost.add(0, 100);
    equal(lost.minute.newest, NaN);
    lost.add(2_000, 106);
    equal(lost.minute.newest, 3);
    lost.add(4_000, 1);
    equal(lost.minute.newest, 3);
});

test('what is not kept is said in words', () => {
    const known = { unkept: true, file: '/etc/sightline.yml', readOnly: '' };
    equal(standing(known), 'Unkept changes: the next start undoes them.');
    equal(standing({ ...known, unkept: false }), 'Kept in sightline.yml: no unkept changes.');
    match(standing({ ...known, file: '' }), /no configuration file/);
    equal(standing({ ...known, readOnly: 'not here' }), 'You can only look: not here.');
});

test('a picture from before is shown with its counterpart, whichever comes first', () => {
    const pairing = new Pairing();
    equal(pairing.come(1, 'one'), undefined);
    equal(pairing.come(2, 'two'), undefined);
    deepEqual(pairing.shown(1), { seq: 1, picture: 'one' });
    equal(pairing.shown(1), undefined);
    deepEqual(pairing.shown(3), { seq: 2, picture: 'two' });
    deepEqual(pairing.come(3, 'three'), { seq: 3, picture: 'three' });
    equal(pairing.come(4, 'four'), undefined);
});

test('pictures without a counterpart do not pile up', () => {
    const pairing = new Pairing();
    for (let seq = 1; seq <= 100; seq++) {
        pairing.come(seq, `${seq}`);
    }
    equal(pairing.shown(40), undefined);
    deepEqual(pairing.shown(41), { seq: 41, picture: '41' });
});
