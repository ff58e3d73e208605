/** A stream that broke off is opened again at once, unless that happened in the last so many milliseconds. */
const LASTING = 5_000;

/**
 * What the server says of a stream and of each of its pictures, as server-sent events.
 *
 * @typedef {object} Listener
 * @property {(identity: import('./identities.js').Identity) => void} onIdentity
 * @property {(state: {type: 'state', state: import('./words.js').State, since?: string, reason?: string}) => void} onState
 * @property {(opened: boolean) => void} onLost it has ended, and whether it was open before
 */
export class MetadataStream {
    /** Whether it has been open. */
    opened = false;

    #address;
    #listener;
    #openedAt = -Infinity;
    /** @type {EventSource | undefined} */
    #source;

    /**
     * @param {string} address
     * @param {Listener} listener
     */
    constructor(address, listener) {
        this.#address = address;
        this.#listener = listener;
        this.#open();
    }

    /** Ends it; nothing follows. */
    close() {
        this.#source?.close();
    }

    #open() {
        const source = new EventSource(this.#address);
        this.#source = source;
        source.onopen = () => {
            this.opened = true;
            this.#openedAt = performance.now();
        };
        source.onmessage = ({ data }) => this.#listener.onIdentity(JSON.parse(data));
        source.addEventListener('state', ({ data }) => this.#listener.onState({ type: 'state', ...JSON.parse(data) }));
        source.onerror = () => this.#lost();
    }

    #lost() {
        this.close();
        if (performance.now() - this.#openedAt > LASTING && this.opened) {
            this.#openedAt = performance.now();
            this.#open();
        } else {
            this.#listener.onLost(this.opened);
        }
    }
}
