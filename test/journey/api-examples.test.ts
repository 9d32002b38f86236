// Every example of docs/api.md, run as it stands there against a real server.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Follower } from '../kit/client.js'
import { makeToken } from '../kit/people.js'
import { startWithFakeEngine } from '../kit/server.js'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const text = readFileSync(join(root, 'docs/api.md'), 'utf8')
const blocks = (language: string) =>
  [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, found, code]) => (found === language ? [code!] : []))

/** A finished run, and a token that reads, logs and runs. */
async function startExamples(): Promise<NodeJS.ProcessEnv> {
  const server = await startWithFakeEngine()
  const client = await server.signIn()
  const { startSearch } = await client.ask<{ startSearch: { id: string } }>(
    'mutation { startSearch(input: { dataset: "digits", epochs: 1 }) { id } }',
  )
  await new Follower(startSearch.id).untilEnd(client)
  const { token } = await makeToken(client, { scopes: ['READ', 'LOG', 'RUN'] })
  return { ...process.env, CELLBOARD_URL: server.address, CELLBOARD_TOKEN: token }
}

const SAID: Readonly<Record<string, readonly string[]>> = {
  sh: ['"role":"OWNER"', '"state":"QUEUED"', ''],
  ts: ['state-changed FINISHED', 'search-1'],
  python: ['points, the last loss is', 'state-changed', "{'written': 100, 'leftOut': 0}"],
}

test('curl', async () => {
  const env = await startExamples()
  const said = SAID.sh!
  expect(blocks('sh')).toHaveLength(said.length)
  for (const [i, code] of blocks('sh').entries()) {
    const { stdout } = await run('bash', ['-euc', code], { env })
    expect(stdout).toContain(said[i])
    expect(stdout).not.toContain('"errors"')
  }
})

test('TypeScript', async () => {
  const env = await startExamples()
  const said = SAID.ts!
  expect(blocks('ts')).toHaveLength(said.length)
  for (const [i, code] of blocks('ts').entries()) {
    // Beside the tests, where Node finds what they depend on; as JavaScript, which these examples are too.
    const file = join(root, `test/journey/.example-${i}.mjs`)
    writeFileSync(file, code)
    try {
      const { stdout } = await run(process.execPath, [file], { env })
      expect(stdout).toContain(said[i])
    } finally {
      rmSync(file)
    }
  }
})

let python: string | null = null
let why = ''
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cellboard-python-'))
  python = join(folder, 'bin/python')
  try {
    await run('python3', ['-m', 'venv', folder])
    await run(python, ['-m', 'pip', 'install', '-q', 'gql[requests,websockets]==4.0.0'], { timeout: 100_000 })
  } catch (error) {
    why = String(error).split('\n')[0]!
    python = null
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('Python (skipped where python3 or its packages are not to be had)', async (context) => {
  if (!python || !existsSync(python)) return context.skip(why)
  const env = await startExamples()
  const said = SAID.python!
  expect(blocks('python')).toHaveLength(said.length)
  for (const [i, code] of blocks('python').entries()) {
    const { stdout } = await run(python, ['-c', code], { env })
    expect(stdout).toContain(said[i])
  }
})
