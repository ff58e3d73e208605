/**
 * The size of a picture within limits: never enlarged, the aspect kept, lying or standing as the camera is held.
 *
 * @param {number} width of the camera's picture, in pixels
 * @param {number} height the same
 * @param {{width: number, height: number}} limits
 */
export function fit(width, height, limits) {
    const long = Math.max(limits.width, limits.height) / Math.max(width, height);
    const short = Math.min(limits.width, limits.height) / Math.min(width, height);
    const scale = Math.min(1, long, short);
    return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
