/** A connection that the server has refused is tried again after so many milliseconds; one that broke, by the browser. */
const PAUSE = 5_000;

/** What the server tells: the configuration is another one, or the file is wrong; a stream's state; events were missed. */
const TYPES = ['applied', 'refused', 'state', 'missed'];

/**
 * The server's changes, as server-sent events while the page is looked at. Each is told as an event `change`, and so is that
 * the connection has come or gone: anything may have changed meanwhile. Where it does not come, a page has to ask now and then.
 */
export class Changes extends EventTarget {
    #open;
    #isHidden;
    #after;
    /** @type {EventSource | undefined} */
    #source;
    #waiting = false;

    /** Whether all changes are told. */
    live = false;

    /**
     * Follows nothing yet.
     *
     * @param {() => EventSource} open
     * @param {() => boolean} isHidden whether nobody looks at the page
     * @param {(task: () => void, milliseconds: number) => void} after
     */
    constructor(open, isHidden, after) {
        super();
        this.#open = open;
        this.#isHidden = isHidden;
        this.#after = after;
    }

    /** Opens the connection, or ends it: to be called at the beginning, and whenever the page is hidden or seen. */
    follow() {
        if (this.#isHidden()) {
            this.#source?.close();
            this.#source = undefined;
            this.live = false;
        } else if (!this.#source && !this.#waiting) {
            this.#listen(this.#open());
        }
    }

    /** @param {EventSource} source */
    #listen(source) {
        this.#source = source;
        source.onopen = () => this.#turn(true);
        source.onerror = () => {
            if (source.readyState === 2 && source === this.#source) { // closed: the browser does not try again
                this.#source = undefined;
                this.#waiting = true;
                this.#after(() => {
                    this.#waiting = false;
                    this.follow();
                }, PAUSE);
            }
            this.#turn(false);
        };
        TYPES.forEach((type) => source.addEventListener(type, () => this.#tell(type)));
    }

    /** @param {boolean} live */
    #turn(live) {
        if (this.live !== live) {
            this.live = live;
            this.#tell('connection');
        }
    }

    /** @param {string} detail what has changed: one of the types, or the connection */
    #tell(detail) {
        this.dispatchEvent(new CustomEvent('change', { detail }));
    }
}
