// What a watched stream looks like from a moment on. Needs watch.js.

function begin(seen) {
    seen.shown.length = 0;
    seen.from = performance.now() - seen.began;
}

/**
 * Of the pictures shown since it began: how many in the middle second, the longest time without any, in the middle how many
 * milliseconds old they were (an RTP timestamp is the time of capture), and how wide the last one is.
 */
function looks({ shown, began, from }) {
    const times = [from, ...shown.map(({ at }) => at), performance.now() - began];
    const gaps = times.slice(1).map((at, i) => at - times[i]);
    const ages = shown.map(({ at, rtpTimestamp }) => {
        const ticks = (performance.timeOrigin + began + at) * 90 - rtpTimestamp;
        return (((ticks % 2 ** 32) + 2 ** 32) % 2 ** 32) / 90;
    });
    return {
        fps: median(perSecond(shown)),
        gap: Math.round(Math.max(...gaps)),
        age: Math.round(median(ages)),
        width: shown.at(-1)?.width ?? 0,
    };
}
