// Lists of rules as people type them: `parameters lower, test-loss lower`; `parameters 4e6, searchSeconds 86400`.

export interface TypedMetric {
  readonly name: string
  readonly direction: 'HIGHER' | 'LOWER'
}

export interface TypedCeiling {
  readonly name: string
  readonly most: number
}

export type Read<Value> =
  { readonly values: readonly Value[]; readonly problem?: undefined } | { readonly problem: string }

const parts = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

export function readMetrics(text: string): Read<TypedMetric> {
  const values: TypedMetric[] = []
  for (const part of parts(text)) {
    const [, name, direction] = /^(\S+)\s+(higher|lower)$/i.exec(part) ?? []
    if (!name || !direction)
      return { problem: `Expected a metric and its direction, as in "parameters lower", but received "${part}".` }
    values.push({ name, direction: direction.toUpperCase() as TypedMetric['direction'] })
  }
  return { values }
}

export function readCeilings(text: string): Read<TypedCeiling> {
  const values: TypedCeiling[] = []
  for (const part of parts(text)) {
    const [, name, most] = /^(\S+)\s+(\S+)$/.exec(part) ?? []
    if (!name || !most || !Number.isFinite(Number(most)))
      return { problem: `Expected a figure and its greatest value, as in "parameters 4e6", but received "${part}".` }
    values.push({ name, most: Number(most) })
  }
  return { values }
}

export const readNames = (text: string): string[] => parts(text)
