/**
 * Tells of every picture that a video shows, as exactly as the browser can.
 *
 * @param {HTMLVideoElement} video
 * @param {(shown: import('./identities.js').Shown) => void} onShown
 * @param {AbortSignal} signal ends it
 */
export function follow(video, onShown, signal) {
    if (typeof video.requestVideoFrameCallback !== 'function') {
        count(video, onShown, signal);
        return;
    }
    const shown = (/** @type {number} */ _now, /** @type {VideoFrameCallbackMetadata} */ frame) => {
        if (!signal.aborted) {
            video.requestVideoFrameCallback(shown);
            const { rtpTimestamp, width, height } = frame;
            onShown({ rtpTimestamp, width, height, at: performance.now() });
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
            onShown({ rtpTimestamp: undefined, width: video.videoWidth, height: video.videoHeight, at: performance.now() });
        }
    };
    look();
}
