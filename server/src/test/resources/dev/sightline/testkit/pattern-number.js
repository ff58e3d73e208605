/**
 * Reads which picture of the pattern is shown; the layout is told in docs/3-sources.md.
 *
 * @param {{width: number, height: number, data: Uint8ClampedArray | Uint8Array}} image a canvas's ImageData (RGBA)
 * @returns {number | null} the number, or null if none can be read
 */
function readPatternNumber(image) {
  const CELLS = 40;
  const { width, height, data } = image;
  const top = Math.round(height * (1 - 3 / 48));
  const bottom = Math.max(top + 1, Math.round(height * (1 - 1 / 48)));
  const cells = [];
  for (let i = 0; i < CELLS; i++) {
    const left = Math.round(((i + 0.25) * width) / CELLS);
    const right = Math.max(left + 1, Math.round(((i + 0.75) * width) / CELLS));
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const at = (y * width + x) * 4;
        sum += (data[at] + data[at + 1] + data[at + 2]) / 3;
      }
    }
    cells.push(sum / ((right - left) * (bottom - top)));
  }
  const darkest = Math.min(...cells);
  const brightest = Math.max(...cells);
  if (!(brightest - darkest >= 64)) {
    return null;
  }
  const bytes = [0, 0, 0, 0, 0];
  cells.forEach((cell, i) => {
    bytes[i >> 3] = (bytes[i >> 3] << 1) | (cell > (darkest + brightest) / 2 ? 1 : 0);
  });
  let crc = 0xff;
  for (let i = 0; i < 4; i++) {
    crc ^= bytes[i];
    for (let bit = 0; bit < 8; bit++) {
      crc = ((crc << 1) ^ (crc & 0x80 ? 0x07 : 0)) & 0xff;
    }
  }
  return crc === bytes[4] ? ((bytes[0] * 256 + bytes[1]) * 256 + bytes[2]) * 256 + bytes[3] : null;
}
