/** A still from before the last change over the live picture, as far as a slider reveals it. */
export class Compare {
    #player;
    #screen;
    #canvas;
    #slider;

    /**
     * @param {import('../sightline-player.js').SightlinePlayer} player
     * @param {HTMLElement} screen what both pictures lie in
     * @param {HTMLCanvasElement} canvas for the still
     * @param {HTMLInputElement} slider how much of it is seen, in percent
     */
    constructor(player, screen, canvas, slider) {
        this.#player = player;
        this.#screen = screen;
        this.#canvas = canvas;
        this.#slider = slider;
        slider.addEventListener('input', () => this.#show());
        this.#show();
    }

    /** Takes the still: something is about to change. */
    take() {
        const { canvas, header } = this.#player;
        if (!header || canvas.width === 0) {
            return;
        }
        this.#canvas.width = canvas.width;
        this.#canvas.height = canvas.height;
        this.#canvas.getContext('2d', { alpha: false })?.drawImage(canvas, 0, 0);
        this.#slider.disabled = false;
        this.#show();
    }

    #show() {
        const percent = this.#slider.valueAsNumber;
        this.#canvas.hidden = this.#slider.disabled || percent === 0;
        this.#screen.classList.toggle('comparing', !this.#canvas.hidden);
        this.#screen.style.setProperty('--reveal', `${percent}%`);
        this.#slider.ariaValueText = percent === 0 ? 'only the live picture' : `${percent} % of the picture before`;
    }
}
