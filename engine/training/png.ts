// A picture as a PNG: what a mistake is shown as.
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const [GREY, COLOUR] = [0, 2]

/**
 * PNG (W3C 2003) of 8 bits a channel, without a filter.
 * @param pixels [size, size, channels], 0 to 255: one channel is grey, three are red, green and blue; of more the first three are shown
 */
export function png(pixels: Uint8Array, size: number, channels: number): Buffer {
  const shown = channels < 3 ? 1 : 3
  const row = 1 + size * shown
  const lines = Buffer.alloc(size * row)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      for (let k = 0; k < shown; k++) lines[y * row + 1 + x * shown + k] = pixels[(y * size + x) * channels + k]!
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, shown === 1 ? GREY : COLOUR], 8)
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND')])
}

/** Length, type, data, and the check sum of both. */
function chunk(type: string, data: Uint8Array = new Uint8Array()): Buffer {
  const content = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(content))
  return Buffer.concat([length, content, sum])
}
