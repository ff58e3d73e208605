/**
 * Figures of a video that comes by WebRTC, from the browser's own counts.
 *
 * @typedef {object} Figures
 * @property {number} bitsPerSecond
 * @property {number} received pictures that came whole
 * @property {number} decoded
 * @property {number} dropped pictures that came and were not shown
 * @property {number} packets
 * @property {number} arrived packets of any kind, reports too
 * @property {number} packetsLost packets that were missed, repaired or not
 * @property {number} packetsRepaired packets that were sent again and came
 * @property {number} freezes how often the picture stood still
 * @property {number} frozen for how long in all, in milliseconds
 * @property {number} buffered how long a picture waited in the jitter buffer, in milliseconds, the mean of the last second or
 *     so; NaN where it is not known
 * @property {number} roundTrip of a packet to the server and back, in milliseconds; NaN where it is not known
 * @property {string} codec for example `vp8`; empty where it is not known
 * @property {string} carrier `udp` or `tcp`; empty where it is not known
 */

/** @type {Figures} */
const NONE = {
    bitsPerSecond: 0,
    received: 0,
    decoded: 0,
    dropped: 0,
    packets: 0,
    arrived: 0,
    packetsLost: 0,
    packetsRepaired: 0,
    freezes: 0,
    frozen: 0,
    buffered: NaN,
    roundTrip: NaN,
    codec: '',
    carrier: '',
};

/** Over how many milliseconds rates are taken, at least. */
const WINDOW = 1_000;

/** Looks at what a connection receives. */
export class ReceiverStatistics {
    figures = NONE;

    #connection;
    #bytes = 0;
    #waited = 0;
    #emitted = 0;
    #at = 0;

    /** @param {RTCPeerConnection} connection */
    constructor(connection) {
        this.#connection = connection;
    }

    /** Brings the figures up to date. */
    async look() {
        const report = await this.#connection.getStats();
        const all = [...report.values()];
        const inbound = all.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
        if (!inbound) {
            return;
        }
        const transport = all.find(({ type }) => type === 'transport');
        const pair = report.get(transport?.selectedCandidatePairId ?? '')
            ?? all.find(({ type, nominated }) => type === 'candidate-pair' && nominated);
        this.figures = {
            ...this.#lately(inbound),
            received: inbound.framesReceived ?? 0,
            decoded: inbound.framesDecoded ?? 0,
            dropped: inbound.framesDropped ?? 0,
            packets: inbound.packetsReceived ?? 0,
            arrived: transport?.packetsReceived ?? inbound.packetsReceived ?? 0,
            packetsLost: Math.max(0, inbound.packetsLost ?? 0),
            packetsRepaired: inbound.retransmittedPacketsReceived ?? 0,
            freezes: inbound.freezeCount ?? 0,
            frozen: 1_000 * (inbound.totalFreezesDuration ?? 0),
            roundTrip: 1_000 * (pair?.currentRoundTripTime ?? NaN),
            codec: report.get(inbound.codecId)?.mimeType?.replace('video/', '').toLowerCase() ?? '',
            carrier: report.get(pair?.remoteCandidateId)?.protocol ?? '',
        };
    }

    /** What is counted over a time. @param {any} inbound */
    #lately({ timestamp, bytesReceived = 0, jitterBufferDelay = NaN, jitterBufferEmittedCount = 0 }) {
        const span = timestamp - this.#at;
        if (span < WINDOW) {
            const { bitsPerSecond, buffered } = this.figures;
            return { bitsPerSecond, buffered };
        }
        const first = this.#at === 0;
        const bitsPerSecond = first ? 0 : (8_000 * (bytesReceived - this.#bytes)) / span;
        const buffered = first ? NaN : (1_000 * (jitterBufferDelay - this.#waited)) / (jitterBufferEmittedCount - this.#emitted);
        this.#bytes = bytesReceived;
        this.#waited = jitterBufferDelay;
        this.#emitted = jitterBufferEmittedCount;
        this.#at = timestamp;
        return { bitsPerSecond, buffered };
    }
}
