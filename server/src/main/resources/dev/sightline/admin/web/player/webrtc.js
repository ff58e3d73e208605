// @ts-check
import { follow } from './frames.js';
import { Identities } from './identities.js';
import { MetadataStream } from './metadata.js';
import { Receiving } from './receiving.js';
import { end, negotiate, obstacle, restartIce } from './signalling.js';

/**
 * @typedef {import('./connection.js').Ending} Ending
 * @typedef {import('./connection.js').Trouble} Trouble
 * @typedef {import('./identities.js').Identity} Identity
 * @typedef {import('./identities.js').Shown} Shown
 * @typedef {import('./connection.js').Receiver<Session, Shown>} Receiver
 *
 * @typedef {object} Call whom to ask for what
 * @property {string} address for WHEP, or WHIP where something is sent too
 * @property {string} metadata the address of the server-sent events
 * @property {() => MediaStreamTrack | undefined} [sent] gives what is sent; without it, nothing is
 */

/** No connection after so many milliseconds, or no picture where the server has some: this way is barred. */
const PATIENCE = 2_300;

/**
 * The same for who watches where it has played before: a server that has just started is slow, and meanwhile there is
 * another way. Who sends has to leave this way for good to go another.
 */
const PATIENCE_AGAIN = 800;

/** A picture that the server told of so many milliseconds ago should be here. */
const LATE = 1_500;

/** A picture that the server told of so many milliseconds ago and of which no packet came: perhaps another way is open. */
const OWED = 500;

/** The same for who sends, and hears from the server once a second at least. */
const UNHEARD = 1_500;

/** Other ways are looked for once in so many milliseconds. */
const REVIVAL = 1_000;

/** A connection that brings nothing for so many milliseconds is lost. */
const SILENCE = 2_000;

/** How often it is looked at, in milliseconds. */
const LOOK = 250;

/**
 * A WebRTC connection (WHEP) that shows a stream in a video element, and beside it server-sent events that say which
 * picture is which. It may send as well (WHIP): what it shows then is what the server made of that.
 *
 * @param {Call} call
 * @param {HTMLVideoElement} video
 * @returns {import('./connection.js').Attempt<Session, Shown>}
 */
export function webRtc(call, video) {
    const limit = { patience: PATIENCE };
    return (receiver, signal) => {
        if (typeof RTCPeerConnection !== 'function') {
            return Promise.resolve({ trouble: 'barred', reason: 'this browser has no WebRTC' });
        }
        return new Promise((resolve) => new Session(call, video, limit, receiver, signal, resolve).begin());
    };
}

/** One session from its offer to its end. */
export class Session {
    /** Its own address at the server; empty until the server has told it. */
    address = '';

    #call;
    #video;
    #limit;
    #patience;
    #receiver;
    #resolve;
    #ender = new AbortController();
    #connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    #receiving = new Receiving(this.#connection);
    /** @type {MetadataStream | undefined} */
    #metadata;
    #identities = new Identities((identity, shown) => this.#identified(identity, shown));
    #begunAt = performance.now();
    #firstIdentityAt = Infinity;
    /** Whether nothing will say which picture is which. */
    #nameless = false;
    #shown = 0;
    #named = 0;
    #packets = 0;
    #packetAt = Infinity;
    #arrived = 0;
    #heardAt = Infinity;
    #owedAt = Infinity;
    #brokenAt = Infinity;
    #revivedAt = -Infinity;
    /** @type {MediaStream | undefined} */
    #stream;
    /** @type {{state: string, reason?: string} | undefined} */
    #state;

