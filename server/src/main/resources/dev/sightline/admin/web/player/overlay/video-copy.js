import { HeldPicture } from './held-picture.js';

/** How many pictures are looked back at to learn by how many a browser counts differently. */
const LOOK_BACK = 30;

/**
 * @typedef {object} Taken
 * @property {number | undefined} rtpTimestamp which picture of the video is seen now
 * @property {boolean} exact whether that is certain
 * @property {HeldPicture} [held] what is to be shown of it; without one, the picture itself is on the screen
 */

/**
 * Copies the pictures of a video onto a canvas above it, each when it is known what was found in it. Browsers show a video's
 * pictures up to a repainting of the screen before or after they tell of them: what is drawn on a canvas beside would belong
 * to another picture now and then. Two canvases change at the same time, and one that is late keeps its picture for so long.
 */
export class VideoCopy {
    /** Whether the canvas shows a picture of which it is not known what was found in it. */
    bare = false;

    /** The video to copy; without one, nothing is. @type {HTMLVideoElement | undefined} */
    #video;

    #canvas;
    #counts = new NewerPictures();
    /** Canvases that held pictures were on. @type {HTMLCanvasElement[]} */
    #spare = [];

    /** @param {HTMLCanvasElement} canvas */
    constructor(canvas) {
        this.#canvas = canvas;
    }

    /** Whether the canvas shows a copy. */
    get isSeen() {
        return this.#canvas.classList.contains('copy');
    }

    /** Copies the next pictures of this video. @param {HTMLVideoElement} video */
    begin(video) {
        if (video !== this.#video) {
            this.#video = video;
            this.#counts = new NewerPictures();
        }
    }

    /** Gives the canvas back, hidden if it showed a copy. */
    end() {
        this.#video = undefined;
        this.#spare = [];
        if (this.isSeen) {
            this.#canvas.classList.remove('copy');
            this.#canvas.hidden = true;
        }
    }

    /**
     * Takes the picture that the video shows now; nothing changes on the screen.
     *
     * @param {HTMLVideoElement} video
     * @param {VideoFrameCallbackMetadata} told what the browser tells of it
     * @returns {Taken}
     */
    take(video, told) {
        if (video !== this.#video || video.videoWidth === 0 || told.rtpTimestamp === undefined) {
            return { rtpTimestamp: told.rtpTimestamp, exact: true };
        }
        const frame = named(video);
        const held = new HeldPicture(this, video, frame?.picture);
        if (frame) {
            return { rtpTimestamp: frame.rtpTimestamp, exact: true, held };
        }
        held.keep(); // it is looked at now what the video shows; whether that is the picture told of, afterwards
        if (this.#counts.newer(video, told)) {
            held.drop();
            return { rtpTimestamp: told.rtpTimestamp, exact: false };
        }
        return { rtpTimestamp: told.rtpTimestamp, exact: true, held };
    }

    /**
     * Shows a picture of this video; one of another video is not shown.
     *
     * @param {HTMLVideoElement} video
     * @param {CanvasImageSource} picture
     * @param {import('./place.js').Size} size
     * @param {boolean} known whether it is known what was found in it
     * @returns {boolean} whether it is on the screen
     */
    paint(video, picture, size, known) {
        if (video !== this.#video) {
            return false;
        }
        draw(this.#canvas, picture, size);
        this.#canvas.classList.add('copy');
        this.#canvas.hidden = false;
        this.bare = !known;
        return true;
    }

    /**
     * The picture on a canvas of its own.
     *
     * @param {CanvasImageSource} picture
     * @param {import('./place.js').Size} size
     */
    keep(picture, size) {
        const canvas = this.#spare.pop() ?? document.createElement('canvas');
        draw(canvas, picture, size);
        return canvas;
    }

    /** Takes such a canvas back. @param {HTMLCanvasElement} canvas */
    give(canvas) {
        if (this.#video) {
            this.#spare.push(canvas);
        }
    }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasImageSource} picture
 * @param {import('./place.js').Size} size
 */
function draw(canvas, picture, { width, height }) {
    if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
    }
    canvas.getContext('2d', { alpha: false })?.drawImage(picture, 0, 0, width, height);
}

/**
 * The picture of a video, which says itself which it is; only some browsers tell that, and only secure pages.
 *
 * @param {HTMLVideoElement} video
 */
function named(video) {
    if (typeof VideoFrame !== 'function' || !('metadata' in VideoFrame.prototype)) {
        return undefined;
    }
    const picture = new VideoFrame(video);
    const { rtpTimestamp } = /** @type {any} */ (picture).metadata();
    if (rtpTimestamp === undefined) {
        picture.close();
        return undefined;
    }
    return { picture, rtpTimestamp: /** @type {number} */ (rtpTimestamp) };
}

/** Notices that a video has moved on since it told of a picture: it counts more pictures then. */
export class NewerPictures {
    /** @type {number[]} */
    #ahead = [];

    /**
     * @param {HTMLVideoElement} video
     * @param {VideoFrameCallbackMetadata} told
     */
    newer(video, { presentedFrames }) {
        const ahead = video.getVideoPlaybackQuality().totalVideoFrames - presentedFrames;
        this.#ahead = [...this.#ahead.slice(1 - LOOK_BACK), ahead];
        return ahead > Math.min(...this.#ahead);
    }
}
