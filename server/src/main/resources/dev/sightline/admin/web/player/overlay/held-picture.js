/** A picture of a video that is shown only when it is known what was found in it; until then the one before stays. */
export class HeldPicture {
    #copy;
    #video;
    #size;
    /** As the browser gives it, for this turn; it has few of them. @type {VideoFrame | undefined} */
    #frame;
    /** @type {HTMLCanvasElement | undefined} */
    #kept;
    #done = false;

    /**
     * @param {import('./video-copy.js').VideoCopy} copy shows it
     * @param {HTMLVideoElement} video
     * @param {VideoFrame} [frame] which this closes
     */
    constructor(copy, video, frame) {
        this.#copy = copy;
        this.#video = video;
        this.#frame = frame;
        this.#size = { width: video.videoWidth, height: video.videoHeight };
    }

    /** Lets it be shown after this turn too. */
    keep() {
        if (!this.#kept && !this.#done) {
            this.#kept = this.#copy.keep(this.#frame ?? this.#video, this.#size);
            this.#frame?.close();
            this.#frame = undefined;
        }
    }

    /**
     * Shows it, once.
     *
     * @param {boolean} known whether it is known what was found in it
     * @returns {number | undefined} since when it is on the screen, by `performance.now()`; nothing where it is not
     */
    show(known) {
        const picture = this.#frame ?? this.#kept;
        const painted = picture && this.#copy.paint(this.#video, picture, this.#size, known);
        this.drop();
        return painted ? performance.now() : undefined;
    }

    /** It will not be shown. */
    drop() {
        this.#done = true;
        this.#frame?.close();
        if (this.#kept) {
            this.#copy.give(this.#kept);
        }
        this.#frame = this.#kept = undefined;
    }
}
