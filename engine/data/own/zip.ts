// Reads the entries of a zip file one by one, stored or deflated, with the 64-bit sizes that NumPy writes (PKWARE's APPNOTE 6.3).
import { open, type FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { wrongData } from './found-pictures.js'

export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly size: number
  /** Where its local head begins. */
  readonly offset: number
}

const END = 0x06054b50
const END_64_PLACE = 0x07064b50
const END_64 = 0x06064b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const IN_64 = 0xffffffff
/** What one Buffer can hold on every Node that runs this. */
const MOST_BYTES = 2 ** 32 - 1
const HINT = 'Write the file again, or fetch it again: it is damaged, or not a zip file (.npz).'

/** A zip file that is open: its entries, and what they hold. */
export class ZipFile {
  private constructor(
    private readonly handle: FileHandle,
    private readonly path: string,
    private readonly length: number,
    readonly entries: readonly ZipEntry[],
  ) {}

  /** @throws EngineError BAD_DATA where it is not a whole zip file */
  static async open(path: string): Promise<ZipFile> {
    let handle: FileHandle
    try {
      handle = await open(path)
    } catch (error) {
      throw wrongData(path, `Expected to read the file, but the system says: ${(error as Error).message}`, HINT)
    }
    try {
      const { size } = await handle.stat()
      return new ZipFile(handle, path, size, await readDirectory(handle, path, size))
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** @throws EngineError BAD_DATA where the entry is torn or packed in another way */
  async read(entry: ZipEntry): Promise<Buffer> {
    const place = `${this.path}, ${entry.name}`
    if (entry.size > MOST_BYTES)
      throw wrongData(
        place,
        `Expected at most ${MOST_BYTES} bytes, but received ${entry.size}`,
        'Split the data over several files.',
      )
    const head = await readAt(this.handle, this.path, this.length, entry.offset, 30)
    if (head.readUInt32LE(0) !== LOCAL)
      throw wrongData(place, `Expected an entry at byte ${entry.offset}, but there is none`, HINT)
    const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
    const packed = await readAt(this.handle, this.path, this.length, start, entry.packed)
    const bytes = entry.method === 0 ? packed : await unpacked(packed, entry, place)
    if (bytes.length !== entry.size)
      throw wrongData(place, `Expected ${entry.size} bytes, but received ${bytes.length}`, HINT)
    return bytes
  }

  close(): Promise<void> {
    return this.handle.close()
  }
}

async function unpacked(packed: Buffer, { method, size }: ZipEntry, place: string): Promise<Buffer> {
  if (method !== 8)
    throw wrongData(
      place,
      `Expected it stored or deflated, but it is packed by method ${method}`,
      'Write it with numpy.savez_compressed.',
    )
  try {
    return await promisify(inflateRaw)(packed, { maxOutputLength: Math.max(1, size) })
  } catch (error) {
    throw wrongData(place, `Expected whole deflated bytes, but: ${(error as Error).message}`, HINT)
  }
}

async function readDirectory(handle: FileHandle, path: string, length: number): Promise<ZipEntry[]> {
  const tailLength = Math.min(length, 22 + 65535 + 20)
  const tail = await readAt(handle, path, length, length - tailLength, tailLength)
  const end = lastMark(tail)
  if (end < 0) throw wrongData(path, "Expected a zip file's directory at its end, but there is none", HINT)
  let [count, size, offset] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  if (end >= 20 && tail.readUInt32LE(end - 20) === END_64_PLACE) {
    const wide = await readAt(handle, path, length, Number(tail.readBigUInt64LE(end - 20 + 8)), 56)
    if (wide.readUInt32LE(0) !== END_64)
      throw wrongData(path, 'Expected the 64-bit directory, but it is not there', HINT)
    count = Number(wide.readBigUInt64LE(32))
    size = Number(wide.readBigUInt64LE(40))
    offset = Number(wide.readBigUInt64LE(48))
  }
  const directory = await readAt(handle, path, length, offset, size)
  const entries: ZipEntry[] = []
  for (let at = 0; entries.length < count;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY)
      throw wrongData(path, `Expected ${count} entries in the directory, but entry ${entries.length + 1} is torn`, HINT)
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field))
    const next = at + 46 + nameLength! + extraLength! + commentLength!
    if (next > directory.length)
      throw wrongData(path, `Expected entry ${entries.length + 1} whole, but it is torn`, HINT)
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength!)
    const extra = directory.subarray(at + 46 + nameLength!, at + 46 + nameLength! + extraLength!)
    entries.push({ name, method: directory.readUInt16LE(at + 10), ...sizesOf(directory, at, extra, path) })
    at = next
  }
  return entries
}

/** Sizes and offset, from the extra field of 64 bits where 32 do not hold them; there they stand in this order. */
function sizesOf(
  directory: Buffer,
  at: number,
  extra: Buffer,
  path: string,
): Pick<ZipEntry, 'packed' | 'size' | 'offset'> {
  const wide = extraField(extra, 0x0001)
  let used = 0
  const value = (field: number): number => {
    const short = directory.readUInt32LE(at + field)
    if (short !== IN_64) return short
    if (wide.length < used + 8)
      throw wrongData(path, 'Expected sizes of 64 bits in the directory, but they are not there', HINT)
    used += 8
    return Number(wide.readBigUInt64LE(used - 8))
  }
  const size = value(24)
  const packed = value(20)
  return { size, packed, offset: value(42) }
}

function extraField(extra: Buffer, wanted: number): Buffer {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === wanted) return extra.subarray(at + 4, at + 4 + length)
    at += 4 + length
  }
  return Buffer.alloc(0)
}

function lastMark(tail: Buffer): number {
  for (let at = tail.length - 22; at >= 0; at--) if (tail.readUInt32LE(at) === END) return at
  return -1
}

async function readAt(
  handle: FileHandle,
  path: string,
  length: number,
  offset: number,
  count: number,
): Promise<Buffer> {
  if (offset < 0 || offset + count > length)
    throw wrongData(path, `Expected ${count} bytes from byte ${offset} on, but the file has ${length}`, HINT)
  const bytes = Buffer.allocUnsafe(count)
  for (let done = 0; done < count;) {
    const { bytesRead } = await handle.read(bytes, done, Math.min(count - done, 2 ** 30), offset + done)
    if (bytesRead === 0)
      throw wrongData(path, `Expected ${count} bytes from byte ${offset} on, but received ${done}`, HINT)
    done += bytesRead
  }
  return bytes
}
