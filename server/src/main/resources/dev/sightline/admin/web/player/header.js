/**
 * What is known of a picture, whatever brought it.
 *
 * @typedef {object} Header
 * @property {number} seq the picture's number, from 1; gaps are pictures that were dropped
 * @property {number} captureTime milliseconds since the Unix epoch, by the server's clock
 * @property {number} width
 * @property {number} height
 * @property {string} codec
 * @property {boolean} [keyframe]
 * @property {number} [rtpTimestamp] its moment on the stream's 90 kHz clock, 32 bits
 * @property {Record<string, any>} metadata what was found in it
 * @property {{source: number, pipeline: number, encode?: number}} [times] how long it was in each stage of the server, in
 *     milliseconds; `encode` where it was encoded for this transport and that was told
 * @property {Promise<number>} [encoding] the same of a video's encoder, once that is known; NaN where nothing encoded the picture
 * @property {number} [arrivedAt] when it was here, not decoded yet, by `performance.now()`
 * @property {{seq: number, captureTime: number}} [from] which of its publisher's pictures it was made of
 */
export {};
