/**
 * Sends a camera to a stream and shows what the server made of it.
 *
 * @typedef {object} Publisher
 * @property {import('./publisher-status.js').PublisherStatus} status
 * @property {HTMLCanvasElement | HTMLVideoElement} surface where the result is shown; an event `picture` tells of each
 * @property {(query: string) => void} connect connects, in place of what was connected before; the query names processors
 * @property {(camera: MediaStream, video: HTMLVideoElement, settings: import('./grabber.js').Settings) => void} take sends
 *     this camera from now on, which the video shows
 * @property {() => void} rest the camera is to be closed
 * @property {(settings: import('./grabber.js').Settings) => void} set from now on
 * @property {Figures} figures
 * @property {() => void} look to be called now and then
 * @property {() => void} close ends it; nothing follows
 *
 * @typedef {object} Figures
 * @property {number} roundTrip from a picture to what was made of it, in milliseconds
 * @property {number} sent pictures per second
 * @property {number} returned the same
 * @property {number} dropped pictures
 * @property {string} droppedWhere the same, for people
 * @property {string} line how it is sent, for people
 *
 * @typedef {object} Place where to send
 * @property {string} base the server's address, with a slash at its end
 * @property {string} name the stream's
 */
export {};
