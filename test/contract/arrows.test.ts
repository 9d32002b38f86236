// Who may lean on whom (docs/map.md): each rule is one test, and its failure says what to do instead.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const PACKAGES = ['schema', 'engine', 'server', 'web', 'test']
const TEST = '\\.test\\.(ts|tsx|mjs)$'
/** A package's own files, its build, or its name where nothing is built yet. */
const inside = (name: string) => `^(${name}/|@cellboard/${name}(/|$))`

/** Files by patterns of their paths. */
interface Files {
  path?: string | string[]
  pathNot?: string | string[]
}

interface Arrow {
  says: string
  /** What to do instead. */
  instead: string
  from: Files
  to: Files & { reachable?: boolean; circular?: boolean; viaOnly?: { dependencyTypesNot: ['type-only'] } }
}

/** Rooms of the engine, and the rooms each may lean on; `errors.ts` and the streams of random numbers are everyone's. */
const ENGINE_ROOMS: Record<string, string[]> = {
  space: [],
  data: [],
  kernels: ['backend'],
  // Proving a backend trains a tiny network on it, so it needs the kernels.
  backend: ['kernels'],
  graph: ['backend', 'kernels'],
  network: ['kernels', 'space'],
  export: ['network', 'kernels', 'space', 'graph'],
  clustering: ['network', 'kernels', 'space', 'data', 'learning', 'graph'],
  complexity: ['network', 'kernels', 'space', 'graph', 'data', 'learning'],
  learning: ['network', 'kernels', 'space', 'graph', 'data', 'backend'],
  search: ['clustering', 'complexity', 'learning', 'network', 'kernels', 'space', 'data', 'graph', 'backend', 'export'],
}

const roomArrows = Object.entries(ENGINE_ROOMS).map(([room, below]): Arrow => {
  const others = Object.keys(ENGINE_ROOMS).filter((other) => other !== room && !below.includes(other))
  return {
    says: `engine/${room} leans only on ${below.length > 0 ? below.join(', ') : 'no other room'}`,
    instead: `Move what is needed down into a room that ${room} may use, or hand it in as an argument.`,
    from: { path: `^engine/${room}/`, pathNot: TEST },
    to: {
      path: [`^engine/(${others.join('|')})/`, '^engine/(index|cli[a-z-]*|measure-step)\\.ts$'],
      pathNot: '^engine/data/random\\.ts$',
    },
  }
})

const ARROWS: Arrow[] = [
  {
    says: 'schema leans on zod, on yaml for space files and on dagre for where a drawn cell stands, only',
    instead: 'Keep words in schema and what they do in the package that does it.',
    from: { path: '^schema/', pathNot: TEST },
    to: { pathNot: ['^schema/', '(^|/)(zod|yaml|@dagrejs)(/|$)'] },
  },
  {
    says: 'web imports of our own packages only schema',
    instead: 'Ask the API, or move the word both need into schema.',
    from: { path: '^web/', pathNot: TEST },
    to: { path: ['engine', 'server', 'test'].map(inside) },
  },
  {
    says: 'the engine knows neither server nor dashboard',
    instead: 'Let the engine tell events; whoever runs it acts on them.',
    from: { path: '^engine/', pathNot: TEST },
    to: { path: ['server', 'web', 'test'].map(inside) },
  },
  {
    // A search runs in its own process; the forms' previews ask the engine's plain-number part for counts before anything runs.
    says: 'in the server only the runner and the nouns searches, trainings and architectures import the engine',
    instead:
      'Go through server/runner (to compute), server/searches or server/trainings (to count), or move plain words into schema.',
    from: { path: '^server/', pathNot: ['^server/(runner|searches|trainings|architectures)/', TEST] },
    to: { path: inside('engine') },
  },
  {
    says: 'nothing imports the server but tests',
    instead: 'Ask the API.',
    from: { path: '^(schema|engine|web)/' },
    to: { path: inside('server') },
  },
  {
    says: 'nobody imports test',
    instead: 'Move what is needed out of test into the package it belongs to.',
    from: { path: '^(schema|engine|server|web)/', pathNot: TEST },
    to: { path: inside('test') },
  },
  {
    says: 'engine/space never loads tfjs, not even through others',
    instead: 'Keep space to plain numbers, and tensors in engine/network.',
    from: { path: '^engine/space/', pathNot: TEST },
    to: { path: '@tensorflow/', reachable: true },
  },
  {
    says: 'counting from the terminal never loads tfjs',
    instead: 'Import it where it is needed, with await import(), as cli.ts does for search.',
    from: { path: '^engine/cli-count\\.ts$' },
    to: { path: '@tensorflow/', reachable: true },
  },
  ...roomArrows,
  {
    says: 'nothing goes in circles',
    instead: 'Move what both need into a third file that needs neither.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
]

describe('arrows', () => {
  let found: ICruiseResult

  beforeAll(async () => {
    const forbidden = ARROWS.map(({ says, from, to }) => ({ name: says, severity: 'error' as const, from, to }))
    const { output } = await cruise(PACKAGES, {
      baseDir: root,
      exclude: { path: '(^|/)dist/types/' },
      doNotFollow: { path: ['node_modules', '(^|/)dist/'] },
      tsPreCompilationDeps: true,
      validate: true,
      ruleSet: { forbidden },
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
    })
    found = output as ICruiseResult
    expect(found.modules.length, 'no modules were read: has the layout changed?').toBeGreaterThan(20)
  })

  test.each(ARROWS)('$says', ({ says, instead }) => {
    const broken = found.summary.violations
      .filter((violation) => violation.rule.name === says && !violation.from.includes('/dist/'))
      .map(({ from, to, cycle }) => `${from} -> ${cycle ? cycle.map(({ name }) => name).join(' -> ') : to}`)
    expect(broken, `${broken.join('\n')}\n${instead}`).toEqual([])
  })
})

describe('files', () => {
  const files = PACKAGES.flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map((path) => `${name}/${path}`),
  ).filter((path) => !/(^|\/)(dist|node_modules)\//.test(path))
  const code = files.filter((path) => /\.(ts|tsx|mjs|js|css)$/.test(path) && !path.endsWith('.d.ts'))
  const read = (path: string) => readFileSync(join(root, path), 'utf8')

  test('every code file begins by saying what it is for', () => {
    const silent = code.filter((path) => !/^(#!.*\n)?(\/\/ \S|\/\*)/.test(read(path)))
    expect(silent, 'Begin each with a // comment of one to three lines: what is it for?').toEqual([])
  })

  test('no file is named so that it could hold anything', () => {
    const vague = /(^|[/.-])(utils?|helpers?|common|shared|core|base|misc|manager|service|handler)\.[a-z.]+$/
    const named = files.filter((path) => vague.test(path))
    expect(named, 'Name each after what it gives or does.').toEqual([])
  })

  test('only the front doors read the environment', () => {
    const doors =
      /^(server\/config\.ts|engine\/setup\/|engine\/cli[a-z-]*\.ts|engine\/backend\/|test\/)|\.test\.(ts|tsx|mjs)$/
    const readers = code.filter((path) => !doors.test(path) && /\bprocess\.env\b/.test(read(path)))
    expect(readers, 'Read it in server/config.ts or engine/cli*.ts and hand the value on.').toEqual([])
  })
})
