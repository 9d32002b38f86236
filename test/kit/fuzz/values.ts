// Values by chance for arguments and inputs, read off their types: mostly as they should be, sometimes at their ends, sometimes not at all.
import fc from 'fast-check'
import { isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql'

/** The same value twice: as it is written into a document, and as it is handed in beside one. */
export interface Value {
  readonly literal: string
  readonly json: unknown
}

/** Ids, cursors and secrets that the server has told: what is asked for next may exist. */
export type Known = readonly string[]

const written = (json: unknown): string => {
  if (Array.isArray(json)) return `[${json.map(written).join(' ')}]`
  if (typeof json !== 'object' || json === null) return JSON.stringify(json) ?? 'null'
  const fields = Object.entries(json).filter(([name]) => /^[_A-Za-z]\w*$/.test(name))
  return `{${fields.map(([name, value]) => `${name}: ${written(value)}`).join(' ')}}`
}
const plain = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<Value> =>
  arbitrary.map((json) => ({ literal: written(json), json }))

const NUMBERS = [0, -1, 1, 2, 200, 201, 1000, 2 ** 31 - 1, -(2 ** 31), 2 ** 53, -0, 1e308, 5e-324, 0.5]
const TEXTS = [
  '',
  ' ',
  '0',
  'null',
  '__proto__',
  'constructor',
  "' or 1 = 1 --",
  '%',
  '_\\',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  'loss',
  'digits',
  'search-0',
  'search-99999999999999999999',
  'YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk',
  'a'.repeat(5_000),
]

/** What becomes of something known when a letter of it is lost, doubled or another. */
const bent = (text: string, at: number, how: number): string => {
  const i = text.length === 0 ? 0 : at % text.length
  const middle = ['', text.slice(i, i + 1).repeat(2), '-', 'é', '9'][how % 5]!
  return text.slice(0, i) + middle + text.slice(i + 1)
}

function texts(known: Known): fc.Arbitrary<string> {
  const told = fc.nat().map((n) => (known.length === 0 ? 'search-1' : known[n % known.length]!))
  return fc.oneof(
    { weight: 5, arbitrary: told },
    { weight: 1, arbitrary: fc.tuple(told, fc.nat(), fc.nat()).map(([text, at, how]) => bent(text, at, how)) },
    { weight: 2, arbitrary: fc.constantFrom(...TEXTS) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  )
}

const numbers = fc.oneof(fc.nat({ max: 60 }), fc.constantFrom(...NUMBERS), fc.double({ noNaN: true }))

function scalar(name: string, known: Known): fc.Arbitrary<Value> {
  switch (name) {
    case 'Int':
      return plain(numbers.map((n) => (Math.abs(n) < 2 ** 31 ? Math.trunc(n) : n)))
    case 'Float':
      return plain(numbers)
    case 'MetricValue':
      return plain(fc.oneof(numbers, fc.constantFrom('NaN', 'Infinity', '-Infinity')))
    case 'Boolean':
      return plain(fc.boolean())
    case 'ID':
    case 'String':
      return plain(texts(known))
    case 'DateTime':
      return plain(
        fc.oneof(
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
          texts(known),
        ),
      )
    default:
      return plain(fc.oneof(fc.object({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 })))
  }
}

/** Right ones many times for each that is not: a document with one wrong value is refused before anything is answered. */
export function valueOf(type: GraphQLInputType, known: Known, level = 0): fc.Arbitrary<Value> {
  if (isNonNullType(type)) return valueOf(type.ofType, known, level)
  const right = rightValue(type, known, level)
  return fc.oneof(
    { weight: 40, arbitrary: right },
    { weight: 1, arbitrary: plain(fc.jsonValue({ maxDepth: 2 })) },
    { weight: 1, arbitrary: plain(fc.constant(null)) },
  )
}

function rightValue(type: GraphQLInputType, known: Known, level: number): fc.Arbitrary<Value> {
  if (isListType(type)) {
    const entry = valueOf(type.ofType, known, level + 1)
    return fc.array(entry, { maxLength: 5 }).map((list) => ({
      literal: `[${list.map(({ literal }) => literal).join(' ')}]`,
      json: list.map(({ json }) => json),
    }))
  }
  if (isEnumType(type)) {
    const names = type.getValues().map(({ name }) => name)
    return fc.constantFrom(...names).map((name) => ({ literal: name, json: name }))
  }
  if (!isInputObjectType(type)) return scalar((type as { name: string }).name, known)
  const fields = Object.values(type.getFields())
  const needed = fields.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
  const parts = level > 3 ? needed : fields
  const one = Object.fromEntries(
    parts.map((field) => {
      const given = valueOf(field.type, known, level + 1)
      return [field.name, needed.includes(field) ? given : fc.option(given, { freq: 3, nil: undefined })]
    }),
  )
  // Few at a time: every further one may be wrong.
  return fc.record(one).map((object) => {
    const given = Object.entries(object).filter((entry): entry is [string, Value] => entry[1] !== undefined)
    return {
      literal: `{${given.map(([name, { literal }]) => `${name}: ${literal}`).join(' ')}}`,
      json: Object.fromEntries(given.map(([name, { json }]) => [name, json])),
    }
  })
}
