import { deepEqual, equal, ok } from 'node:assert/strict';
import { BoxesChoice } from '#web/live/boxes-choice.js';
import { colour } from '#web/player/overlay/colour.js';
import { place, visible, zoomOf } from '#web/player/overlay/place.js';
import { hasShapes, MOST_POINTS, MOST_SHAPES, shapes } from '#web/player/overlay/shapes.js';
import { HeldPicture } from '#web/player/overlay/held-picture.js';
import { NewerPictures, VideoCopy } from '#web/player/overlay/video-copy.js';
import { test } from './timed-test.js';

const WHOLE = { scale: 1, x: 0, y: 0 };

test('a picture of another shape than its element lies in its middle', () => {
    deepEqual(place({ width: 800, height: 600 }, { width: 1280, height: 720 }, WHOLE), { x: 0, y: 75, width: 800, height: 450 });
    deepEqual(place({ width: 800, height: 450 }, { width: 300, height: 300 }, WHOLE), { x: 175, y: 0, width: 450, height: 450 });
});

test('a zoomed picture is as much larger, about the element’s corner, and moved', () => {
    const zoom = { scale: 3, x: -100, y: -40 };
    deepEqual(place({ width: 800, height: 600 }, { width: 16, height: 9 }, zoom), { x: -100, y: 185, width: 2400, height: 1350 });
    deepEqual(place({ width: 800, height: 450 }, { width: 9, height: 9 }, { ...zoom, scale: 2 }), { x: 250, y: -40, width: 900, height: 900 });
});

test('of a picture only what lies in the element is seen', () => {
    const element = { width: 800, height: 600 };
    deepEqual(visible({ x: -100, y: 185, width: 2400, height: 1350 }, element), { x: 0, y: 185, width: 800, height: 415 });
    deepEqual(visible({ x: 900, y: 0, width: 10, height: 10 }, element), { x: 900, y: 0, width: 0, height: 10 });
});

/** @param {Record<string, string>} style @param {boolean} zoomed */
const element = (style, zoomed) => ({ hasAttribute: () => zoomed, style: { getPropertyValue: (/** @type {string} */ name) => style[name] } });

test('the zoom is read as the element has it, in device pixels', () => {
    deepEqual(zoomOf(element({ '--zoom': '2.5', '--pan': '-30px -7.5px' }, true), 2), { scale: 2.5, x: -60, y: -15 });
    deepEqual(zoomOf(element({ '--zoom': '1', '--pan': '0px 0px' }, false), 2), WHOLE);
});

test('a detection is a box between two corners, with its label, name and score', () => {
    const { boxes, count, leftOut } = shapes({ detections: [{ label: 'face', score: 0.876, id: '7', box: [0.25, 0.5, 0.25, 0.125] }] });
    deepEqual(boxes, [{ label: 'face', text: 'face #7 88\u202f%', points: [[0.25, 0.5], [0.5, 0.625]] }]);
    deepEqual([count, leftOut], [1, 0]);
});

test('points, polygons, tracks and texts come under the key overlay', () => {
    const { points, polygons, tracks, texts, count } = shapes({
        overlay: {
            points: [{ label: 'nose', at: [0.1, 0.2] }, { at: [1, 1] }],
            polygons: [{ label: 'zone', points: [[0, 0], [1, 0], [1, 1]] }],
            tracks: [{ id: 7, label: 'car', points: [[0, 0], [0.5, 0.5]] }],
            texts: [{ text: 'gate closed', at: [0, 0] }],
        },
    });
    deepEqual(points.map(({ text }) => text), ['nose', '']);
    deepEqual(polygons[0].points.length, 3);
    deepEqual(tracks, [{ label: 'car', text: 'car #7', points: [[0, 0], [0.5, 0.5]] }]);
    deepEqual(texts, [{ label: '', text: 'gate closed', points: [[0, 0]] }]);
    equal(count, 5);
});

test('what is malformed is not drawn, but counted', () => {
    const broken = [null, 7, {}, { box: [0, 0, 1] }, { box: [0, 0, 0, 1] }, { box: [0, 0, 1, NaN] }, { box: ['0', 0, 1, 1] }];
    const { count, leftOut } = shapes({
        detections: broken,
        overlay: { polygons: [{ points: [[0, 0], [1, 1]] }], points: [{ at: [0] }], texts: 'none', tracks: [{ points: [] }] },
    });
    deepEqual([count, leftOut], [0, broken.length + 3]);
});

test('a thousand shapes are drawn, and ten thousand points', () => {
    const detections = Array(MOST_SHAPES + 5).fill({ label: 'x', score: 1, box: [0, 0, 1, 1] });
    const many = shapes({ detections, overlay: { points: [{ at: [0, 0] }] } });
    deepEqual([many.boxes.length, many.points.length, many.count, many.leftOut], [MOST_SHAPES, 0, MOST_SHAPES, 6]);
    const long = Array(MOST_POINTS - 10).fill([0, 0]);
    const { tracks, leftOut } = shapes({ overlay: { tracks: [{ points: long }, { points: long }, { points: [[0, 0]] }] } });
    deepEqual([tracks.length, leftOut], [2, 1]);
    equal(shapes({ overlay: { tracks: [{ points: [...long, ...long] }] } }).leftOut, 1);
});

