/** How many pictures are looked back at to learn by how many a browser counts differently. */
const LOOK_BACK = 30;

/**
 * Copies the pictures of a video onto a canvas above it, each in the turn in which it is told of. Browsers show a video's
 * pictures up to a repainting of the screen before or after they tell of them: what is drawn on a canvas beside would belong
 * to another picture now and then. Two canvases change at the same time.
 */
export class VideoCopy {
    /** The video to copy; without one, nothing is. @type {HTMLVideoElement | undefined} */
    #video;

    #canvas;
    #counts = new NewerPictures();

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
        if (this.isSeen) {
            this.#canvas.classList.remove('copy');
            this.#canvas.hidden = true;
        }
    }

    /**
     * Copies the picture on the screen.
     *
     * @param {HTMLVideoElement} video
     * @param {VideoFrameCallbackMetadata} told what the browser tells of it
     * @returns {{rtpTimestamp: number | undefined, exact: boolean}} whose picture is seen now, and whether that is certain
     */
    take(video, told) {
        if (video !== this.#video || video.videoWidth === 0) {
            return { rtpTimestamp: told.rtpTimestamp, exact: true };
        }
        const frame = named(video);
        this.#paint(frame?.picture ?? video, video);
        frame?.picture.close();
        return frame
            ? { rtpTimestamp: frame.rtpTimestamp, exact: true }
            : { rtpTimestamp: told.rtpTimestamp, exact: !this.#counts.newer(video, told) };
    }

    /** @param {CanvasImageSource} picture @param {HTMLVideoElement} video */
    #paint(picture, { videoWidth, videoHeight }) {
        if (this.#canvas.width !== videoWidth || this.#canvas.height !== videoHeight) {
            this.#canvas.width = videoWidth;
            this.#canvas.height = videoHeight;
        }
        this.#canvas.getContext('2d', { alpha: false })?.drawImage(picture, 0, 0, videoWidth, videoHeight);
        this.#canvas.classList.add('copy');
        this.#canvas.hidden = false;
    }
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
