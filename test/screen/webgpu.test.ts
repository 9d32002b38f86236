// The battery of kernels in a browser's tab, on the tab's own WebGPU: a GPU, or Chromium's software adapter.
/// <reference lib="dom" />
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cases } from '../../engine/kernels/kernel-cases.js'
import type { battery } from './webgpu-tab.js'

const program = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const SOFTWARE = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']
/** Nothing is there: the page is made up. WebGPU asks for localhost or https. */
const ADDRESS = 'http://localhost/'

let browser: Browser | undefined
let page: Page | undefined

/** Opens an empty page; tells what is missing for WebGPU in it, if anything. */
async function openTab(): Promise<string> {
  if (!existsSync(program)) return ' (skipped: no Chromium; install it or set CHROMIUM to it)'
  browser = await chromium.launch({ executablePath: program, args: SOFTWARE })
  page = await browser.newPage()
  await page.route(ADDRESS, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
  await page.goto(ADDRESS)
  const found = await page.evaluate(async () => {
    const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<object | null> } }
    return Boolean(await gpu?.requestAdapter())
  })
  return found ? '' : ' (skipped: this Chromium has no WebGPU adapter)'
}
const missing = await openTab()
afterAll(() => browser?.close())

interface Tab {
  battery: typeof battery
}

describe.skipIf(missing)(`in a tab${missing}`, () => {
  beforeAll(async () => {
    const entry = fileURLToPath(new URL('webgpu-tab.ts', import.meta.url))
    const built = (await build({
      configFile: false,
      logLevel: 'silent',
      build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'tab' } },
    })) as Rolldown.RolldownOutput[]
    await page!.addScriptTag({ content: built[0]!.output[0].code })
    expect(await page!.evaluate(() => (globalThis as unknown as Tab).battery.start())).toBe('webgpu')
  })

  test.each(cases.map(({ name }) => name))('%s', async (name) => {
    expect(await page!.evaluate((one) => (globalThis as unknown as Tab).battery.faultsIn(one), name)).toEqual([])
  })
})
