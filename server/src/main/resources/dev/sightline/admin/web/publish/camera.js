/**
 * Why there is no camera, for the person who wants one.
 *
 * @typedef {object} Explanation
 * @property {string} title what happened
 * @property {string} text why
 * @property {(string | {href: string, text: string})[]} steps what to do about it; an address is a link
 */

/**
 * Opens a camera; the browser asks the user first. Fails as `getUserMedia` does, see {@link explain}.
 *
 * @param {string} device its id, empty for the browser's choice
 * @param {number} width in pixels, as near as the camera can
 * @param {number} height the same
 */
export function open(device, width, height) {
    const which = device ? { deviceId: { exact: device } } : { facingMode: 'user' };
    const video = { ...which, width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 } };
    return navigator.mediaDevices.getUserMedia({ video, audio: false });
}

/** The cameras there are; none before the user has permitted one, for until then they have no names. */
export async function cameras() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return devices
        .filter(({ kind, deviceId, label }) => kind === 'videoinput' && deviceId && label)
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/**
 * Browsers give no camera to a page that came over plain HTTP, save from the computer itself.
 *
 * @returns {Explanation | undefined} nothing if this page may have one
 */
export function insecure() {
    if (isSecureContext && navigator.mediaDevices) {
        return undefined;
    }
    const secure = new URL(location.href);
    secure.protocol = 'https:';
    const here = new URL(location.href);
    here.hostname = 'localhost';
    return {
        title: 'The browser gives the camera only to a secure address',
        text: `This page came over plain HTTP from ${location.host}. Browsers let such a page use no camera.`,
        steps: [
            'Start the server with --tls auto; then this page is at',
            { href: secure.href, text: secure.href },
            'At the computer where the server runs, plain HTTP will do from',
            { href: here.href, text: here.href },
        ],
    };
}

/**
 * Puts what `getUserMedia` failed with into words.
 *
 * @param {unknown} error
 * @returns {Explanation}
 */
export function explain(error) {
    const { name = '', message = '' } = /** @type {Partial<DOMException>} */ (error ?? {});
    switch (name) {
        case 'NotAllowedError':
        case 'SecurityError':
            return {
                title: 'The camera was refused',
                text: 'This page is not allowed to use the camera.',
                steps: [
                    'Click the camera or the lock beside the address, allow the camera for this page, then press Start again.',
                    'If nothing is asked there, the system refuses: allow the browser in its privacy settings, under Camera.',
                ],
            };
        case 'NotFoundError':
        case 'DevicesNotFoundError':
            return {
                title: 'No camera was found',
                text: 'The browser sees no camera at this device.',
                steps: ['Plug one in, or switch it on, then press Start again.'],
            };
        case 'NotReadableError':
        case 'AbortError':
            return {
                title: 'The camera is in use',
                text: `Another program or tab may have it${message ? ` (${message})` : ''}.`,
                steps: ['Close the other one, or choose another camera below, then press Start again.'],
            };
        case 'OverconstrainedError':
            return {
                title: 'That camera is gone',
                text: 'The chosen camera is no longer at this device.',
                steps: ['Choose another one below, then press Start again.'],
            };
        default:
            return {
                title: 'The camera does not open',
                text: message || name || 'The browser gives no reason.',
                steps: ['Try another camera or another browser, then press Start again.'],
            };
    }
}
