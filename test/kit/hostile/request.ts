// What a hostile request is, and words to write long ones with.
export interface HostileRequest {
  readonly name: string
  readonly code: string
  /** Null where the code says all. */
  readonly limit: string | null
  readonly query: string
  readonly variables?: Record<string, unknown>
}

export const many = (count: number, one: (index: number) => string, between = ' ') =>
  Array.from({ length: count }, (_, index) => one(index)).join(between)

export const nested = (count: number, open: string, inner: string, close = '}') =>
  `${open.repeat(count)}${inner}${close.repeat(count)}`

/** A list in a list in a list. */
export const nestedValue = (depth: number): unknown => {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

export const limited = (
  limit: string,
  name: string,
  query: string,
  variables?: Record<string, unknown>,
): HostileRequest => ({
  name,
  code: 'LIMIT_EXCEEDED',
  limit,
  query,
  ...(variables && { variables }),
})

/** The types of types: deep without end, and open to whoever may see the API. */
export const TYPE_LOOP = 'fields { type { '
