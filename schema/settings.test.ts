// Settings that no search can run on, as far as they speak of spaces: each refused at its key, with what was expected and what to do.
import { describe, expect, it } from 'vitest'
import { resolveSettings, searchSettingsSchema, type SearchSettingsInput } from './settings.js'

const POOLS = 'max_pool_3x3' as const
const faultsOf = (settings: SearchSettingsInput): string[] => {
  const read = searchSettingsSchema.safeParse(settings)
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}
const custom = (spaceText: string): SearchSettingsInput => ({ space: 'custom', spaceText })

describe('searchSettingsSchema', () => {
  it.each<[string, SearchSettingsInput, RegExp]>([
    ['custom without a file', { space: 'custom' }, /^spaceText: Expected a space file for space custom, but received none/],
    ['a file beside a published space', { spaceText: 'network: darts' }, /^spaceText: Expected no space file beside space darts/],
    ['one candidate', custom('network: darts\ncandidates: [noise]'), /^spaceText: Line 2: Expected at least 2 candidates/],
    ['only none', custom('network: darts\ncandidates: [none, none]'), /^spaceText: Line 2: Expected a candidate besides none/],
    ['an edge without candidates', custom('network: darts\nedges:\n- {cell: normal, from: 0, to: 2, candidates: []}'), /^spaceText: Line 3: Expected candidates/],
    ['depth below 3 in a file', custom('network: darts\ncells: [2, 2]\ncandidates: [noise, none]'), /^spaceText: Line 2: Expected at least 3 cells/],
    ['depth below 3', { stage1Cells: 2 }, /^stage1Cells: Expected at least 3 cells in space darts, but received 2\.$/],
    ['depth below 3 in stage 2', { space: 's4', stage2Cells: 1 }, /^stage2Cells: Expected at least 3 cells in space s4/],
    ['a choice of depths below 3', { depth: 'auto', depthChoices: [2, 8] }, /^depthChoices: Expected at least 3 cells/],
    ['one cluster', custom('network: darts\ncandidates: [max_pool_3x3, avg_pool_3x3]'), /^clusters: Expected at least 2 clusters.*Use method darts/],
    ['a cluster with an unknown operator', { clusters: [['sep_conv_7x7' as 'noise']] }, /^clusters\.0\.0: Invalid option/],
    ['a cluster with an operator of another space', { space: 's2', clusters: [['skip_connect'], ['sep_conv_3x3', POOLS]] }, /^clusters: Expected operators of space s2 \(skip_connect, sep_conv_3x3\), but received max_pool_3x3\.$/],
    ['more clusters than operators', { space: 's2', clusters: [['skip_connect'], ['sep_conv_3x3'], ['skip_connect']] }, /^clusters: Expected at most 2 clusters, as many as space s2 has operators, but received 3\./],
    ['an operator twice', { space: 's2', clusters: [['skip_connect', 'sep_conv_3x3'], ['skip_connect']] }, /^clusters: Expected each operator in one cluster, but received skip_connect twice/],
    ['an operator in no cluster', { space: 's1', clusters: [['skip_connect'], ['sep_conv_3x3']] }, /^clusters: Expected every operator of space s1 in a cluster, but max_pool_3x3, .* is in none/],
    ['none in a cluster', { space: 's3', clusters: [['skip_connect', 'none'], ['sep_conv_3x3']] }, /^clusters: Expected clusters without none/],
    ['fewer images than a batch', { dataset: 'digits', images: 10 }, /^batch: Expected at most the 10 images there are to train on.*Use a smaller batch or more images/],
  ])('%s', (_, settings, fault) => {
    expect(faultsOf(settings)[0]).toMatch(fault)
  }) // prettier-ignore

  it('takes every published space, and resolves to its published depths and clusters', () => {
    const settings = resolveSettings(searchSettingsSchema.parse({ space: 's4' }))
    expect(settings).toMatchObject({ stage1Cells: 14, stage2Cells: 20, clusters: [['noise'], ['sep_conv_3x3']] })
    expect(resolveSettings(searchSettingsSchema.parse({ space: 's4', method: 'darts' })).stage1Cells).toBe(8)
  })

  it('takes depths and clusters out of a space file', () => {
    const text = 'network: darts\ncells: [4, 5]\ncandidates: [noise, max_pool_3x3, avg_pool_3x3]'
    const settings = resolveSettings(searchSettingsSchema.parse(custom(text)))
    expect(settings).toMatchObject({ stage1Cells: 4, stage2Cells: 5, clusters: [['max_pool_3x3', 'avg_pool_3x3'], ['noise']] }) // prettier-ignore
  })
})
