// Decodes picture files to 8-bit RGB of one size: any format that sharp reads, upright as its EXIF says, transparent parts white.
import type { Metadata, Sharp } from 'sharp'
import sharp from 'sharp'
import { drawBox } from '../views/draw-box.js'
import { badPicture } from './bad-picture.js'
import type { FilePictures } from '../pictures.js'
import type { RandomStream } from '../random.js'

// Each file is decoded once an epoch, and the threads of a feed are what works beside the step: neither cache nor threads of its own.
sharp.cache(false)
sharp.concurrency(1)

/** Formats by the names that sharp gives them; what else it could draw (SVG, PDF) is no picture to learn from. */
const FORMATS: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']

/** What the head of a picture file says, sides as they are when it is upright. */
export interface PictureHead {
  readonly width: number
  readonly height: number
  readonly format: string
}

/** @throws EngineError BAD_DATA with the file where it is not a picture */
export async function readHead(file: string): Promise<PictureHead> {
  let head: Metadata
  try {
    head = await open(file).metadata()
  } catch (error) {
    throw badPicture(file, error)
  }
  const { width, height } = head.autoOrient
  if (!FORMATS.includes(head.format)) throw badPicture(file, `it is ${head.format}`)
  return { width, height, format: head.format }
}

/** A picture as it is looked at, and the sides that it has itself. */
export interface StillPicture {
  /** [size, size, 3] */
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

/**
 * The middle of a picture: its shorter side is brought to `size * margin`, then a square of `size` is cut out.
 * @throws EngineError BAD_DATA with the file where it is not a whole picture
 */
export async function decodeStill(
  file: string,
  { size, margin }: Pick<FilePictures, 'size' | 'margin'>,
): Promise<StillPicture> {
  const side = Math.round(size * margin)
  const { width, height } = await readHead(file)
  const scale = side / Math.min(width, height)
  const sides = { width: Math.max(side, Math.round(width * scale)), height: Math.max(side, Math.round(height * scale)) }
  const middle = {
    left: Math.round((sides.width - size) / 2),
    top: Math.round((sides.height - size) / 2),
    width: size,
    height: size,
  }
  const picture = upright(file)
    .resize({ ...sides, fit: 'fill', kernel: 'linear' })
    .extract(middle)
  return { bytes: await bytesOf(file, picture), width, height }
}

/** A random part of a picture brought to [size, size, 3], as `drawBox` draws it. @throws as `decodeStill` */
export async function decodePart(file: string, size: number, draw: RandomStream): Promise<Uint8Array> {
  const { width, height } = await readHead(file)
  const box = drawBox(width, height, draw)
  return bytesOf(file, upright(file).extract(box).resize({ width: size, height: size, fit: 'fill', kernel: 'linear' }))
}

// A torn file is refused; a blemish that every viewer forgives (a wrong EXIF field) is not.
const open = (file: string): Sharp => sharp(file, { failOn: 'truncated' })

const upright = (file: string): Sharp => open(file).autoOrient()

async function bytesOf(file: string, picture: Sharp): Promise<Uint8Array> {
  try {
    const flat = picture.flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha()
    return await flat.raw({ depth: 'uchar' }).toBuffer()
  } catch (error) {
    throw badPicture(file, error)
  }
}
