import { deepEqual, equal, match } from 'node:assert/strict';
import { foundText, KINDS, nameProblem, suggestedName } from '#web/dashboard/kinds.js';
import { test } from './timed-test.js';

test('a name is suggested that fits the address and is free', () => {
    equal(suggestedName('file', 'videos/My party!.mp4', []), 'My-party');
    equal(suggestedName('file', 'C:\\clips\\one.mkv', []), 'one');
    equal(suggestedName('rtsp', 'rtsp://me:secret@door.example/stream', []), 'door');
    equal(suggestedName('rtsp', 'rtsp://192.168.1.20/stream', ['camera', 'camera-2']), 'camera-3');
    equal(suggestedName('http', 'http://', []), 'camera');
    equal(suggestedName('pattern', 'pattern:640x480@30', []), 'pattern');
});

test('every suggested name is one that the server takes', () => {
    KINDS.forEach(({ id, example }) => equal(nameProblem(suggestedName(id, example, []), []), ''));
});

test('a wrong name is explained', () => {
    match(nameProblem('x y', []), /letters, digits/);
    match(nameProblem('cam', ['cam']), /already/);
    match(nameProblem('', []), /1 to 64/);
    equal(nameProblem('cam_2-b', ['cam']), '');
});

test('what a probe found is a line', () => {
    deepEqual([foundText({ width: 640, height: 480, codec: 'h264', fps: 25 }), foundText({ width: 8, height: 6 })], [
        '640 × 480, h264, 25 fps', '8 × 6',
    ]);
});
