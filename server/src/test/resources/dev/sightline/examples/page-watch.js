// Looks at what a page sends of its camera and at what it shows of the answers. Put into the page before its own scripts.
//
// Once `stamped` is true, each picture that is sent gets a strip along its bottom that says its number in black and white; `mirrored` says that
// answers come mirrored. Every fifth picture is kept, to be compared with its answer. Until then only sizes are noted.

const CELLS = 18;
const STRIP = 32;
const kept = new Map();
const scratch = () => new OffscreenCanvas(640, 480).getContext('2d', { willReadFrequently: true });
const copies = scratch(), looks = scratch();

window.stamped = false;
window.mirrored = false;
/** How many pictures were sent, and how wide the last one was. */
window.sentCount = 0;
window.sentWidth = 0;
/** Of every answer its size; of stamped ones also: its number, how many were sent since, how old it is; of those compared how far they are from what was sent. */
window.shown = [];

const draw = CanvasRenderingContext2D.prototype.drawImage;
CanvasRenderingContext2D.prototype.drawImage = function (image, ...place) {
    draw.call(this, image, ...place);
    if (!window.stamped || !(image instanceof HTMLVideoElement)) return;
    const { width, height } = this.canvas;
    const number = ++window.sentCount;
    window.sentWidth = width;
    for (let i = 0; i < CELLS; i++) {
        const white = i === 0 || i < CELLS - 1 && number >> (i - 1) & 1;
        this.fillStyle = white ? '#fff' : '#000';
        this.fillRect(i * width / CELLS, height - height * STRIP / 480, width / CELLS + 1, height * STRIP / 480);
    }
    kept.set(number, { at: performance.now(), pixels: number % 5 ? undefined : gray(copies, this.canvas, false) });
    kept.delete(number - 100);
};

/** An image in gray, at 640x480. */
function gray(context, image, mirror) {
    context.setTransform(mirror ? -1 : 1, 0, 0, 1, mirror ? 640 : 0, 0);
    context.drawImage(image, 0, 0, 640, 480);
    const { data } = context.getImageData(0, 0, 640, 480);
    let color = 0;
    const pixels = new Uint8Array(640 * 480);
    for (let i = 0; i < pixels.length; i++) {
        const red = data[4 * i], green = data[4 * i + 1], blue = data[4 * i + 2];
        color = Math.max(color, Math.abs(red - green), Math.abs(green - blue));
        pixels[i] = 0.299 * red + 0.587 * green + 0.114 * blue;
    }
    pixels.color = color;
    return pixels;
}

function numberIn(pixels) {
    const cell = (i) => pixels[(480 - STRIP / 2) * 640 + Math.round((i + 0.5) * 640 / CELLS)] > 128;
    if (!cell(0) || cell(CELLS - 1)) return -1;
    let number = 0;
    for (let i = 1; i < CELLS - 1; i++) number |= cell(i) << (i - 1);
    return number;
}

// Pictures' load events do not bubble, but they can be caught on their way down.
document.addEventListener('load', ({ target }) => {
    if (!(target instanceof HTMLImageElement)) return;
    if (target.id !== 'answer') return;
    const { naturalWidth: width, naturalHeight: height } = target;
    if (!window.stamped) {
        window.shown.push({ width, height });
        return;
    }
    const pixels = gray(looks, target, window.mirrored);
    const number = numberIn(pixels);
    const sent = kept.get(number);
    const shown = { number, since: window.sentCount - number, age: sent ? performance.now() - sent.at : -1, width, height, color: pixels.color };
    if (sent?.pixels) {
        let difference = 0, darkest = 255, brightest = 0;
        for (let i = 0; i < (480 - STRIP) * 640; i++) {
            difference += Math.abs(pixels[i] - sent.pixels[i]);
            darkest = Math.min(darkest, pixels[i]);
            brightest = Math.max(brightest, pixels[i]);
        }
        Object.assign(shown, { error: difference / ((480 - STRIP) * 640), contrast: brightest - darkest });
    }
    window.shown.push(shown);
}, true);
