import { CanvasTransport } from './canvas-transport.js';
import { mjpeg } from './mjpeg.js';
import { VideoTransport } from './video-transport.js';
import { webSocket } from './websocket.js';

/**
 * How pictures come from the server to the screen.
 *
 * @typedef {'webrtc' | 'websocket' | 'mjpeg'} TransportName
 *
 * @typedef {object} Transport
 * @property {HTMLCanvasElement | HTMLVideoElement} surface where the pictures are shown; it may hold the last one after the end
 * @property {Figures} figures
 * @property {string} [key] its viewer key, under which the page reports what it measures
 * @property {() => void} close ends it; nothing follows
 *
 * @typedef {Partial<import('./receiver-statistics.js').Figures> & {unnamed?: number, session?: string}} Figures of one
 *     transport, beside those that all have; `session` is its name at the server
 *
 * @typedef {object} TransportListener
 * @property {() => void} onOpen what comes now is not to be compared with what came before
 * @property {(seq: number, bytes: number) => void} onArrived a picture is here, of so many bytes where that is known
 * @property {(header: import('./header.js').Header, at: number, current: boolean) => void} onPainted it is on the surface, since
 *     when by `performance.now()`; and whether it, and certainly it, is the one seen there now
 * @property {() => void} [onNameless] a picture is on the surface of which nothing is known, or not yet
 * @property {(message: any) => void} onMessage
 * @property {() => void} [onLate] pictures come later than they need to; by a successor they may not
 * @property {(trouble: import('./connection.js').Trouble, reason: string) => void} onTrouble nothing comes until the next
 *     `onOpen`
 *
 * @typedef {object} Wish
 * @property {string} base the server's address, with a slash at its end
 * @property {string} stream its name
 * @property {TransportName[]} names the transports that may be used, the best first
 * @property {number} width of JPEGs in pixels, 0 for the stream's own
 * @property {string} codec of video, empty for the server's choice
 * @property {HTMLCanvasElement} canvas for JPEGs
 * @property {Element} stage where a video may be put, unseen until it is shown
 * @property {import('./overlay/video-copy.js').VideoCopy} copy on which the pictures of a video may be seen
 */

/** What the transports are called on pages, the best first. @type {Record<TransportName, string>} */
export const LABELS = { webrtc: 'WebRTC', websocket: 'WebSocket', mjpeg: 'MJPEG' };

/**
 * The transports of a list that somebody wrote, in its order; all of them where it names none.
 *
 * @param {string} list names between spaces, commas or bars
 */
export function named(list) {
    const all = /** @type {TransportName[]} */ (Object.keys(LABELS));
    const listed = list.toLowerCase().split(/[\s,|]+/);
    const chosen = listed.flatMap((word) => all.filter((name) => name === word));
    return chosen.length > 0 ? chosen : all;
}

/**
 * Opens a transport of that name.
 *
 * @param {TransportName} name
 * @param {Wish} wish
 * @param {import('./server-clock.js').ServerClock} clock of the server
 * @param {TransportListener} listener
 * @returns {Transport}
 */
export function openTransport(name, { base, stream, width, codec, canvas, stage, copy }, clock, listener) {
    const path = `live/${encodeURIComponent(stream)}`;
    const key = viewerKey();
    const sized = `viewer=${key}${width > 0 ? `&width=${width}` : ''}`;
    switch (name) {
        case 'webrtc': {
            const address = new URL(`${path}/whep?viewer=${key}${codec ? `&codec=${codec}` : ''}`, base).href;
            const metadata = new URL(`${path}/metadata`, base).href;
            return Object.assign(new VideoTransport(clock, { address, metadata, copy }, stage, listener), { key });
        }
        case 'websocket':
            return Object.assign(
                new CanvasTransport(clock, webSocket(base, `${path}/ws?${sized}`, 'disconnected'), canvas, listener),
                { key },
            );
        default:
            return Object.assign(new CanvasTransport(clock, mjpeg(base, stream, sized), canvas, listener), { key });
    }
}

/** A key that nobody guesses: who has it can report in this viewer's name. */
function viewerKey() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
