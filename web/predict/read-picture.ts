// Reads a picture that was dropped, pasted or chosen: upright, transparent parts white, as the engine reads files.
import type { Pixels } from './to-square.js'

/** Longer sides are halved until they fit: a canvas has its limits. */
const LONGEST = 4096

/** @throws Error with a sentence for people where it is no picture that this browser can read */
export async function readPicture(file: Blob & { readonly name?: string }): Promise<Pixels> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    const name = file.name ? `“${file.name}”` : 'what came'
    throw new Error(
      `Expected a picture (JPEG, PNG, WebP, GIF, AVIF), but ${name} is none that this browser can read. Save it as PNG and try again.`,
    )
  })
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height))
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)))
  const canvas = new OffscreenCanvas(width!, height!)
  const context = canvas.getContext('2d')!
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width!, height!)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width!, height!)
  bitmap.close()
  return context.getImageData(0, 0, width!, height!)
}

/** The first picture-like thing of a drop or a paste; undefined where there is no file at all. */
export const fileOf = (data: DataTransfer | null): File | undefined => data?.files[0]
