import { EncodeTimes } from './encode-times.js';
import { follow } from './frames.js';
import { Identities } from './identities.js';
import { MetadataStream } from './metadata.js';
import { ReceiverStatistics } from './receiver-statistics.js';
import { PlayoutWatch } from './playout-watch.js';
import { PATIENCE, PATIENCE_AGAIN, SessionHealth } from './session-health.js';
import { dismissal, end, negotiate, obstacle, restartIce } from './signalling.js';

/**
 * @typedef {import('./connection.js').Ending} Ending
 * @typedef {import('./connection.js').Trouble} Trouble
 * @typedef {import('./identities.js').Identity} Identity
 * @typedef {import('./identities.js').Shown} Shown
 * @typedef {import('./connection.js').Receiver<Session, Named>} Receiver
 *
 * @typedef {Shown & {current: boolean}} Named a picture whose identity is known, and whether it is the one on the screen now
 *
 * @typedef {object} Call whom to ask for what
 * @property {string} address for WHEP, or WHIP where something is sent too
 * @property {string} metadata the address of the server-sent events
 * @property {() => MediaStreamTrack | undefined} [sent] gives what is sent; without it, nothing is
 * @property {import('./overlay/video-copy.js').VideoCopy} [copy] on which the pictures may be seen
 */

/** How often it is looked at, in milliseconds. */
const LOOK = 250;

/** A session that starves so many milliseconds after another one did is not begun again. */
const STARVED_AGAIN = 60_000;

/**
 * A WebRTC connection (WHEP) that shows a stream in a video element, and beside it server-sent events that say which
 * picture is which. It may send as well (WHIP): what it shows then is what the server made of that.
 *
 * @param {Call} call
 * @param {HTMLVideoElement} video
 * @returns {import('./connection.js').Attempt<Session, Named>}
 */
