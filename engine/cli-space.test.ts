// `--space FILE`: the example of the documentation as it stands there, and what is wrong told with file and line.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { searchSettingsSchema } from '@cellboard/schema/settings'
import { spaceOf } from '@cellboard/schema/space-of'
import { OPERATORS } from '@cellboard/schema/operators'
import { SPACE_NAMES } from '@cellboard/schema/spaces'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkFlags, describeFlags, flagsOf, readFlags } from './cli-flags.js'
import { main } from './cli.js'

const inDocs = (path: string) => fileURLToPath(new URL(`../docs/${path}`, import.meta.url))
const EXAMPLE = inDocs('spaces/two-operators.yaml')
const FLAGS = flagsOf(searchSettingsSchema)
const settings = (...args: string[]) => checkFlags(searchSettingsSchema, readFlags(args, FLAGS))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cellboard-space-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('docs/spaces.md', () => {
  const page = readFileSync(inDocs('spaces.md'), 'utf8')

  test('shows the example file as it is', () => {
    expect(/```yaml\n(.*?)```/s.exec(page)![1]).toBe(readFileSync(EXAMPLE, 'utf8'))
  })

  test('names every space and every operator', () => {
    for (const name of [...SPACE_NAMES, ...OPERATORS]) expect(page).toContain(`\`${name}\``)
  })
})

describe('--space', () => {
  test('takes a published name as it is', () => {
    expect(settings('--space', 's4')).toMatchObject({ space: 's4', spaceText: '' })
  })

  test('takes a file as space custom with its text', () => {
    const given = settings('--space', EXAMPLE)
    expect(given).toMatchObject({ space: 'custom', spaceText: readFileSync(EXAMPLE, 'utf8') })
    const { title, nodes, cells, edges } = spaceOf(given)
    expect({ title, nodes, cells }).toEqual({ title: 'Two operators', nodes: 3, cells: [5, 8] })
    expect(edges.filter(({ candidates }) => candidates.includes('max_pool_3x3'))).toHaveLength(2)
    expect(describeFlags(FLAGS)).toContain('custom|FILE')
  })

  test.each([
    ['darrts', /^There is no space darrts\. Did you mean darts.*Nor is there such a file\.$/],
    [join(tmpdir(), 'no', 'such.yaml'), /Known: darts, s1.*Nor is there such a file\.$/],
    [tmpdir(), /^Expected a space or a space file after --space, but .* is no file\.$/],
    ['custom', /^--space-text: Expected a space file for space custom, but received none/],
  ])('%s', (given, message) => {
    expect(() => settings('--space', given)).toThrow(message)
  })

  test('tells what is wrong in a file with its name and line', () => {
    const path = written('only-none.yaml', 'network: darts\ncandidates: [none, none]\n')
    expect(() => settings('--space', path)).toThrow(`${path}: Line 2: Expected a candidate besides none`)
    const large = written('large.yaml', `network: darts\n${'#'.repeat(100_000)}`)
    expect(() => settings('--space', large)).toThrow(
      /^Expected a space file of at most 100000 bytes, but .* has 100015\.$/,
    )
    expect(() => settings('--space', 'custom', '--space-text', 'x'.repeat(100_001))).toThrow(
      'Expected at most 100000 for --space-text, but received 100001 characters.',
    )
  })
})

describe('count', () => {
  let [out, errors] = ['', '']
  beforeEach(() => {
    ;[out, errors] = ['', '']
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((errors += String(text)), true))
  })
  afterEach(() => vi.restoreAllMocks())

  test('counts a written space, and its first stage', async () => {
    expect(await main(['count', '--supernet', '--space', EXAMPLE, '--json'])).toBe(0)
    // By hand: stem 696, edges 2448, 6624, 7200, 22464 and 23616, what enters the cells 384, 768, 1152, 3072 and 4608, last layer 970.
    expect((JSON.parse(out) as { parameters: number }).parameters).toBe(74_002)
    out = ''
    expect(await main(['count', '--supernet', '--space', EXAMPLE, '--stage', '1', '--json'])).toBe(0)
    expect((JSON.parse(out) as { parameters: number }).parameters).toBe(74_002) // pools have no weights
  })

  test('tells a bad file, an unknown name and a custom space without text, exit code 2', async () => {
    const path = written('one.yaml', 'network: darts\ncandidates: [noise]\n')
    for (const [space, message] of [
      [path, `${path}: Line 2: Expected at least 2 candidates`],
      ['s9', 'There is no space s9. Did you mean s1'],
      ['custom', 'Expected a space file for space custom'],
    ] as const) {
      errors = ''
      expect(await main(['count', '--supernet', '--space', space])).toBe(2)
      expect(errors).toContain(message)
    }
  })
})
