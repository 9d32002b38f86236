// A real browser for a test: Debian's Chromium by playwright-core, and pages that take no console error and no failed request.
/// <reference lib="dom" />
import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, afterEach, expect } from 'vitest'
import type { RunningServer } from '../kit/server.js'

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const program = PLACES.find((place) => place && existsSync(place))
/** Why the screen cannot be tested here; empty where it can. */
export const noBrowser = program ? '' : ' (skipped: no Chromium; install it or set CHROMIUM to it)'

let browser: Browser | undefined
const complaints: string[] = []
let tolerated: RegExp | null = null
const pages = new Set<Page>()

/** A page of its own session, which collects what the browser complains about; `afterEach` fails on any of it. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= await chromium.launch({ executablePath: program!, args: ['--no-sandbox'] })
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  pages.add(page)
  page.setDefaultTimeout(120_000)
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`))
  page.on('requestfailed', (request) => {
    // A page that is left gives up what it was still asking.
    const why = request.failure()?.errorText
    if (why !== 'net::ERR_ABORTED') complaints.push(`request failed: ${request.url()} ${why}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`answered ${response.status()}: ${response.url()}`)
  })
  return page
}

/** What the browser may complain about in this test, such as a line that is cut on purpose. */
export const tolerate = (complaint: RegExp): void => void (tolerated = complaint)

/** Opens the one-time link and waits until the runs are there. */
export async function signInByLink(page: Page, server: RunningServer): Promise<void> {
  await page.goto(`${server.address}/sign-in?link=${server.link}`)
  await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor()
}

/** Accessibility findings of the page as it stands, one a line. */
export async function findingsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(async () => (window as unknown as { axe: typeof axe }).axe.run())
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
}

/** Pixels by which the page is wider than the screen. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))

afterEach(async () => {
  for (const page of pages) await page.context().close()
  pages.clear()
  const serious = complaints.splice(0).filter((complaint) => !tolerated?.test(complaint))
  tolerated = null
  expect(serious, 'complaints of the browser').toEqual([])
})
afterAll(() => browser?.close())