export function webRtc(call, video) {
    const limit = { patience: PATIENCE, starvedAt: -Infinity };
    return (receiver, signal) => {
        if (typeof RTCPeerConnection !== 'function') {
            return Promise.resolve({ trouble: 'blocked', reason: 'this browser has no WebRTC' });
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
    #health;
    #playout = new PlayoutWatch();
    #receiver;
    #resolve;
    #ender = new AbortController();
    #connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    #statistics = new ReceiverStatistics(this.#connection);
    #encodeTimes = new EncodeTimes();
    /** @type {MetadataStream | undefined} */
    #metadata;
    #identities = new Identities(
        (identity, shown, current) => this.#identified(identity, { ...shown, current }),
        () => this.#receiver.onNameless?.(),
    );
    /** @type {MediaStream | undefined} */
    #stream;
    /** @type {{state: string, reason?: string} | undefined} */
    #state;
    #losing = false;

    /**
     * @param {Call} call
     * @param {HTMLVideoElement} video
     * @param {{patience: number, starvedAt: number}} limit for the first picture, in milliseconds; shorter for the next session
     *     once this one has played; and when the last session starved
     * @param {Receiver} receiver
     * @param {AbortSignal} signal
     * @param {(ending: Ending) => void} resolve
     */
    constructor(call, video, limit, receiver, signal, resolve) {
        this.#call = call;
        this.#video = video;
        this.#limit = limit;
        this.#health = new SessionHealth(Boolean(call.sent), limit.patience);
        this.#receiver = receiver;
        this.#resolve = resolve;
        signal.addEventListener('abort', () => this.#end('reconnecting', ''));
    }

    /** What the browser counts. */
    get figures() {
        return this.#statistics.figures;
    }

    /** What sends, where something is sent. */
    get sender() {
        return this.#connection.getTransceivers()[0].sender;
    }

    /** Pictures shown whose identity never came. */
    get unnamed() {
        return this.#identities.unnamed;
    }

    async begin() {
        const { signal } = this.#ender;
        const looking = setInterval(() => this.#look(), LOOK);
        signal.addEventListener('abort', () => clearInterval(looking));
        addEventListener('online', () => this.#restart(), { signal });
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
            this.#end(unreachable ? 'reconnecting' : 'blocked', unreachable ? '' : `${error}`);
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
        follow(this.#video, (shown) => this.#appeared(shown), this.#ender.signal, this.#call.copy);
    }

    #openMetadata() {
        return new MetadataStream(this.#call.metadata, {
            onIdentity: (identity) => this.#heard(identity),
            onState: (state) => {
                this.#state = state;
                this.#receiver.onMessage(state);
            },
            onLost: (opened) => (opened ? this.#lost('reconnecting', '') : this.#health.untold()),
        });
    }

    #changed() {
        const { connectionState } = this.#connection;
        const first = !this.#health.connected;
        this.#health.changed(connectionState === 'connected');
        if (connectionState === 'connected' && first) {
            this.#opened();
        } else if (connectionState === 'failed') {
            this.#fail();
        } else if (connectionState === 'disconnected') {
            this.#restart();
        }
    }

    #opened() {
        if (!this.#stream) {
            this.#show(this.#connection.getTransceivers()[0].receiver.track); // until now it showed what came before
        }
        this.#receiver.onOpen(this);
    }

    /** Restarts ICE: another path for the same session is there sooner than a new session, and who sends keeps the name. */
    async #restart() {
        if (!this.#health.mayRestart()) {
            return;
        }
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
        this.#health.told();
        this.#encodeTimes.add(identity.encoded ?? []);
        this.#identities.add(identity);
    }

    /** @param {Shown} shown */
    #appeared(shown) {
        this.#health.shown();
        this.#identities.shown(shown);
    }

    /**
     * @param {Identity} identity
     * @param {Named} shown
     */
    #identified(identity, shown) {
        this.#health.named();
        this.#limit.patience = this.#call.sent ? PATIENCE : PATIENCE_AGAIN;
        const { width, height, arrivedAt } = shown;
        const { codec } = this.figures;
        const encoding = this.#encodeTimes.of({ seq: identity.seq, codec, width, height });
        this.#receiver.onPicture({ ...identity, width, height, arrivedAt, codec, encoding }, shown);
    }

    async #look() {
        await this.#statistics.look();
        if (this.#ender.signal.aborted) {
            return;
        }
        this.#health.counted(this.figures);
        this.#playout.counted(this.figures);
        this.#identities.look(performance.now());
        if (this.#playout.late && !document.hidden && !this.#call.sent) {
            this.#receiver.onLate?.();
        }
        switch (this.#health.verdict(this.#surroundings())) {
            case 'failed':
                this.#fail();
                break;
            case 'starved':
                this.#starved();
                break;
            case 'anonymous':
                this.#lost('blocked', 'the server sends no metadata');
                break;
            case 'lost':
                this.#lost('reconnecting', '');
                break;
            case 'restart':
                this.#restart();
        }
    }

    #surroundings() {
        const [{ receiver }] = this.#connection.getTransceivers();
        return {
            visible: !document.hidden,
            answered: Boolean(this.#connection.currentRemoteDescription),
            closed: receiver.transport?.state === 'closed',
            waitingSince: this.#identities.waitingSince,
        };
    }

    #fail() {
        if (this.#health.played) {
            this.#lost('reconnecting', '');
        } else {
            const connected = this.#connection.connectionState === 'connected';
            this.#lost('blocked', connected ? this.#health.want : obstacle(this.#connection));
        }
    }

    /** A new session may get what this one does not; if that starves too, pictures are to come another way. */
    #starved() {
        const now = performance.now();
        const again = now - this.#limit.starvedAt < STARVED_AGAIN && !this.#call.sent;
        this.#limit.starvedAt = now;
        this.#lost(again ? 'blocked' : 'reconnecting', again ? 'packets come, but no pictures any more' : '');
    }

    /**
     * @param {Trouble} trouble
     * @param {string} reason
     */
    async #lost(trouble, reason) {
        if (this.#losing) {
            return; // the server is being asked why
        }
        this.#losing = true;
        if (this.#state?.state === 'ENDED') {
            this.#end('over', this.#state.reason ?? '');
            return;
        }
        const dismissed = trouble === 'reconnecting' ? await dismissal(this.address) : '';
        if (dismissed) {
            this.#end(this.#call.sent ? 'refused' : 'disconnected', dismissed);
        } else {
            this.#end(trouble, reason);
        }
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
