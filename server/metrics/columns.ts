// Float64 columns as bytes: little-endian, as they lie in memory on every machine that Node runs on today.

export const toBytes = (column: Float64Array): Buffer =>
  Buffer.from(column.buffer, column.byteOffset, column.byteLength)

/** As libsql gives a blob: a buffer of its own, so that nothing need be copied. */
export const fromBytes = (bytes: ArrayBuffer): Float64Array => new Float64Array(bytes)

export function joinColumns(columns: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(columns.reduce((sum, column) => sum + column.length, 0))
  let at = 0
  for (const column of columns) {
    joined.set(column, at)
    at += column.length
  }
  return joined
}
