// The types of the API in this package are those of the printed schema: generated anew, they are the same.
// @vitest-environment node
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('graphql-env.d.ts follows schema/schema.graphql', () => {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'cellboard-types-'))
  try {
    const program = join(dirname(createRequire(import.meta.url).resolve('gql.tada/package.json')), 'bin/cli.js')
    const fresh = join(folder, 'graphql-env.d.ts')
    execFileSync(process.execPath, [program, 'generate-output', '--output', fresh], { cwd: here })
    const said = 'The schema has changed. Run npm run generate -w @cellboard/web, and commit what it writes.'
    expect(readFileSync(join(here, 'graphql-env.d.ts'), 'utf8') === readFileSync(fresh, 'utf8'), said).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