test('long texts are cut', () => {
    equal(shapes({ overlay: { texts: [{ text: 'x'.repeat(100), at: [0, 0] }] } }).texts[0].text, `${'x'.repeat(47)}…`);
});

test('metadata without detections and overlay has nothing to draw', () => {
    deepEqual([{}, { detections: [] }, { motion: 0 }, { detections: [1] }, { overlay: {} }].map(hasShapes), [false, false, false, true, true]);
    equal(shapes({}).count, 0);
});

test('a label has one colour, and usually another than other labels', () => {
    equal(colour('face'), colour('face'));
    ok(colour('face') !== colour('motion'));
    ok(new Set(['person', 'car', 'dog', 'cat', 'face', 'motion', 'bicycle', 'truck'].map(colour)).size >= 5);
});

test('a video that counts more pictures than it told of has moved on', () => {
    const pictures = new NewerPictures();
    /** @param {number} total @param {number} told */
    const newer = (total, told) => pictures.newer(
        /** @type {any} */ ({ getVideoPlaybackQuality: () => ({ totalVideoFrames: total }) }),
        /** @type {any} */ ({ presentedFrames: told }),
    );
    deepEqual([newer(12, 10), newer(13, 11), newer(15, 12), newer(16, 13), newer(16, 14)], [false, false, true, true, false]);
    for (let i = 0; i < 40; i++) {
        newer(100 + i, 90 + i);
    }
    equal(newer(140, 130), false, 'a browser that counts otherwise from now on');
});

/** @param {Record<string, string>} kept */
const storage = (kept) => ({
    getItem: (/** @type {string} */ key) => kept[key] ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void (kept[key] = value),
});

test('boxes are drawn where none can be in the picture, until the user says otherwise, for each stream', () => {
    /** @type {Record<string, string>} */
    const kept = {};
    const choice = new BoxesChoice('cam', storage(kept));
    deepEqual([choice.drawn(false), choice.drawn(true)], [true, false]);
    choice.choose(false);
    equal(choice.drawn(false), false);
    equal(new BoxesChoice('cam', storage(kept)).drawn(false), false);
    equal(new BoxesChoice('door', storage(kept)).drawn(false), true);
    choice.choose(true);
    equal(new BoxesChoice('cam', storage(kept)).drawn(true), true);
});

test('a browser that keeps nothing has the choice for this page', () => {
    const refusing = { getItem: () => { throw new Error('no'); }, setItem: () => { throw new Error('no'); } };
    const choice = new BoxesChoice('cam', refusing);
    choice.choose(false);
    equal(choice.drawn(false), false);
    equal(new BoxesChoice('cam').drawn(false), true);
});

/** A held picture of a video, and what is done with it. @param {boolean} secure whether the browser gives the picture itself */
function heldPicture(secure) {
    /** @type {string[]} */
    const done = [];
    const copy = {
        paint: (/** @type {any} */ _video, /** @type {any} */ { name }) => done.push(`paints ${name}`) > 0,
        keep: (/** @type {any} */ { name }) => (done.push(`keeps ${name}`), { name: 'canvas' }),
        give: () => void done.push('gives back'),
    };
    const frame = secure ? { name: 'frame', close: () => void done.push('closes') } : undefined;
    const video = { name: 'video', videoWidth: 2, videoHeight: 1 };
    return { done, held: new HeldPicture(/** @type {any} */ (copy), /** @type {any} */ (video), /** @type {any} */ (frame)) };
}

test('a picture that is known at once is shown as the browser gives it, which is closed', () => {
    const { done, held } = heldPicture(true);
    equal(typeof held.show(true), 'number');
    held.keep();
    equal(held.show(true), undefined, 'once');
    deepEqual(done, ['paints frame', 'closes']);
});

test('a picture that is kept gives the browser’s own back at once, and its canvas when it was shown', () => {
    const { done, held } = heldPicture(true);
    held.keep(); held.keep(); held.show(true);
    deepEqual(done, ['keeps frame', 'closes', 'paints canvas', 'gives back']);
});

test('a picture that is dropped gives all back, and is not shown', () => {
    const { done, held } = heldPicture(false);
    held.keep(); held.drop(); held.drop(); held.keep();
    equal(held.show(true), undefined);
    deepEqual(done, ['keeps video', 'gives back']);
});

test('where the browser does not name a picture, it is held only if it is certainly the one that was told of', () => {
    const copy = new VideoCopy(/** @type {any} */ ({ classList: { contains: () => false } }));
    copy.keep = () => /** @type {any} */ ({});
    let total = 10;
    const video = /** @type {any} */ ({ videoWidth: 2, videoHeight: 1, getVideoPlaybackQuality: () => ({ totalVideoFrames: total }) });
    /** @param {number} presentedFrames @param {number} [rtpTimestamp] */
    const take = (presentedFrames, rtpTimestamp) => {
        const { exact, held } = copy.take(video, /** @type {any} */ ({ presentedFrames, rtpTimestamp }));
        return [exact, Boolean(held)];
    };
    deepEqual(take(8, 90), [true, false], 'nothing is copied yet');
    copy.begin(video);
    deepEqual(take(9, 90), [true, true]);
    total += 2;
    deepEqual(take(10, 180), [false, false], 'another one is seen already');
    deepEqual(take(11, 270), [true, true]);
    deepEqual(take(11), [true, false], 'one without a timestamp can never be known');
    copy.end();
    deepEqual(take(11, 360), [true, false]);
});