    /**
     * @param {Call} call
     * @param {HTMLVideoElement} video
     * @param {{patience: number}} limit for the first picture, in milliseconds; shorter for the next session once this one has played
     * @param {Receiver} receiver
     * @param {AbortSignal} signal
     * @param {(ending: Ending) => void} resolve
     */
    constructor(call, video, limit, receiver, signal, resolve) {
        this.#call = call;
        this.#video = video;
        this.#limit = limit;
        this.#patience = limit.patience;
        this.#receiver = receiver;
        this.#resolve = resolve;
        signal.addEventListener('abort', () => this.#end('reconnecting', ''));
    }

    /** What the browser counts. */
    get figures() {
        return this.#receiving.figures;
    }

    /** What sends, where something is sent. */
    get sender() {
        return this.#connection.getTransceivers()[0].sender;
    }

    /** Pictures shown of which nothing was ever known. */
    get unnamed() {
        return this.#identities.unnamed;
    }

    async begin() {
        const { signal } = this.#ender;
        const looking = setInterval(() => this.#look(), LOOK);
        signal.addEventListener('abort', () => clearInterval(looking));
        addEventListener('online', () => this.#revive(), { signal });
        this.#metadata = this.#openMetadata();
        this.#prepare();
        try {
            const answer = await negotiate(this.#connection, this.#call.address, signal);
            if ('refused' in answer) {
                this.#end(answer.refused.trouble, answer.refused.reason);
            } else {
                this.address = answer.session;
            }
        } catch (error) {
            const unreachable = error instanceof TypeError; // as fetch fails
            this.#end(unreachable ? 'reconnecting' : 'barred', unreachable ? '' : `${error}`);
        }
    }

    #prepare() {
        const { receiver } = this.#connection.addTransceiver(this.#call.sent?.() ?? 'video', {
            direction: this.#call.sent ? 'sendrecv' : 'recvonly',
        });
        askForNoDelay(receiver);
        this.#connection.addEventListener('connectionstatechange', () => this.#changed());
        if (!this.#video.srcObject) {
            this.#show(receiver.track);
        }
    }

    /** @param {MediaStreamTrack} track */
    #show(track) {
        this.#stream = new MediaStream([track]);
        this.#video.srcObject = this.#stream;
        this.#video.play().catch(() => {}); // a browser that refuses shows nothing, which is noticed
        follow(this.#video, (shown) => this.#appeared(shown), this.#ender.signal);
    }

    #openMetadata() {
        return new MetadataStream(this.#call.metadata, {
            onIdentity: (identity) => this.#heard(identity),
            onState: (state) => {
                this.#state = state;
                this.#receiver.onMessage(state);
            },
            onLost: (opened) => (opened ? this.#lost('reconnecting', '') : (this.#nameless = true)),
        });
    }

