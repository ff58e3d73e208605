// @ts-check
/**
 * What stands before every picture (subprotocol `sightline.v1`).
 *
 * @typedef {object} Header
 * @property {number} seq the picture's number, from 1; gaps are pictures that were dropped
 * @property {number} captureTime milliseconds since the Unix epoch, by the server's clock
 * @property {number} width
 * @property {number} height
 * @property {string} codec
 * @property {boolean} keyframe
 * @property {Record<string, any>} metadata what was found in it
 * @property {{seq: number, captureTime: number}} [from] which of its publisher's pictures it was made of
 *
 * @typedef {object} Line
 * @property {(header: {seq: number, captureTime: number}, picture: ArrayBuffer) => void} send a picture, upwards
 * @property {() => number} buffered bytes that still wait to leave this computer
 *
 * @typedef {object} Receiver
 * @property {(line: Line) => void} onOpen
 * @property {(header: Header, picture: Uint8Array<ArrayBuffer>) => void} onPicture
 * @property {(message: any) => void} onMessage a text message, read as JSON
 */

/** What the transport is called on the page. */
export const NAME = 'WebSocket';

const TEXT = new TextDecoder();
const BYTES = new TextEncoder();

/**
 * Plays one WebSocket from its opening to its end.
 *
 * @param {string} address
 * @param {Receiver} receiver
 * @param {AbortSignal} signal ends it at once: nothing is received afterwards
 * @returns {Promise<{code: number, reason: string}>} how it ended; it never fails
 */
export function play(address, receiver, signal) {
    return new Promise((resolve) => {
        const socket = new WebSocket(address, 'sightline.v1');
        socket.binaryType = 'arraybuffer';
        socket.onopen = () => receiver.onOpen({
            send: (header, picture) => send(socket, header, picture),
            buffered: () => socket.bufferedAmount,
        });
        socket.onmessage = ({ data }) => {
            if (typeof data === 'string') {
                receiver.onMessage(JSON.parse(data));
            } else {
                receive(data, receiver);
            }
        };
        socket.onclose = ({ code, reason }) => resolve({ code, reason });
        signal.addEventListener('abort', () => {
            socket.onopen = socket.onmessage = socket.onclose = null;
            socket.close();
            resolve({ code: 1006, reason: '' });
        });
    });
}

/**
 * Takes a message apart: four bytes with the header's length, big-endian; the header, JSON in UTF-8; the picture.
 *
 * @param {ArrayBuffer} message
 * @param {Receiver} receiver
 */
function receive(message, receiver) {
    const length = new DataView(message).getUint32(0);
    const header = JSON.parse(TEXT.decode(new Uint8Array(message, 4, length)));
    receiver.onPicture(header, new Uint8Array(message, 4 + length));
}

/**
 * Puts a message together, in the same form.
 *
 * @param {WebSocket} socket
 * @param {object} header
 * @param {ArrayBuffer} picture
 */
function send(socket, header, picture) {
    const text = BYTES.encode(JSON.stringify(header));
    const message = new Uint8Array(4 + text.length + picture.byteLength);
    new DataView(message.buffer).setUint32(0, text.length);
    message.set(text, 4);
    message.set(new Uint8Array(picture), 4 + text.length);
    socket.send(message);
}
