import { deepEqual, equal, rejects } from 'node:assert/strict';
import { createServer } from 'node:http';
import { MultipartReader } from '#web/player/multipart-reader.js';
import { refusal } from '#web/player/problem.js';
import { dismissal } from '#web/player/signalling.js';
import { iceFragment, mediaPort, withIce } from '#web/player/sdp.js';
import { pack, unpack } from '#web/player/websocket.js';
import { test } from './timed-test.js';

/** An answer that comes in chunks. @param {string[]} chunks */
function answer(...chunks) {
    const stream = new ReadableStream({
        start(controller) {
            chunks.forEach((chunk) => controller.enqueue(new TextEncoder().encode(chunk)));
            controller.close();
        },
    });
    return new MultipartReader(stream.getReader());
}

/** @param {MultipartReader} parts */
async function next(parts) {
    const { headers, body } = await parts.next();
    return [headers.get('x-sightline-seq'), new TextDecoder().decode(body)];
}

const PARTS = '--frame\r\nContent-Length: 3\r\nX-Sightline-Seq: 7\r\n\r\nabc\r\n'
    + '--frame\r\nCONTENT-LENGTH:5\r\nX-Sightline-Seq:  8 \r\n\r\n\r\n\r\nx\r\n';

test('the parts of an answer are read, whatever their headers’ case and their bytes', async () => {
    const parts = answer(PARTS);
    deepEqual(await next(parts), ['7', 'abc']);
    deepEqual(await next(parts), ['8', '\r\n\r\nx']);
});

test('parts may come in any pieces', async () => {
    for (const length of [1, 2, 3, 7, 50]) {
        const parts = answer(...(PARTS.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? []));
        deepEqual([await next(parts), await next(parts)], [['7', 'abc'], ['8', '\r\n\r\nx']], `pieces of ${length}`);
    }
});

test('an answer that ends within a part fails', async () => {
    await rejects(answer(PARTS.slice(0, 20)).next(), /ended/);
    await rejects(answer('--frame\r\nContent-Length: 4\r\n\r\nabc').next(), /ended/);
});

test('what follows the last part says why the answer was ended', async () => {
    const text = `${PARTS}--frame--\r\ndisconnected by the operator\r\n`;
    for (const length of [5, 1_000]) {
        const parts = answer(...(text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? []));
        await next(parts);
        await next(parts);
        await rejects(parts.next(), /ended/);
        equal(parts.epilogue, 'disconnected by the operator');
    }
    const broken = answer(PARTS);
    await next(broken);
    await next(broken);
    await rejects(broken.next(), /ended/);
    equal(broken.epilogue, '');
});

test('the server is asked whether its operator has ended a WebRTC session', async () => {
    let explanation = 'disconnected by the operator';
    /** @type {string[]} */
    const asked = [];
    const server = createServer((request, response) => {
        asked.push(/** @type {any} */ (request).url);
        response.writeHead(200).end(JSON.stringify({ explanation }));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    const session = `http://127.0.0.1:${server.address().port}/under/live/cam/whep/abc`;
    equal(await dismissal(session), explanation);
    deepEqual(asked, ['/under/api/webrtc/abc']);
    explanation = 'nothing came for 10 s';
    equal(await dismissal(session), '');
    equal(await dismissal(''), '');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    equal(await dismissal(session), '', 'the server is away');
});

test('headers without an end are refused, at one megabyte', async () => {
    await rejects(answer('x'.repeat((1 << 20) + 1), 'x').next(), /no headers/);
});

test('a WebSocket’s message is the length of the header, the header and the picture', () => {
    const message = pack({ seq: 1, name: 'für' }, new Uint8Array([0xff, 0xd8]).buffer);
    deepEqual([...message.subarray(0, 4)], [0, 0, 0, 23]);
    const { header, picture } = unpack(message.buffer);
    deepEqual(header, { seq: 1, name: 'für' });
    deepEqual([...picture], [0xff, 0xd8]);
});

const SDP = ['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=ice-ufrag:old', 'a=ice-pwd:oldpassword', 'a=mid:0', 'a=rtpmap:96 VP8/90000',
    'a=candidate:1 1 udp 1 192.0.2.1 8189 typ host', 'a=end-of-candidates', ''].join('\r\n');

test('of a description an ICE restart sends the credentials and which section they are of', () => {
    equal(iceFragment(SDP), 'a=ice-ufrag:old\r\na=ice-pwd:oldpassword\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n');
});

test('an ICE restart’s answer replaces credentials and candidates, and nothing else', () => {
    const fragment = ['a=ice-ufrag:new', 'a=ice-pwd:newpassword', 'm=video 9 RTP/AVP 0', 'a=mid:0',
        'a=candidate:2 1 udp 1 192.0.2.2 9 typ host', ''];
    deepEqual(withIce(SDP, fragment.join('\r\n')).split('\r\n'), ['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=mid:0', 'a=rtpmap:96 VP8/90000',
        'a=ice-ufrag:new', 'a=ice-pwd:newpassword', 'a=candidate:2 1 udp 1 192.0.2.2 9 typ host', '']);
});

test('the port to open in a firewall is that of the host candidate', () => {
    equal(mediaPort(SDP), '8189');
    equal(mediaPort('v=0\r\n'), undefined);
});

/** @param {number} status @param {unknown} problem */
const refused = (status, problem) => refusal(new Response(typeof problem === 'string' ? problem : JSON.stringify(problem), { status }));

test('an answer about the stream is its trouble, whatever asked for it', async () => {
    deepEqual(await refused(404, { detail: 'no stream camm', nearest: ['cam'] }), { trouble: 'missing', reason: 'no stream camm' });
    deepEqual(await refused(409, { detail: 'taken' }), { trouble: 'taken', reason: 'taken' });
    deepEqual(await refused(410, { detail: 'over' }), { trouble: 'over', reason: 'over' });
});

test('any other answer is that of a transport that is blocked', async () => {
    deepEqual(await refused(404, { detail: 'not found' }), { trouble: 'blocked', reason: 'this server does not offer it' });
    deepEqual(await refused(502, '<html>'), { trouble: 'blocked', reason: 'the server answers 502' });
});
