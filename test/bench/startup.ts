// From a clone to the first live point on the screen, once packages are there: builds, starts, signs in, follows the first search.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { Follower, signIn, type Client } from '../kit/client.js'
import { machine, type Figure } from './figure.js'

/** Seconds, on two cores. */
const TARGET = 15
/** Past this it is a failure, not a slow start. */
const LIMIT_SECONDS = 300

// Compiled to test/dist/bench.
const root = fileURLToPath(new URL('../../..', import.meta.url))
const BROWSER = '/usr/bin/chromium'

/** A clone as `npm install` leaves it: sources and packages, nothing built. */
function copyClone(): string {
  const clone = mkdtempSync(join(tmpdir(), 'cellboard-startup-'))
  const leftOut = new Set(['node_modules', 'dist', '.git', '.cellboard'])
  cpSync(root, clone, { recursive: true, filter: (path) => !leftOut.has(basename(path)) })
  // Links instead of copies where the disk allows it: the packages are only read.
  const packages = join(root, 'node_modules')
  try {
    execFileSync('cp', ['-al', packages, clone], { stdio: 'ignore' })
  } catch {
    rmSync(join(clone, 'node_modules'), { recursive: true, force: true })
    cpSync(packages, join(clone, 'node_modules'), { recursive: true, verbatimSymlinks: true })
  }
  return clone
}

/** What the server prints: its address and the secret of the one-time link. @throws what it said where it ends instead. */
function whereItIs(server: ChildProcess): Promise<{ address: string; link: string }> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stdout!.on('data', (part: Buffer) => {
      said += part.toString()
      const address = /Cellboard is at (\S+)/.exec(said)?.[1]
      const link = /\/sign-in\?link=(\S+)/.exec(said)?.[1]
      if (address && link) resolve({ address, link })
    })
    server.once('close', () =>
      reject(new Error(`Expected an address and a sign-in link, but the server said: ${said}`)),
    )
  })
}

async function firstRun(client: Client): Promise<string> {
  const { runs } = await client.ask<{ runs: { edges: { node: { id: string } }[] } }>(
    '{ runs(first: 1) { edges { node { id } } } }',
  )
  const run = runs.edges[0]?.node.id
  if (!run) throw new Error('Expected the empty store to get a first search, but there is no run.')
  return run
}

/** Until the run's page has drawn a curve; false where there is no browser to look with. */
async function drawn(client: Client, run: string): Promise<boolean> {
  if (!existsSync(BROWSER)) return false
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] })
  try {
    const context = await browser.newContext()
    await context.addCookies([{ name: 'cellboard_session', value: client.token, url: client.address }])
    const page = await context.newPage()
    await page.goto(`${client.address}/runs/${encodeURIComponent(run)}`)
    // The legend names a step as soon as the chart above it has a point.
    await page
      .locator('.chart .legend-step')
      .first()
      .waitFor({ timeout: LIMIT_SECONDS * 1000 })
    return true
  } finally {
    await browser.close()
  }
}

export async function startup(_args: readonly string[], tell: (what: string) => void): Promise<Figure> {
  tell('Copying the clone, without anything built')
  const clone = copyClone()
  const home = join(clone, '.cellboard-home')
  mkdirSync(home)
  const began = Date.now()
  const passed = () => Math.round((Date.now() - began) / 10) / 100
  tell('npm start, timed from here')
  const server = spawn(process.execPath, [join(clone, 'engine/setup/launch.mjs'), 'start'], {
    cwd: clone,
    env: { ...process.env, PORT: '0', CELLBOARD_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(server, 'close')
  const limit = setTimeout(() => server.kill('SIGTERM'), LIMIT_SECONDS * 1000)
  try {
    const { address, link } = await whereItIs(server)
    const servedSeconds = passed()
    tell(`Built and served after ${servedSeconds} s`)
    const client = await signIn(address, link)
    const run = await firstRun(client)
    const feed = new Follower(run)
    const point = feed.until(client, ({ points }) => points.size > 0).then(passed)
    const curve = drawn(client, run).then((seen) => (seen ? passed() : null))
    const pointSeconds = await point
    tell(`First point on the feed after ${pointSeconds} s`)
    const screenSeconds = await curve
    tell(
      screenSeconds === null
        ? 'No chromium here: the screen is not looked at'
        : `First curve drawn after ${screenSeconds} s`,
    )
    const figure = screenSeconds ?? pointSeconds
    const { name, version } = feed.ofType('started')[0]?.backend ?? { name: 'unknown', version: '' }
    return {
      name: 'startup',
      figure,
      unit: 's',
      target: `<= ${TARGET} s`,
      holds: figure <= TARGET,
      servedSeconds,
      pointSeconds,
      screenSeconds,
      conditions: { ...machine(), backend: `${name} ${version}`.trim(), built: 'nothing', packages: 'installed' },
    }
  } finally {
    clearTimeout(limit)
    server.kill('SIGTERM')
    await closed
    rmSync(clone, { recursive: true, force: true })
  }
}
