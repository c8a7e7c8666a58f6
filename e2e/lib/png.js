// Screenshots take a third of the room with a palette: interfaces have few colours, and letters have greys.
import { crc32 } from './sheet.js';
import { deflateSync, inflateSync } from 'node:zlib';

/** The same picture with at most 256 colours: the frequent ones exactly, the rare ones by their nearest.
 * A colour weighs more than a grey: statuses and doubts are few points, and must not turn into each other. */
export function shrink(png) {
  const { width, height, pixels } = decode(png);
  const counted = new Map();
  for (const pixel of pixels) counted.set(pixel, (counted.get(pixel) ?? 0) + 1);
  const weight = ([colour, count]) => count * (1 + saturation(colour));
  const palette = [...counted].sort((a, b) => weight(b) - weight(a)).slice(0, 256).map(([colour]) => colour);
  const index = new Map(palette.map((colour, at) => [colour, at]));
  for (const colour of counted.keys()) if (!index.has(colour)) index.set(colour, nearest(palette, colour));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = index.get(pixels[y * width + x]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((c) => [c >>> 16, (c >>> 8) & 255, c & 255]));
  const parts = [['IHDR', head], ['PLTE', colours], ['IDAT', deflateSync(rows, { level: 9 })], ['IEND', Buffer.alloc(0)]];
  return Buffer.concat([png.subarray(0, 8), ...parts.map(([name, body]) => chunk(name, body))]);
}

function saturation(colour) {
  const channels = [colour >>> 16, (colour >>> 8) & 255, colour & 255];
  return Math.max(...channels) - Math.min(...channels);
}

function chunk(name, body) {
  const whole = Buffer.alloc(12 + body.length);
  whole.writeUInt32BE(body.length, 0);
  whole.write(name, 4, 'latin1');
  body.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + body.length)), 8 + body.length);
  return whole;
}

function nearest(palette, colour) {
  const distance = (other) => [16, 8, 0].reduce((sum, shift) => sum + (((colour >>> shift) & 255) - ((other >>> shift) & 255)) ** 2, 0);
  return palette.reduce((best, other, at) => (distance(other) < best[1] ? [at, distance(other)] : best), [0, Infinity])[0];
}

/** Pixels as 0xRRGGBB of a truecolour picture without interlacing, as browsers write it. */
function decode(png) {
  let at = 8;
  let head;
  const data = [];
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    const name = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') head = body;
    if (name === 'IDAT') data.push(body);
    at += 12 + length;
  }
  const [width, height, depth, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]];
  const step = { 2: 3, 6: 4 }[kind];
  if (depth !== 8 || !step || head[12] !== 0) throw new Error('not a truecolour picture');
  const raw = inflateSync(Buffer.concat(data));
  const [line, pixels] = [width * step, new Uint32Array(width * height)];
  let above = Buffer.alloc(line);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)];
    const row = Buffer.from(raw.subarray(y * (line + 1) + 1, (y + 1) * (line + 1)));
    for (let x = 0; x < line; x += 1) {
      const [left, up, corner] = [x < step ? 0 : row[x - step], above[x], x < step ? 0 : above[x - step]];
      row[x] += [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
    }
    for (let x = 0; x < width; x += 1) pixels[y * width + x] = (row[x * step] << 16) | (row[x * step + 1] << 8) | row[x * step + 2];
    above = row;
  }
  return { width, height, pixels };
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
