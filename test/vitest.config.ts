// How every test of the house runs: unit tests beside their file, and what only the whole house can show under test/.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { findPostgres } from './kit/find-postgres.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const alias = [
  // Two copies of graphql otherwise meet in one process (its CommonJS and its ES module form).
  { find: /^graphql$/, replacement: 'graphql/index.js' },
  { find: /^@cellboard\/schema\/([a-z-]+)$/, replacement: `${root}schema/$1.ts` },
  { find: /^@cellboard\/engine$/, replacement: `${root}engine/index.ts` },
  { find: /^@cellboard\/engine\/facts$/, replacement: `${root}engine/facts.ts` },
]
const shared = { extends: true as const }
const project = (name: string, include: string[], more: object = {}) => ({
  ...shared,
  test: { name, include, ...more },
})

/**
 * What is run once more on PostgreSQL: what names the store, orders or locks there; where none is found, a test that says so.
 */
const onPostgres = findPostgres()
  ? [
      'server/store/**/*.test.ts',
      'server/runner/recorder.test.ts',
      'server/runs/find-runs.test.ts',
      'server/boards/{standings,known-faults}.test.ts',
      'test/journey/postgres.test.ts',
    ]
  : ['test/kit/no-postgres.test.ts']

export default defineConfig({
  root,
  resolve: { alias },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    exclude: ['**/dist/**', '**/node_modules/**'],
    // A tfjs backend is a process-wide thing: one process a file, and no more of them than two cores can carry.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      project('unit', ['{schema,engine,server,test/bench}/**/*.test.{ts,mjs}']),
      project('web', ['web/**/*.test.{ts,tsx}'], { environment: 'happy-dom' }),
      project('contract', ['test/contract/**/*.test.ts']),
      project('oracle', ['test/oracle/**/*.test.ts']),
      project('journey', ['test/journey/**/*.test.ts'], { testTimeout: 300_000 }),
      project('postgres', onPostgres, {
        globalSetup: findPostgres() ? ['test/kit/postgres.ts'] : [],
        testTimeout: 300_000,
      }),
      project('screen', ['test/screen/**/*.test.ts'], { testTimeout: 300_000, fileParallelism: false }),
    ],
  },
})