    #changed() {
        const { connectionState } = this.#connection;
        if (connectionState === 'connected' && this.#packetAt === Infinity) {
            this.#opened();
        } else if (connectionState === 'failed') {
            this.#fail();
        } else if (connectionState === 'disconnected') {
            this.#revive();
        }
        const broken = this.#packetAt < Infinity && connectionState !== 'connected';
        this.#brokenAt = broken ? Math.min(this.#brokenAt, performance.now()) : Infinity;
    }

    #opened() {
        this.#packetAt = this.#heardAt = performance.now();
        if (!this.#stream) {
            this.#show(this.#connection.getTransceivers()[0].receiver.track); // until now it showed what came before
        }
        this.#receiver.onOpen(this);
    }

    /** Looks for another way for the same session: it is there sooner than a new one, and who sends keeps the name. */
    async #revive() {
        const now = performance.now();
        if (this.#packetAt === Infinity || now - this.#revivedAt < REVIVAL) {
            return;
        }
        this.#revivedAt = now;
        try {
            if (!(await restartIce(this.#connection, this.address, this.#ender.signal))) {
                this.#lost('reconnecting', '');
            }
        } catch {
            // The server cannot be reached now; whether that lasts is seen by what comes.
        }
    }

    /** @param {Identity} identity */
    #heard(identity) {
        const now = performance.now();
        this.#firstIdentityAt = Math.min(now, this.#firstIdentityAt);
        this.#owedAt = Math.min(now, this.#owedAt);
        this.#identities.add(identity);
    }

    /** @param {Shown} shown */
    #appeared(shown) {
        this.#shown++;
        this.#identities.shown(shown);
    }

    /**
     * @param {Identity} identity
     * @param {Shown} shown
     */
    #identified(identity, shown) {
        this.#named++;
        this.#limit.patience = this.#call.sent ? PATIENCE : PATIENCE_AGAIN;
        const { width, height } = shown;
        this.#receiver.onPicture({ ...identity, width, height, codec: this.figures.codec }, shown);
    }

    async #look() {
        await this.#receiving.look();
        const now = performance.now();
        if (this.figures.packets !== this.#packets) {
            this.#packets = this.figures.packets;
            this.#packetAt = now;
            this.#owedAt = Infinity;
        }
        if (this.figures.arrived !== this.#arrived) {
            this.#arrived = this.figures.arrived;
            this.#heardAt = now;
        }
        if (this.#packetAt === Infinity ? now - this.#begunAt > this.#patience : this.#dark(now)) {
            this.#fail();
        } else if (this.#nameless && this.#connection.currentRemoteDescription) {
            this.#lost('barred', 'the server sends no metadata'); // where it refuses the offer, it says more
        } else if (this.#halved(now) || this.#cut(now)) {
            this.#lost('reconnecting', '');
        } else if (now - this.#owedAt > OWED || (this.#call.sent && now - this.#heardAt > UNHEARD)) {
            this.#revive();
        }
    }

    /**
     * Whether there is no picture yet, or none that is known, though there should be.
     *
     * @param {number} now
     */
    #dark(now) {
        const due = this.#shown > 0 || now - this.#firstIdentityAt > LATE || Boolean(this.#call.sent);
        return this.#named === 0 && due && now - this.#begunAt > this.#patience && !document.hidden;
    }

    /**
     * Whether only one half comes any more, pictures or what is said of them.
     *
     * @param {number} now
     */
    #halved(now) {
        const toldOnly = this.#packetAt !== Infinity && now - this.#owedAt > SILENCE;
        return toldOnly || now - this.#identities.waitingSince > SILENCE;
    }

    /**
     * Whether the server has said goodbye, or answers no more.
     *
     * @param {number} now
     */
    #cut(now) {
        const [{ receiver }] = this.#connection.getTransceivers();
        return receiver.transport?.state === 'closed' || now - this.#brokenAt > SILENCE;
    }

    #fail() {
        if (this.#named > 0) {
            this.#lost('reconnecting', '');
        } else {
            this.#lost('barred', this.#connection.connectionState === 'connected' ? this.#want() : obstacle(this.#connection));
        }
    }

    /** What is wanting though there is a connection. */
    #want() {
        if (this.#shown > 0) {
            return 'pictures came, but nothing said which they are';
        }
        if (this.#packets > 0) {
            return 'packets came, but no picture';
        }
        return this.#call.sent ? 'connected, but nothing came back' : 'connected, but no packet came';
    }

    /**
     * @param {Trouble} trouble
     * @param {string} reason
     */
    #lost(trouble, reason) {
        const over = this.#state?.state === 'ENDED';
        this.#end(over ? 'over' : trouble, over ? (this.#state?.reason ?? '') : reason);
    }

    /**
     * @param {Trouble} trouble
     * @param {string} reason
     */
    #end(trouble, reason) {
        if (!this.#ender.signal.aborted) {
            this.#ender.abort();
            this.#metadata?.close();
            this.#video.pause(); // it keeps its last picture, which would else be black
            this.#connection.close();
            end(this.address);
            this.#resolve({ trouble, reason });
        }
    }
}

/**
 * Pictures are to be shown as they come: none waits for those after it.
 *
 * @param {RTCRtpReceiver} receiver
 */
export function askForNoDelay(receiver) {
    const willing = /** @type {any} */ (receiver);
    willing.jitterBufferTarget = 0;
    willing.playoutDelayHint = 0;
}
