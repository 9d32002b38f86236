// Genotypes as people write them: what can be read comes back the same, what cannot is told with its place.
import type { Genotype } from '@cellboard/schema/genotype'
import { genotypeText } from '@cellboard/schema/genotype-text'
import { SPACES, NETWORK_NAMES, type NetworkName } from '@cellboard/schema/spaces'
import { describe, expect, it } from 'vitest'
import { randomStream, type RandomStream } from '../data/random.js'
import { EngineError } from '../errors.js'
import { parseGenotype } from './parse-genotype.js'
import { PUBLISHED_GENOTYPES } from './presets.js'

const below = (draw: RandomStream, most: number) => Math.floor(draw() * most)

function randomGenotype(space: NetworkName, draw: RandomStream): Genotype {
  const { inputs, nodes, keep, candidates } = SPACES[space]
  const cell = () =>
    Array.from({ length: nodes }, (_, node) =>
      Array.from({ length: keep ?? inputs + node }, (_, edge) => ({
        operator: candidates[below(draw, candidates.length)]!,
        from: keep === null ? edge : below(draw, inputs + node),
      })),
    )
  return space === 'darts' ? { space, normal: cell(), reduction: cell() } : { space, normal: cell() }
}

const refusal = (text: string): EngineError => {
  try {
    parseGenotype(text)
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError)
    expect((error as EngineError).code).toBe('BAD_SETTINGS')
    return error as EngineError
  }
  throw new Error(`Expected a refusal of ${text}.`)
}

describe('what is read', () => {
  it.each(Object.keys(PUBLISHED_GENOTYPES))('%s by name, as tuple and as JSON', (name) => {
    const genotype = PUBLISHED_GENOTYPES[name]!
    expect(parseGenotype(name)).toBe(genotype)
    expect(parseGenotype(` ${name.toLowerCase().replaceAll('_', '-')}\n`)).toBe(genotype)
    expect(parseGenotype(genotypeText(genotype))).toEqual(genotype)
    expect(parseGenotype(JSON.stringify(genotype))).toEqual(genotype)
  })

  it('any genotype of both spaces comes back from its text', () => {
    const draw = randomStream(5, 'genotypes')
    for (let round = 0; round < 300; round++) {
      for (const space of NETWORK_NAMES) {
        const genotype = randomGenotype(space, draw)
        expect(parseGenotype(genotypeText(genotype))).toEqual(genotype)
        expect(parseGenotype(JSON.stringify(genotype, null, 2))).toEqual(genotype)
      }
    }
  })

  it('a tuple as it stands in a Python file: assigned, over lines, lists, double quotes, trailing commas, fields in any order', () => {
    const text = `DARTS_V2 = Genotype(
      reduce=[("max_pool_3x3", 0), ("max_pool_3x3", 1), ("skip_connect", 2), ("max_pool_3x3", 1),
              ("max_pool_3x3", 0), ("skip_connect", 2), ("skip_connect", 2), ("max_pool_3x3", 1),],
      reduce_concat=[2, 3, 4, 5],
      normal_concat=range(2, 6),
      normal=(['sep_conv_3x3', 0], ['sep_conv_3x3', 1], ['sep_conv_3x3', 0], ['sep_conv_3x3', 1],
              ['sep_conv_3x3', 1], ['skip_connect', 0], ['skip_connect', 0], ['dil_conv_3x3', 2]),
    )`
    expect(parseGenotype(text)).toEqual(PUBLISHED_GENOTYPES.DARTS_V2)
  })
})

describe('what is refused', () => {
  const tuple = genotypeText(PUBLISHED_GENOTYPES.DARTS_V2!)
  const cell = '|nor_conv_3x3~0|+|none~0|skip_connect~1|+|skip_connect~0|none~1|nor_conv_3x3~2|'
  const json = (change: (genotype: { normal: { operator: string; from: number }[][] }) => void) => {
    const copy = structuredClone(PUBLISHED_GENOTYPES.DARTS_V2!)
    change(copy)
    return JSON.stringify(copy)
  }
  it.each([
    ['an unknown name', 'DARTS_V3', "'DARTS_V3'", 'DARTS_V1'],
    ['nothing', '', 'published name', 'DARTS_V2'],
    ['prose', 'the best cell, please', "'the best cell, please'", 'STACNAS_CIFAR10'],
    ['an unknown operator', tuple.replace('dil_conv_3x3', 'dil_conv_3'), 'node 3 of normal, edge 1', 'dil_conv_3x3'],
    ['a source that comes later', tuple.replace("'sep_conv_3x3', 0", "'sep_conv_3x3', 2"), 'from 0 to 1', ''],
    ['an edge too few', tuple.replace("('sep_conv_3x3', 0), ", ''), 'received 7', ''],
    ['other nodes joined', tuple.replace('range(2, 6)', 'range(3, 6)'), '[3, 4, 5]', ''],
    ['a field missing', tuple.replace(/, reduce=.*/, ')'), 'Expected reduce in', ''],
    ['a torn tuple', tuple.slice(0, 40), 'at character', ''],
    ['something after the tuple', `${tuple} x`, 'nothing more', ''],
    ['a strange sign', tuple.replace('[', '{'), "received '{", ''],
    [
      'an unknown operator in a string',
      cell.replace('skip_connect', 'skip_conect'),
      'node 1 of the normal cell',
      'skip_connect',
    ],
    ['sources out of order', cell.replace('none~0', 'none~1'), 'Expected source 0', ''],
    ['a source missing', cell.replace('~2', ''), 'operator~source', ''],
    ['JSON that is none', '{"space":', 'cannot be read', ''],
    [
      'an unknown operator in JSON',
      json((one) => (one.normal[0]![0]!.operator = 'sepconv3x3')),
      'normal.0.0',
      'sep_conv_3x3',
    ],
    ['JSON with a node too few', json((one) => one.normal.pop()), 'Expected as many nodes', ''],
    ['JSON without its reduction', '{"space":"darts","normal":[[],[],[],[]]}', 'Expected 1 to 2 edges', ''],
    ['an endless text', 'x'.repeat(1e6), '1000000', ''],
  ])('%s', (_, text, message, hint) => {
    const error = refusal(text)
    expect(error.message).toContain(message)
    expect(error.hint).toContain(hint)
    expect(error.message.length).toBeLessThan(400)
  })

  it('garbage and damaged genotypes: only ever with a clear refusal', () => {
    const draw = randomStream(9, 'garbage')
    const alphabet = 'Genotype(normal=[\'"skip_connect~0|+{}:,]) \n\u0000é😀=-9'
    const sources = [tuple, cell, json(() => undefined), 'DARTS_V2']
    for (let round = 0; round < 5000; round++) {
      const text = [...sources[below(draw, sources.length)]!]
      const edits = 1 + below(draw, 6)
      for (let i = 0; i < edits; i++) {
        const letter = alphabet[below(draw, alphabet.length)]!
        text.splice(below(draw, text.length), below(draw, 8), ...(draw() < 0.7 ? [letter] : []))
      }
      const garbage = Array.from({ length: below(draw, 60) }, () => alphabet[below(draw, alphabet.length)]!)
      for (const one of [text.join(''), garbage.join(''), `{${garbage.join('')}`, `Genotype(${garbage.join('')}`]) {
        try {
          parseGenotype(one)
        } catch (error) {
          if (!(error instanceof EngineError)) throw new Error(`Expected an EngineError for ${one}`, { cause: error })
        }
      }
    }
  })
})
