import { HOME } from '../api.js';
import { Connection } from '../player/connection.js';
import { Painter } from '../player/painter.js';
import { ServerClock } from '../player/server-clock.js';
import { webSocket } from '../player/websocket.js';
import { Pairing } from './pairing.js';

/**
 * The live picture as it is before the first step, of the very frame that the player shows. It comes, and is made by the server,
 * only until this is closed.
 */
export class Unprocessed {
    /** @type {Pairing<Blob>} */
    #pairing = new Pairing();
    #player;
    #painter;
    #connection;
    #onPicture = () => this.#paint(this.#pairing.shown(this.#player.seq));

    /**
     * Begins at once.
     *
     * @param {import('../sightline-player.js').SightlinePlayer} player
     * @param {string} stream its name
     * @param {HTMLCanvasElement} canvas gets the picture, and its number as `data-seq`
     * @param {{onPainted: () => void, onTrouble: (reason: string) => void}} listener
     */
    constructor(player, stream, canvas, { onPainted, onTrouble }) {
        this.#player = player;
        this.#painter = new Painter(canvas, ({ seq }) => {
            canvas.dataset.seq = `${seq}`;
            onPainted();
        });
        this.#connection = new Connection(ServerClock.of(HOME), webSocket(HOME, `live/${encodeURIComponent(stream)}/ws?processed=false`), {
            onOpen: () => this.#startOver(),
            onPicture: (header, picture) => this.#paint(this.#pairing.come(header.seq, new Blob([picture], { type: 'image/jpeg' }))),
            onMessage: () => {},
            onTrouble: (trouble, reason) => trouble === 'refused' && onTrouble(reason),
        });
        player.addEventListener('picture', this.#onPicture);
    }

    /** Nothing is painted any more. */
    close() {
        this.#player.removeEventListener('picture', this.#onPicture);
        this.#connection.close();
        this.#painter.startOver();
    }

    #startOver() {
        this.#pairing = new Pairing();
        this.#painter.startOver();
        this.#onPicture();
    }

    /** @param {{seq: number, picture: Blob} | undefined} next */
    #paint(next) {
        if (next) {
            this.#painter.offer(/** @type {import('../player/header.js').Header} */ ({ seq: next.seq }), next.picture);
        }
    }
}
