/**
 * The kinds of streams that can be added.
 *
 * @typedef {object} Kind
 * @property {string} id
 * @property {string} label
 * @property {string} example of an address; the address itself where there is only one
 * @property {boolean} addressed whether the user gives an address, which can be tried
 * @property {string} hint
 */

/** @type {Kind[]} */
export const KINDS = [
    { id: 'camera', label: 'Camera of this computer', example: 'camera:0', addressed: true, hint: 'camera:0 is the first one, camera:1 the second.' },
    { id: 'rtsp', label: 'Network camera (RTSP)', example: 'rtsp://user:password@192.168.1.20/stream', addressed: true, hint: 'The camera’s manual names the address; special characters of the password are written like %40.' },
    { id: 'http', label: 'Camera over HTTP (MJPEG or video)', example: 'http://192.168.1.21/video.mjpg', addressed: true, hint: 'MJPEG, single JPEGs, HLS, or a video file.' },
    { id: 'file', label: 'Video file', example: 'videos/party.mp4', addressed: true, hint: 'On the server’s computer; it plays again and again.' },
    { id: 'pattern', label: 'Test pattern', example: 'pattern:640x480@30', addressed: true, hint: 'Size and frames per second.' },
    { id: 'publish', label: 'Somebody’s browser camera, for all to watch', example: 'publish:', addressed: false, hint: 'One person at a time sends a camera from a page; everybody can watch.' },
    { id: 'mirror', label: 'Browser cameras, each for itself', example: 'mirror:', addressed: false, hint: 'Everybody who sends a camera gets the result back, and nobody else does.' },
];

/** As the server checks it. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * A free name that fits an address.
 *
 * @param {string} kind
 * @param {string} address
 * @param {string[]} taken
 */
export function suggestedName(kind, address, taken) {
    const base = cleaned(KNOWN[kind]?.(address) ?? kind) || kind;
    for (let i = 1; ; i++) {
        const name = i === 1 ? base : `${base}-${i}`;
        if (!taken.includes(name)) {
            return name;
        }
    }
}

/** What of an address may name a stream. @type {Record<string, (address: string) => string>} */
const KNOWN = {
    file: (address) => address.split(/[\\/]/).pop()?.replace(/\.[^.]*$/, '') ?? '',
    rtsp: host,
    http: host,
    publish: () => 'camera',
    mirror: () => 'mirror',
};

/** Its numbers say nothing to people. @param {string} address */
function host(address) {
    const name = address.match(/^\w+:\/\/(?:[^@/]*@)?([^:/?#]+)/)?.[1] ?? '';
    return /^[\d.]*$/.test(name) ? 'camera' : name.split('.')[0];
}

/** @param {string} name */
function cleaned(name) {
    return name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
}

/**
 * What is wrong with a name, in words; empty if nothing is.
 *
 * @param {string} name
 * @param {string[]} taken
 */
export function nameProblem(name, taken) {
    if (!NAME.test(name)) {
        return 'Use 1 to 64 letters, digits, dashes and underscores.';
    }
    return taken.includes(name) ? `There is a stream “${name}” already.` : '';
}

/**
 * What a probe found, in a line, as far as it is known: `640 × 480, h264, 25 fps`.
 *
 * @param {{width: number, height: number, codec?: string, fps?: number}} found
 */
export function foundText({ width, height, codec, fps }) {
    return [`${width} × ${height}`, codec, fps && `${fps} fps`].filter(Boolean).join(', ');
}
