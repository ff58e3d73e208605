import { troubles } from '../player/words.js';

/**
 * What the details of a stream say, as names and texts.
 *
 * @typedef {import('../sightline-player.js').SightlinePlayer['statistics']} Figures
 * @typedef {import('../api.js').Stream} Stream
 *
 * @typedef {object} Known
 * @property {Figures} figures of the player
 * @property {boolean} live whether live pictures come
 * @property {import('../player/header.js').Header | undefined} header of the picture shown
 * @property {Stream | undefined} stream what the server says of it, as far as it was asked
 * @property {any} session what the server says of the WebRTC session, as far as it was asked
 */

/** @param {Known} known @returns {[string, string][]} */
export function details({ figures, live, header, stream, session }) {
    return [
        ['Picture', figures.painted > 0 ? `${figures.width} × ${figures.height}, no. ${figures.seq}` : '–'],
        ['Age', live ? age(figures) : '–'],
        ['Latency', live ? latency(figures) : '–'],
        ...optional('Split', live ? spent(figures) : ''),
        ['Rate', live ? `${figures.fps.toFixed(1)} fps here, ${stream?.fps?.toFixed(1) ?? '–'} at the source` : '–'],
        ['Network', network(figures)],
        ...optional('Better way', figures.fallback.replaceAll('; ', '\n')),
        ...server(session),
        ['Dropped', `${figures.missed} on the way, ${figures.dropped ?? 0} here`],
        ...losses(figures),
        ['Found', found(header, figures)],
        ['Source', stream?.source ?? '–'],
        ['Steps', steps(stream)],
        ['Viewers', String(stream?.viewers ?? '–')],
        ['Encoded', renditions(stream)],
    ];
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
    const shown = Math.max(0, milliseconds);
    return shown < 10_000 ? `${shown.toFixed(0)} ms` : `${(shown / 1000).toFixed(0)} s`;
}

/** @param {number} bitsPerSecond */
export function rate(bitsPerSecond) {
    return bitsPerSecond < 999_500
        ? `${(bitsPerSecond / 1e3).toFixed(0)}\u00a0kbit/s`
        : `${(bitsPerSecond / 1e6).toFixed(1)}\u00a0Mbit/s`;
}

/** @param {string} name @param {string} text @returns {[string, string][]} */
function optional(name, text) {
    return text ? [[name, text]] : [];
}

/** @param {Figures} figures */
function age({ age, ageUncertainty }) {
    const known = Number.isFinite(age) && Number.isFinite(ageUncertainty);
    return known ? `${duration(age)} ± ${duration(Math.max(1, ageUncertainty))}` : '–';
}

/** From capture to the screen, of the pictures of the last seconds. @param {Figures} figures */
function latency({ ageMedian, ageMost, ageUncertainty }) {
    const known = Number.isFinite(ageMedian) && Number.isFinite(ageUncertainty);
    return known ? `p50 ${duration(ageMedian)}, p95 ${duration(ageMost)}, ± ${duration(Math.max(1, ageUncertainty))}` : '–';
}

/** Where that comes from, as far as it is known. @param {Figures} figures */
function spent({ split: { source, pipeline, encode, network, display } }) {
    const known = Number.isFinite(network);
    const encoding = Number.isFinite(encode) ? `encoding ${duration(encode)}, ` : ''; // else the source's own bytes are sent
    return known ? `source ${duration(source)}, pipeline ${duration(pipeline)}, ${encoding}network ${duration(network)}, decoding and display ${duration(display)}` : '';
}

/** @param {Figures} figures */
function network({ transport, carrier, codec, bitsPerSecond, bytesPerPicture, roundTrip = NaN }) {
    if (transport !== 'WebRTC') {
        return `${transport || '–'}, ${rate(bitsPerSecond)}, ${size(bytesPerPicture)} a picture`;
    }
    const how = carrier ? ` over ${carrier.toUpperCase()}` : '';
    const trip = Number.isFinite(roundTrip) ? `, ${duration(roundTrip).replace(' ', '\u00a0')} there and back` : '';
    return `WebRTC${how}, ${codec ? `${codec.toUpperCase()}, ` : ''}${rate(bitsPerSecond)}${trip}`;
}

