// The API's Float64Column: little-endian doubles in base64, which carry NaN and infinities.

/** Numbers of a column. Throws RangeError where the bytes are not whole doubles. */
export function decodeFloat64Column(base64: string): Float64Array {
  const binary = atob(base64)
  if (binary.length % 8 !== 0)
    throw new RangeError(`Expected a multiple of 8 bytes in a column of doubles, but received ${binary.length}.`)
  const view = new DataView(new ArrayBuffer(binary.length))
  for (let i = 0; i < binary.length; i++) view.setUint8(i, binary.charCodeAt(i))
  return Float64Array.from({ length: binary.length / 8 }, (_, i) => view.getFloat64(i * 8, true))
}

export function encodeFloat64Column(values: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(values.length * 8))
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i]!, true)
  let binary = ''
  for (let i = 0; i < view.byteLength; i++) binary += String.fromCharCode(view.getUint8(i))
  return btoa(binary)
}
