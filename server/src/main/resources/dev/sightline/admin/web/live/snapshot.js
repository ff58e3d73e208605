/**
 * Fetches one picture and hands it to the user as a file, named by stream and time: `cam-2026-11-29-013000.jpg`.
 *
 * @param {string} address of one JPEG
 * @param {string} stream its name
 * @returns {Promise<string>} what became of it, for people
 */
export async function save(address, stream) {
    /** @type {Response} */
    let answer;
    try {
        answer = await fetch(address, { cache: 'no-store' });
    } catch {
        return 'no snapshot: the server does not answer';
    }
    if (!answer.ok) {
        const { detail = `the server answers ${answer.status}` } = await answer.json().catch(() => ({}));
        return `no snapshot: ${detail}`;
    }
    const captured = Number(answer.headers.get('X-Sightline-Capture-Time')) || Date.now();
    const link = document.createElement('a');
    link.download = fileName(stream, new Date(captured));
    link.href = URL.createObjectURL(await answer.blob());
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers begin late
    return `saved ${link.download}`;
}

/**
 * @param {string} stream
 * @param {Date} moment in the user's time
 */
export function fileName(stream, moment) {
    const [day, time] = [moment.toLocaleDateString('en-CA'), moment.toLocaleTimeString('en-GB')];
    return `${stream}-${day}-${time.replaceAll(':', '')}.jpg`;
}
