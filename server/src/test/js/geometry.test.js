import { deepEqual, equal, ok } from 'node:assert/strict';
import { layout } from '#web/dashboard/layout.js';
import { Viewport } from '#web/player/viewport.js';
import { widthFor } from '#web/player/width.js';
import { fit } from '#web/publish/fit.js';
import { test } from './timed-test.js';

const SIZE = { width: 400, height: 200 };

test('zooming keeps the point under the pointer where it is', () => {
    const viewport = new Viewport();
    viewport.zoom(2, 100, 50, SIZE);
    deepEqual([viewport.scale, viewport.x, viewport.y], [2, -100, -50]);
    viewport.zoom(2, 100, 50, SIZE);
    deepEqual([viewport.scale, viewport.x, viewport.y], [4, -300, -150]);
});

test('one may zoom in sixteen times, and out to the whole picture', () => {
    const viewport = new Viewport();
    viewport.zoom(100, 0, 0, SIZE);
    equal(viewport.scale, 16);
    viewport.zoom(1 / 1_000, 200, 100, SIZE);
    deepEqual([viewport.scale, viewport.x, viewport.y].map(Math.abs), [1, 0, 0]);
});

test('a zoomed picture is moved to its edges and no farther', () => {
    const viewport = new Viewport();
    viewport.zoom(2, 200, 100, SIZE);
    viewport.move(1_000, 1_000, SIZE);
    deepEqual([viewport.x, viewport.y], [0, 0]);
    viewport.move(-1_000, -1_000, SIZE);
    deepEqual([viewport.x, viewport.y], [-400, -200]);
});

test('the width to ask for is the page’s, the stream’s own, or what the element needs', () => {
    equal(widthFor('500', 9_999), 500);
    equal(widthFor(null, 100), 0);
    equal(widthFor('wide', 100), 0);
    deepEqual([1, 400, 401, 800, 801, 1_600, 1_601].map((needed) => widthFor('auto', needed)), [320, 320, 640, 640, 1280, 1280, 0]);
});

test('a camera’s picture is made to fit, lying or standing, and never enlarged', () => {
    const limits = { width: 640, height: 480 };
    deepEqual(fit(1280, 720, limits), { width: 640, height: 360 });
    deepEqual(fit(720, 1280, limits), { width: 360, height: 640 });
    deepEqual(fit(1000, 900, limits), { width: 533, height: 480 });
    deepEqual(fit(1280, 720, { width: 480, height: 640 }), { width: 640, height: 360 });
    deepEqual(fit(320, 240, limits), { width: 320, height: 240 });
    deepEqual(fit(10_000, 1, limits), { width: 640, height: 1 });
});

const SHAPES = Array.from({ length: 40 }, (_, i) => [4 / 3, 16 / 9, 9 / 16, 4][i % 4]);

/** @param {import('#web/dashboard/layout.js').Plan} plan @param {number} caption the height below each picture */
function overlaps({ places }, caption) {
    return places.some((a, i) => places.some((b, j) => i < j
        && a.left + a.width > b.left && b.left + b.width > a.left
        && a.top + a.height + caption > b.top && b.top + b.height + caption > a.top));
}

test('one tile is as large as the window lets it be', () => {
    const { places: [place], compact } = layout([16 / 9], { width: 1600, height: 948 }, 16);
    ok(place.height > 897 && place.height <= 900, `${place.height}`);
    equal(place.pictureWidth, Math.floor((place.height * 16) / 9));
    equal(place.left, Math.floor((1600 - place.width) / 2));
    equal(compact, false);
});

test('tiles that fit into the window stand in it, beside each other', () => {
    for (const [width, height] of [[1920, 1000], [1280, 640], [390, 700], [700, 390]]) {
        const plan = layout(SHAPES.slice(0, 6), { width, height }, 8);
        ok(plan.height <= height, `${width} x ${height}`);
        ok(plan.places.every(({ left, width: w }) => left >= 0 && left + w <= width), `${width} x ${height}`);
        ok(!overlaps(plan, plan.compact ? 28 : 48), `${width} x ${height}`);
    }
});

test('forty tiles on a phone are large enough to see, and the page scrolls', () => {
    const plan = layout(SHAPES, { width: 288, height: 480 }, 8);
    ok(Math.min(...plan.places.map(({ height }) => height)) >= 60);
    ok(plan.places.every(({ left, width }) => left >= 0 && left + width <= 288));
    ok(!overlaps(plan, 28));
    ok(plan.height > 480);
});

test('tiles keep the shape of their streams, but for extreme ones', () => {
    const { places } = layout([4 / 3, 16 / 9, 20, 1 / 20], { width: 1600, height: 900 }, 16);
    const shapes = places.map(({ pictureWidth, height }) => pictureWidth / height);
    [4 / 3, 16 / 9, 6, 1 / 3].forEach((expected, i) => ok(Math.abs(shapes[i] / expected - 1) < 0.02, `${shapes[i]}`));
});

test('where captions of two lines cost too much of the pictures, they have one', () => {
    equal(layout(Array(6).fill(16 / 9), { width: 900, height: 300 }, 8).compact, true);
    equal(layout(Array(4).fill(16 / 9), { width: 1600, height: 1000 }, 8).compact, false);
});
