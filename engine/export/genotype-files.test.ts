// A genotype written in each notation is the same when it is read back, by us and by Python.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Genotype } from '@cellboard/schema/genotype'
import { describe, expect, it } from 'vitest'
import { parseGenotype } from '../space/parse-genotype.js'
import { PUBLISHED_GENOTYPES } from '../space/presets.js'
import { genotypeFiles } from './genotype-files.js'

const ONE_EDGE: Genotype = {
  space: 'darts',
  normal: [[{ operator: 'sep_conv_3x3', from: 1 }], [{ operator: 'skip_connect', from: 0 }]],
  reduction: [[{ operator: 'max_pool_3x3', from: 0 }], [{ operator: 'dil_conv_3x3', from: 2 }]],
}
const NB201 = parseGenotype('|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|')
const CELLS: [string, Genotype][] = [...Object.entries(PUBLISHED_GENOTYPES), ['nas-bench-201', NB201], ['one edge a node', ONE_EDGE]] // prettier-ignore

const contentOf = (genotype: Genotype, name: string) =>
  genotypeFiles(genotype).find((file) => file.name === name)!.content as string

describe('a genotype as files', () => {
  it.each(CELLS)('reads back from text and JSON: %s', (_, genotype) => {
    expect(parseGenotype(contentOf(genotype, 'genotype.txt'))).toEqual(genotype)
    expect(parseGenotype(contentOf(genotype, 'genotype.json'))).toEqual(genotype)
  })

  it('is written in the notation of its space where that can say it', () => {
    expect(contentOf(PUBLISHED_GENOTYPES.DARTS_V2!, 'genotype.txt')).toMatch(
      /^Genotype\(normal=\[\('sep_conv_3x3', 0\)/,
    )
    expect(contentOf(NB201, 'genotype.txt')).toMatch(/^\|nor_conv_3x3~0\|\+/)
    expect(contentOf(ONE_EDGE, 'genotype.txt')).toMatch(/^\{/)
  })

  const noPython = spawnSync('python3', ['--version']).status === 0 ? '' : ' (skipped: no python3 here)'
  it.skipIf(noPython)(`is a Python module with the same edges${noPython}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'genotype-'))
    const ask = 'import json, genotype as g; print(json.dumps([getattr(g.GENOTYPE, "normal", g.GENOTYPE), getattr(g.GENOTYPE, "reduce", getattr(g, "NODES", None)), list(getattr(g.GENOTYPE, "normal_concat", []))]))' // prettier-ignore
    const pairs = (edges: Genotype['normal'][number]) => edges.map(({ operator, from }) => [operator, from])
    for (const [name, genotype] of CELLS) {
      writeFileSync(join(folder, 'genotype.py'), contentOf(genotype, 'genotype.py'))
      const said: unknown = JSON.parse(execFileSync('python3', ['-Bc', ask], { cwd: folder, encoding: 'utf8' }))
      const { normal, reduction } = genotype
      const concat = normal.map((_, node) => node + 2)
      if (genotype === NB201) expect(said).toEqual([contentOf(genotype, 'genotype.txt').trim(), normal.map(pairs), []])
      else if (genotype === ONE_EDGE) expect(said).toEqual([normal.map(pairs), reduction!.map(pairs), concat])
      else expect(said, name).toEqual([pairs(normal.flat()), pairs(reduction!.flat()), concat])
    }
    rmSync(folder, { recursive: true })
  })
})
