import { deepEqual, equal } from 'node:assert/strict';
import { Editor } from '#web/studio/editor.js';
import { ManualClock } from './manual-clock.js';
import { test } from './timed-test.js';

/** @typedef {import('#web/studio/editor.js').Answer} Answer */

/** An editor of three steps, with a server that answers when it is told to. */
class Bench {
    clock = new ManualClock();
    /** What the server was told. @type {unknown[]} */
    told = [];
    /** What the user was told. @type {unknown[]} */
    said = [];
    edits = 0;
    /** @type {((answer: Answer) => void)[]} */
    #open = [];
    /** @type {{task: () => void, at: number}[]} */
    #later = [];

    constructor() {
        const wait = () => /** @type {Promise<Answer>} */ (new Promise((resolve) => this.#open.push(resolve)));
        this.editor = new Editor(
            {
                tune: (index, parameters) => (this.told.push([index, parameters]), wait()),
                replace: (process, keep) => (this.told.push(keep ? [...process, 'kept'] : process), wait()),
            },
            {
                onChange: () => {},
                onEdit: () => this.edits++,
                onTuned: (id, _, problem) => this.said.push([id, problem]),
                onReplaced: (problem) => this.said.push(problem),
            },
            { now: this.clock.now, after: (task, wait) => this.#later.push({ task, at: this.clock.time + wait }) },
        );
        this.editor.load([{ motion: { bottom: 0.9 } }, 'flip', 'clock']);
        this.ids = this.editor.steps.map(({ id }) => id);
    }

    /** The server answers the oldest request. @param {string} [problem] @param {Answer['process']} [process] */
    async answer(problem = '', process = undefined) {
        this.#open.shift()?.({ ok: problem === '', problem, process });
        await new Promise(setImmediate);
    }

    /** @param {number} milliseconds */
    pass(milliseconds) {
        this.clock.pass(milliseconds);
        const due = this.#later.filter(({ at }) => at <= this.clock.time);
        this.#later = this.#later.filter((one) => !due.includes(one));
        due.forEach(({ task }) => task());
    }

    get names() {
        return this.editor.steps.map(({ name }) => name).join(' ');
    }

    get bottom() {
        return this.editor.steps.find(({ name }) => name === 'motion')?.parameters.bottom;
    }
}

test('of many turns of a knob never two are on their way, and the newest is sent last', async () => {
    const { editor, ids, told, ...bench } = use(new Bench());
    for (const bottom of [0.8, 0.7, 0.6]) {
        editor.tune(ids[0], { bottom });
    }
    deepEqual(told, [[0, { bottom: 0.8 }]]);
    bench.pass(200);
    equal(told.length, 1);
    await bench.answer();
    deepEqual(told[1], [0, { bottom: 0.6 }]);
    await bench.answer();
    equal(editor.idle, true);
});

test('there are at most ten requests a second', async () => {
    const { editor, ids, told, ...bench } = use(new Bench());
    editor.tune(ids[0], { bottom: 0.8 });
    await bench.answer();
    editor.tune(ids[0], { bottom: 0.7 });
    bench.pass(99);
    equal(told.length, 1);
    bench.pass(1);
    equal(told.length, 2);
});

test('turns of one knob are one edit, and undo takes all of them back', async () => {
    const bench = new Bench();
    const { editor, ids } = bench;
    editor.tune(ids[0], { bottom: 0.8 });
    editor.tune(ids[0], { bottom: 0.7 });
    equal(bench.edits, 1);
    equal(editor.undoable, 'motion: bottom');
    await bench.answer();
    bench.pass(100);
    await bench.answer();
    editor.undo();
    equal(bench.bottom, 0.9);
    equal(editor.undoable, '');
    bench.pass(100);
    deepEqual(bench.told.at(-1), [{ motion: { bottom: 0.9 } }, 'flip', 'clock']);
});

test('turns with a pause between them are two edits', () => {
    const bench = new Bench();
    bench.editor.tune(bench.ids[0], { bottom: 0.8 });
    bench.pass(1_500);
    bench.editor.tune(bench.ids[0], { bottom: 0.7 });
    bench.editor.undo();
    equal(bench.bottom, 0.8);
});

test('a refused value is taken back and told, and it cannot be undone', async () => {
    const bench = new Bench();
    bench.editor.tune(bench.ids[0], { bottom: 5 });
    await bench.answer('0 to 1');
    equal(bench.bottom, 0.9);
    deepEqual(bench.said, [[bench.ids[0], '0 to 1']]);
    equal(bench.editor.undoable, '');
});

test('a value that was set since the refused one stays', async () => {
    const bench = new Bench();
    bench.editor.tune(bench.ids[0], { bottom: 5 });
    bench.editor.tune(bench.ids[0], { bottom: 0.5 });
    await bench.answer('0 to 1');
    equal(bench.bottom, 0.5);
});

test('edits of the list are told as a whole, with the values that were turned meanwhile', async () => {
    const bench = new Bench();
    bench.editor.move(bench.ids[2], -2);
    bench.editor.tune(bench.ids[0], { bottom: 0.5 });
    bench.editor.remove(bench.ids[1]);
    await bench.answer();
    bench.pass(100);
    deepEqual(bench.told, [['clock', { motion: { bottom: 0.9 } }, 'flip'], ['clock', { motion: { bottom: 0.5 } }]]);
});

test('a step that is switched off keeps its place, and can be tuned', async () => {
    const bench = new Bench();
    bench.editor.switch(bench.ids[0], false);
    await bench.answer('', [{ motion: { bottom: 0.9, enabled: false } }, 'flip', 'clock']);
    bench.pass(100);
    bench.editor.tune(bench.ids[0], { bottom: 0.1 });
    await bench.answer('', [{ motion: { bottom: 0.1, enabled: false } }, 'flip', 'clock']);
    deepEqual(bench.told, [[{ motion: { bottom: 0.9, enabled: false } }, 'flip', 'clock'], [0, { bottom: 0.1 }]]);
    deepEqual(bench.editor.steps[0], { id: bench.ids[0], name: 'motion', on: false, parameters: { bottom: 0.1 } });
});

test('a list that is refused is as it was before', async () => {
    const bench = new Bench();
    bench.editor.add('stuck');
    bench.editor.move(bench.ids[0], 1);
    await bench.answer('not made within 10 s');
    equal(bench.names, 'motion flip clock');
    deepEqual([bench.said, bench.editor.undoable, bench.editor.idle], [['not made within 10 s'], '', true]);
});

test('keep has all steps written, after what was still to be told', async () => {
    const bench = new Bench();
    bench.editor.tune(bench.ids[0], { bottom: 0.5 });
    bench.editor.keep();
    await bench.answer();
    bench.pass(100);
    deepEqual(bench.told[1], [{ motion: { bottom: 0.5 } }, 'flip', 'clock', 'kept']);
});

test('what somebody else changed is shown, unless there is something to tell', async () => {
    const bench = new Bench();
    bench.editor.tune(bench.ids[0], { bottom: 0.5 });
    equal(bench.editor.load(['blur']), false);
    await bench.answer();
    equal(bench.editor.load([{ motion: { bottom: 0.5 } }, 'flip', 'clock']), false);
    equal(bench.editor.undoable, 'motion: bottom');
    equal(bench.editor.load(['clock', 'blur']), true);
    deepEqual([bench.names, bench.editor.steps[0].id, bench.editor.undoable], ['clock blur', bench.ids[2], '']);
});

test('a value that the server writes in another way is nobody else’s change', async () => {
    const bench = new Bench();
    bench.editor.tune(bench.ids[0], { bottom: '.5' });
    await bench.answer('', [{ motion: { bottom: 0.5 } }, 'flip', 'clock']);
    equal(bench.bottom, 0.5);
    equal(bench.editor.load([{ motion: { bottom: 0.5 } }, 'flip', 'clock']), false);
});

/** @param {Bench} bench */
function use(bench) {
    const { editor, ids, told } = bench;
    return { editor, ids, told, pass: bench.pass.bind(bench), answer: bench.answer.bind(bench) };
}
