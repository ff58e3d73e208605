/**
 * Tells of every picture that a video shows, as exactly as the browser can.
 *
 * @param {HTMLVideoElement} video
 * @param {(shown: import('./identities.js').Shown) => void} onShown
 * @param {AbortSignal} signal ends it
 * @param {import('./overlay/video-copy.js').VideoCopy} [copy] on which the pictures may be seen
 */
export function follow(video, onShown, signal, copy) {
    if (typeof video.requestVideoFrameCallback !== 'function') {
        count(video, onShown, signal);
        return;
    }
    const shown = (/** @type {number} */ _now, /** @type {VideoFrameCallbackMetadata} */ frame) => {
        if (!signal.aborted) {
            video.requestVideoFrameCallback(shown);
            const taken = copy?.take(video, frame) ?? { rtpTimestamp: frame.rtpTimestamp, exact: true };
            const { width, height } = frame;
            const arrivedAt = taken.rtpTimestamp === frame.rtpTimestamp ? frame.receiveTime : undefined;
            onShown({ ...taken, width, height, at: performance.now(), arrivedAt });
            taken.held?.keep();
        }
    };
    video.requestVideoFrameCallback(shown);
}

/**
 * The same where a browser has no callbacks: looks before every repainting of the screen whether there were more pictures.
 *
 * @param {HTMLVideoElement} video
 * @param {(shown: import('./identities.js').Shown) => void} onShown
 * @param {AbortSignal} signal
 */
function count(video, onShown, signal) {
    let last = 0;
    const look = () => {
        if (signal.aborted) {
            return;
        }
        requestAnimationFrame(look);
        const { totalVideoFrames } = video.getVideoPlaybackQuality();
        if (totalVideoFrames !== last && video.videoWidth > 0) {
            last = totalVideoFrames;
            const { videoWidth: width, videoHeight: height } = video;
            onShown({ rtpTimestamp: undefined, width, height, at: performance.now(), exact: false });
        }
    };
    look();
}
