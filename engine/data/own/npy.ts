// Reads an array as NumPy writes it (.npy, versions 1 to 3: numpy.lib.format): bytes for pictures, whole numbers for labels.
import { wrongData } from './found-pictures.js'

export interface NumpyArray {
  /** As NumPy writes it: `|u1`, `<i8` ... */
  readonly type: string
  readonly shape: readonly number[]
  /** The values as they lie in the file, the last index moving fastest. */
  readonly bytes: Buffer
}

const MAGIC = Buffer.from('\x93NUMPY', 'latin1')
const HINT =
  'Write it again with numpy.savez(file, x_train=..., y_train=...), images as uint8, labels as whole numbers.'

/** @throws EngineError BAD_DATA with the place, what was expected and what came */
export function readNpy(bytes: Buffer, place: string): NumpyArray {
  if (bytes.length < 10 || !bytes.subarray(0, 6).equals(MAGIC))
    throw wrongData(place, "Expected NumPy's mark at byte 0, but it is not there", HINT)
  const version = bytes[6]!
  if (version < 1 || version > 3)
    throw wrongData(place, `Expected .npy version 1, 2 or 3, but received ${version}`, HINT)
  const start = version === 1 ? 10 : 12
  if (bytes.length < start)
    throw wrongData(place, `Expected a head of ${start} bytes, but received ${bytes.length}`, HINT)
  const length = version === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8)
  if (bytes.length < start + length)
    throw wrongData(place, `Expected a head of ${start + length} bytes, but received ${bytes.length}`, HINT)
  const head = bytes.toString('latin1', start, start + length)
  const type = /'descr'\s*:\s*'([^']*)'/.exec(head)?.[1]
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(head)?.[1]
  const sides = /'shape'\s*:\s*\(([\d,\s]*)\)/.exec(head)?.[1]
  if (type === undefined || order === undefined || sides === undefined)
    throw wrongData(
      place,
      `Expected descr, fortran_order and shape in the head, but received ${head.slice(0, 80)}`,
      HINT,
    )
  if (order === 'True')
    throw wrongData(
      place,
      'Expected values in C order, but they are in Fortran order',
      'Save numpy.ascontiguousarray(...).',
    )
  const shape = sides.split(',').flatMap((side) => (side.trim() === '' ? [] : [Number(side)]))
  const values = bytes.subarray(start + length)
  const width = /^[<|=>][a-zA-Z](\d+)$/.exec(type)?.[1]
  // Pickled objects have no width that could be checked; who reads them refuses their type.
  if (width !== undefined && !type.endsWith('O') && !type.includes('U')) {
    const wanted = shape.reduce((a, b) => a * b, 1) * Number(width)
    if (values.length !== wanted)
      throw wrongData(
        place,
        `Expected ${wanted} bytes for ${shape.join('x')} of ${type}, but received ${values.length}`,
        HINT,
      )
  }
  return { type, shape, bytes: values }
}

type ReadNumber = (bytes: Buffer, at: number) => number

const WHOLE: Readonly<Record<string, { width: number; read: ReadNumber }>> = {
  '|u1': { width: 1, read: (bytes, at) => bytes.readUInt8(at) },
  '|i1': { width: 1, read: (bytes, at) => bytes.readInt8(at) },
  '|b1': { width: 1, read: (bytes, at) => bytes.readUInt8(at) },
  '<u2': { width: 2, read: (bytes, at) => bytes.readUInt16LE(at) },
  '<i2': { width: 2, read: (bytes, at) => bytes.readInt16LE(at) },
  '<u4': { width: 4, read: (bytes, at) => bytes.readUInt32LE(at) },
  '<i4': { width: 4, read: (bytes, at) => bytes.readInt32LE(at) },
  '<u8': { width: 8, read: (bytes, at) => Number(bytes.readBigUInt64LE(at)) },
  '<i8': { width: 8, read: (bytes, at) => Number(bytes.readBigInt64LE(at)) },
}

/** An array [n] or [n, 1] of whole numbers. @throws EngineError BAD_DATA where it is of another type or shape */
export function wholeNumbers({ type, shape, bytes }: NumpyArray, place: string): number[] {
  const form = WHOLE[type]
  if (!form)
    throw wrongData(
      place,
      `Expected whole numbers (uint8, int64 ...), but the values are ${type}`,
      'Save labels.astype("int64").',
    )
  const [count, ...rest] = shape
  if (count === undefined || rest.length > 1 || (rest[0] ?? 1) !== 1)
    throw wrongData(place, `Expected a label an image, shape (n,), but received ${shape.join('x')}`, HINT)
  return Array.from({ length: count }, (_, i) => form.read(bytes, i * form.width))
}
