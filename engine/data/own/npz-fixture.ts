// Writes .npz files byte by byte for tests, as NumPy does.
import { deflateRawSync } from 'node:zlib'

/** A .npy array of version 1. */
export function npy(type: string, shape: readonly number[], bytes: Uint8Array): Buffer {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`
  const head = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + '\n'
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1')
  start.writeUInt16LE(head.length, 8)
  return Buffer.concat([start, Buffer.from(head, 'latin1'), bytes])
}

export const bytesOf = (shape: readonly number[], value: (i: number) => number) =>
  npy(
    '|u1',
    shape,
    Uint8Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => value(i)),
  )

export const labels64 = (...labels: number[]) =>
  npy('<i8', [labels.length], new Uint8Array(BigInt64Array.from(labels, BigInt).buffer))

/** A zip file of arrays; checksums are left 0, since nobody reads them here. */
export function npz(arrays: Readonly<Record<string, Buffer>>, packed = false): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, bytes] of Object.entries(arrays)) {
    const file = Buffer.from(`${name}.npy`)
    const held = packed ? deflateRawSync(bytes) : bytes
    const sizes = Buffer.alloc(12)
    sizes.writeUInt32LE(held.length, 4)
    sizes.writeUInt32LE(bytes.length, 8)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(packed ? 8 : 0, 8)
    sizes.copy(local, 14)
    local.writeUInt16LE(file.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(packed ? 8 : 0, 10)
    sizes.copy(entry, 16)
    entry.writeUInt16LE(file.length, 28)
    entry.writeUInt32LE(offset, 42)
    parts.push(local, file, held)
    directory.push(entry, file)
    offset += 30 + file.length + held.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(arrays).length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...directory, end])
}