/** @param {number} bytes */
function size(bytes) {
    return Number.isFinite(bytes) ? `${(bytes / 1000).toFixed(0)} kB` : '–';
}

/**
 * What the server sends by WebRTC, why that, and what it knows of the line.
 *
 * @param {any} session
 * @returns {[string, string][]}
 */
function server(session) {
    const watched = session?.watched;
    if (!watched?.rendition) {
        return [];
    }
    const { rendition, reason, ladder, askedAgain, repaired, withheld, unrecoverable } = watched;
    const rung = ladder.indexOf(rendition) + 1;
    const place = rung > 0 && ladder.length > 1 ? ` (${rung} of ${ladder.length})` : '';
    return [
        ['Rendition', `${rendition}${place}${layer(watched)}: ${reason}`],
        ...optional('Line', line(watched)),
        ['Repairs', `${askedAgain} asked for, ${repaired} sent, ${withheld} withheld, ${unrecoverable} too old`],
    ];
}

/** How many of the frames it carries, if not all. @param {any} watched */
function layer({ rendition, temporalLayer, framesDropped }) {
    return framesDropped > 0 && rendition.startsWith('vp8') ? [', every fourth frame', ', every second frame'][temporalLayer] ?? '' : '';
}

/** What the line carries, as far as that is known. @param {any} watched */
function line({ estimate, queueMillis, datagramBytes }) {
    const own = queueMillis === undefined
        ? ''
        : `, ${duration(queueMillis)} in queues, datagrams of up to ${datagramBytes.toLocaleString('en')} bytes`;
    return estimate === undefined ? '' : `about ${rate(estimate)}${own}`;
}

/**
 * What was lost on the way and what became of it, where that can be counted.
 *
 * @param {Figures} figures
 * @returns {[string, string][]}
 */
function losses({ packetsLost, packetsRepaired, freezes, frozen = 0 }) {
    if (packetsLost === undefined) {
        return [];
    }
    const often = freezes === 1 ? 'once' : `${freezes} times`;
    return [
        ['Packets', `${packetsLost} lost, ${packetsRepaired} sent again`],
        ['Stood still', `${often}, ${(frozen / 1000).toFixed(1)} s in all`],
    ];
}

/**
 * What was found in the picture shown, by label, and what of it is not drawn: `2 face, 1 motion; 3 not drawn`.
 *
 * @param {Known['header']} header
 * @param {Figures} figures
 */
function found(header, { leftOut }) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { label } of header?.metadata?.detections ?? []) {
        counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    const counted = [...counts].map(([label, count]) => `${count} ${label}`).join(', ') || 'nothing';
    return leftOut > 0 ? `${counted}; ${leftOut} not drawn` : counted;
}

/** @param {Stream | undefined} stream */
function steps(stream) {
    const processors = stream?.processors ?? [];
    const texts = processors.map(({ name, millis, failures }) => {
        const failed = failures > 0 ? `, ${failures} failures` : '';
        return `${name} ${millis.toFixed(1)} ms${failed}`;
    });
    return [...texts, ...troubles(processors)].join('\n') || 'none';
}

/** @param {Stream | undefined} stream */
function renditions(stream) {
    const encoded = (stream?.renditions ?? []).filter(({ name }) => name !== 'metadata');
    const texts = encoded.map(({ name, frames, viewers, encoder, millis }) => {
        const passed = frames > 0 ? 'as it comes' : 'nothing yet';
        const how = encoder ? `${millis.toFixed(1)} ms by ${encoder}` : passed;
        return `${name}, ${how}, ${viewers === 1 ? '1 viewer' : `${viewers} viewers`}`;
    });
    return texts.join('\n') || '–';
}
