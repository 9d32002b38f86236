// Reads a genotype as people and programs write it: a published name, DARTS' Python tuple, NAS-Bench-201's string, or JSON.
import { genotypeSchema, type Genotype, type GenotypeCell } from '@cellboard/schema/genotype'
import { nearestNames } from '@cellboard/schema/nearest'
import { OPERATORS, type Operator } from '@cellboard/schema/operators'
import { SPACES, type NetworkName } from '@cellboard/schema/spaces'
import { badGenotype, checkGenotype, shorten, unknownOperator } from './check-genotype.js'
import { PUBLISHED_GENOTYPES } from './presets.js'
import { readTuple } from './read-tuple.js'

const LONGEST = 20_000

/**
 * The genotype that `text` stands for:
 * - a published name (`DARTS_V2`), in any case, `-` for `_`
 * - `Genotype(normal=[('sep_conv_3x3', 0), ...], normal_concat=range(2, 6), reduce=[...], reduce_concat=range(2, 6))` (quark0/darts)
 * - `|nor_conv_3x3~0|+|skip_connect~0|none~1|+|...|` (D-X-Y/NAS-Bench-201)
 * - JSON as `genotypeSchema` has it
 * @throws EngineError BAD_SETTINGS with the place of the first fault and the nearest known names
 */
export function parseGenotype(text: string): Genotype {
  const written = text.trim()
  if (written.length > LONGEST)
    throw badGenotype(`Expected a genotype of at most ${LONGEST} characters, but received ${written.length}.`)
  if (written.startsWith('{')) return readJson(written)
  if (written.startsWith('|')) return readArchitectureString(written)
  if (/^(\w+\s*=\s*)?Genotype\s*\(/.test(written)) return readDartsTuple(written)
  if (/^[\w.-]+$/.test(written)) return readName(written)
  throw badGenotype(
    `Expected a published name, a DARTS tuple, a NAS-Bench-201 string or JSON, but received '${shorten(written)}'.`,
    `Published names: ${Object.keys(PUBLISHED_GENOTYPES).join(', ')}. A tuple begins with Genotype(, a string with |, JSON with {.`,
  )
}

function readName(name: string): Genotype {
  const names = Object.keys(PUBLISHED_GENOTYPES)
  const plain = (word: string) => word.toLowerCase().replaceAll('-', '_')
  const known = names.find((one) => plain(one) === plain(name))
  if (known) return PUBLISHED_GENOTYPES[known]!
  throw badGenotype(
    `Expected a published genotype (${names.join(', ')}), but received '${shorten(name)}'.`,
    `Did you mean ${nearestNames(name, names).join(' or ')}?`,
  )
}

function readJson(text: string): Genotype {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw badGenotype(`Expected a genotype as JSON, but it cannot be read: ${(error as Error).message}.`)
  }
  const read = genotypeSchema.safeParse(json)
  if (read.success) return checkGenotype(read.data)
  const issue = read.error.issues[0]!
  const place = issue.path.join('.') || 'the top'
  const received = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    json,
  )
  if (issue.path.at(-1) === 'operator' && typeof received === 'string')
    throw unknownOperator(received, OPERATORS, place)
  throw badGenotype(`Expected a genotype as JSON, but at ${place}: ${issue.message}.`)
}

function readArchitectureString(text: string): Genotype {
  const space: NetworkName = 'nas-bench-201'
  const normal = text.split('+').map((node, i): GenotypeCell[number] => {
    const place = `node ${i} of the normal cell`
    const inside = /^\|(.+)\|$/.exec(node.trim())?.[1]
    if (inside === undefined)
      throw badGenotype(`Expected |operator~source|...| at ${place}, but received '${shorten(node)}'.`)
    return inside.split('|').map((edge, j) => {
      const parts = /^([^~]*)~(\d{1,3})$/.exec(edge.trim())
      if (!parts) throw badGenotype(`Expected operator~source at ${place}, edge ${j}, but received '${shorten(edge)}'.`)
      return { operator: operatorOf(parts[1]!, space, `${place}, edge ${j}`), from: Number(parts[2]) }
    })
  })
  return checkGenotype({ space, normal })
}

function readDartsTuple(text: string): Genotype {
  const { inputs } = SPACES.darts
  const fields = readTuple(text)
  const cell = (field: 'normal' | 'reduce'): GenotypeCell => {
    const pairs = fields[field]
    if (pairs.length === 0 || pairs.length % 2 !== 0)
      throw badGenotype(`Expected two edges for each node in ${field}, but received ${pairs.length} edges.`)
    const nodes = pairs.length / 2
    const states = fields[`${field}_concat`]
    if (states.join() !== Array.from({ length: nodes }, (_, i) => inputs + i).join())
      throw badGenotype(
        `Expected ${field}_concat to be range(${inputs}, ${inputs + nodes}), every node, but received [${shorten(states.join(', '))}].`,
      )
    const edges = pairs.map(([name, from], i) => ({
      operator: operatorOf(name, 'darts', `node ${i >> 1} of ${field}, edge ${i % 2}`),
      from,
    }))
    return Array.from({ length: nodes }, (_, i) => edges.slice(2 * i, 2 * i + 2))
  }
  return checkGenotype({ space: 'darts', normal: cell('normal'), reduction: cell('reduce') })
}

function operatorOf(name: string, space: NetworkName, place: string): Operator {
  const known = OPERATORS.find((operator) => operator === name)
  if (!known) throw unknownOperator(name, SPACES[space].candidates, place)
  return known
}
