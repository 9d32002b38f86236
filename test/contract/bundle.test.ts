// What the page of a run loads until its first live chart is drawn stays small; read off the built dashboard, as browsers get it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const site = fileURLToPath(new URL('../../web/dist/site', import.meta.url))
const notBuilt = existsSync(join(site, 'index.html'))
  ? ''
  : ' (skipped: the dashboard is not built; npm test builds it)'

/** Bytes, compressed. */
const MOST = 200_000

/** The page's own files and what they import before anything runs; what is loaded later, on a click or when it is drawn, does not count. */
function loadedBy(page: string): Map<string, number> {
  const assets = join(site, 'assets')
  const found = new Map<string, number>()
  const take = (file: string) => {
    if (found.has(file)) return
    const text = readFileSync(join(assets, file))
    found.set(file, gzipSync(text).length)
    if (!file.endsWith('.js')) return
    for (const [, name] of text.toString().matchAll(/(?:from|import)\s*["']\.\/([\w.-]+)["']/g)) take(name!)
  }
  const html = readFileSync(join(site, 'index.html'), 'utf8')
  for (const [, name] of html.matchAll(/assets\/([\w.-]+\.(?:js|css))/g)) take(name!)
  const own = readdirSync(assets).filter((file) => new RegExp(`^${page}-[\\w-]{8}\\.(js|css)$`).test(file))
  expect(own.length, page).toBeGreaterThan(0)
  own.forEach(take)
  return found
}

test.skipIf(notBuilt)(`the page of a run${notBuilt}`, () => {
  const files = loadedBy('run')
  const total = [...files.values()].reduce((sum, bytes) => sum + bytes, 0)
  const largest = [...files].sort(([, one], [, other]) => other - one).slice(0, 8)
  expect(total, JSON.stringify(largest)).toBeLessThan(MOST)
})
