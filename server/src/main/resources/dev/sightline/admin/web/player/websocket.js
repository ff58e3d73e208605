/**
 * @typedef {import('./connection.js').Ending} Ending
 * @typedef {import('./connection.js').Trouble} Trouble
 *
 * @typedef {object} Channel
 * @property {(header: {seq: number, captureTime: number}, picture: ArrayBuffer) => void} send a picture, upwards
 * @property {() => number} buffered bytes that still wait to leave this computer
 *
 * @typedef {import('./connection.js').Receiver<Channel, Uint8Array<ArrayBuffer>>} Receiver
 */

/** Close codes that say more than that the connection is gone. @type {Record<number, Trouble>} */
const TROUBLES = { 1000: 'over', 1013: 'refused', 4404: 'missing', 4409: 'taken' };

/** The server's operator has ended it, or whoever sends here is not to. */
const DISMISSED = 4403;

const TEXT = new TextDecoder();
const BYTES = new TextEncoder();

/**
 * A WebSocket (subprotocol `sightline.v1`) that brings one JPEG after the other, each with its header.
 *
 * @param {string} base the server's address, with a slash at its end
 * @param {string} path below it
 * @param {Trouble} [dismissed] what it is to be closed by the server's operator, or as nobody to be served
 * @returns {import('./connection.js').Attempt<Channel, Uint8Array<ArrayBuffer>>}
 */
export function webSocket(base, path, dismissed = 'refused') {
    const address = new URL(path, base);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    return (receiver, signal) => play(address.href, { ...TROUBLES, [DISMISSED]: dismissed }, receiver, signal);
}

/**
 * @param {string} address
 * @param {Record<number, Trouble>} troubles by close code
 * @param {Receiver} receiver
 * @param {AbortSignal} signal
 * @returns {Promise<Ending>}
 */
function play(address, troubles, receiver, signal) {
    return new Promise((resolve) => {
        const socket = new WebSocket(address, 'sightline.v1');
        socket.binaryType = 'arraybuffer';
        socket.onopen = () => receiver.onOpen({
            send: (header, picture) => socket.send(pack(header, picture)),
            buffered: () => socket.bufferedAmount,
        });
        socket.onmessage = ({ data }) => {
            if (typeof data === 'string') {
                receiver.onMessage(JSON.parse(data));
            } else {
                const { header, picture } = unpack(data);
                receiver.onPicture(header, picture);
            }
        };
        socket.onclose = ({ code, reason }) => resolve({ trouble: troubles[code] ?? 'reconnecting', reason });
        signal.addEventListener('abort', () => {
            socket.onopen = socket.onmessage = socket.onclose = null;
            socket.close();
            resolve({ trouble: 'reconnecting', reason: '' });
        });
    });
}

/**
 * Takes a message apart: four bytes with the header's length, big-endian; the header, JSON in UTF-8; the picture.
 *
 * @param {ArrayBuffer} message
 * @returns {{header: any, picture: Uint8Array<ArrayBuffer>}}
 */
export function unpack(message) {
    const length = new DataView(message).getUint32(0);
    const header = JSON.parse(TEXT.decode(new Uint8Array(message, 4, length)));
    return { header, picture: new Uint8Array(message, 4 + length) };
}

/**
 * Puts a message together, in the same form.
 *
 * @param {object} header
 * @param {ArrayBuffer} picture
 */
export function pack(header, picture) {
    const text = BYTES.encode(JSON.stringify(header));
    const message = new Uint8Array(4 + text.length + picture.byteLength);
    new DataView(message.buffer).setUint32(0, text.length);
    message.set(text, 4);
    message.set(new Uint8Array(picture), 4 + text.length);
    return message;
}
