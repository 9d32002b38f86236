// A picture as a PNG: what a mistake is shown as.
import sharp from 'sharp'

/** @param pixels [size, size, channels], 0 to 255: one channel is grey, three are red, green and blue; of other numbers the first is shown */
export function png(pixels: Uint8Array, size: number, channels: number): Promise<Buffer> {
  const shown = channels === 3 ? 3 : 1
  const bytes = channels === shown ? pixels : pixels.filter((_, i) => i % channels === 0)
  return sharp(bytes, { raw: { width: size, height: size, channels: shown } })
    .toColourspace(shown === 3 ? 'srgb' : 'b-w')
    .png()
    .toBuffer()
}
