// What a page must stand: no session, the dark, a narrow screen, a keyboard alone, a line that breaks.
import { describe, expect, it } from 'vitest'
import { FAKE } from '../kit/fake-engine.js'
import { startWithFakeEngine, type RunningServer } from '../kit/server.js'
import { findingsOn, noBrowser, openPage, overflowOf, signInByLink, tolerate } from './browser.js'

const START = 'mutation ($input: SearchInput!) { startSearch(input: $input) { id } }'
const SMALL = { dataset: 'digits', space: 'nas-bench-201', images: 512, epochs: 3, stage1Cells: 1, stage2Cells: 1 }

/** Starts a search in the page's own session: its cookie signs the request. */
const start = (page: Awaited<ReturnType<typeof openPage>>, { address }: RunningServer, settings: object) =>
  page.evaluate(
    async ([url, query, input]) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: { input } }),
      })
      const { data } = (await response.json()) as { data: { startSearch: { id: string } } }
      return data.startSearch.id
    },
    [`${address}/graphql`, START, { ...SMALL, ...settings }] as const,
  )

describe.skipIf(noBrowser)(`the dashboard on the screen${noBrowser}`, () => {
  it('tells a stranger how to sign in, and that a link works once', async () => {
    const server = await startWithFakeEngine()
    const stranger = await openPage()
    await stranger.goto(`${server.address}/runs/search-1`)
    await stranger.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    expect(await findingsOn(stranger)).toEqual([])
    await signInByLink(await openPage(), server)
    await stranger.goto(`${server.address}/sign-in?link=${server.link}`)
    await stranger.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
    expect(await findingsOn(stranger)).toEqual([])
  })

  it('is readable in the dark and at 360 px, without scrolling sideways', async () => {
    const server = await startWithFakeEngine()
    const page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
    await signInByLink(page, server)
    const id = await start(page, server, {
      name: 'a narrow one with a rather long name that has to be broken somewhere',
      seed: 1,
    })
    await page.getByText('Finished', { exact: true }).waitFor()
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const dark = await background()
    for (const path of ['/', '/new', `/runs/${id}`]) {
      await page.goto(server.address + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      if (path.startsWith('/runs')) await page.locator('.cell-operator').first().waitFor()
      if (path === '/new') await page.getByRole('row', { name: /Parameters/ }).waitFor()
      expect(await overflowOf(page), path).toBe(0)
      expect(await findingsOn(page), path).toEqual([])
    }
    await page.getByRole('button', { name: 'Switch to light colours' }).click()
    expect(await background()).not.toBe(dark)
    await page.reload()
    await page.getByRole('button', { name: 'Switch to dark colours' }).waitFor()
    await page.locator('.cell-operator').first().waitFor()
    expect(await findingsOn(page), 'light').toEqual([])
  })

  it('cancels a search by keyboard alone', async () => {
    const server = await startWithFakeEngine()
    const page = await openPage({ reducedMotion: 'reduce' })
    await signInByLink(page, server)
    const id = await start(page, server, { name: 'to be cancelled', seed: FAKE.slow, epochs: 100 })
    await page.getByRole('row', { name: /to be cancelled/ }).waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'to be cancelled' }).waitFor()

    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim())
    const tabTo = async (text: string) => {
      for (let presses = 0; presses < 60 && (await focused()) !== text; presses++) await page.keyboard.press('Tab')
      expect(await focused()).toBe(text)
    }
    await tabTo('to be cancelled')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/runs/${id}`)
    await page.getByText('Running', { exact: true }).waitFor()
    await tabTo('Cancel search')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    expect(await findingsOn(page), 'with the question open').toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('Enter')
    await tabTo('Cancel the search')
    await page.keyboard.press('Enter')
    await page.getByText('Cancelled', { exact: true }).waitFor()
  })

  it('shows why a search failed', async () => {
    const server = await startWithFakeEngine()
    const page = await openPage()
    await signInByLink(page, server)
    const id = await start(page, server, { seed: FAKE.diverges })
    await page.goto(`${server.address}/runs/${id}`)
    await page.getByText('DIVERGED').waitFor()
    await page.getByText('Lower weightRate.').waitFor()
    expect(await findingsOn(page)).toEqual([])
  })

  it('goes on by itself after the server was killed and started again', async () => {
    const server = await startWithFakeEngine()
    const page = await openPage()
    await signInByLink(page, server)
    const id = await start(page, server, { name: 'kept through a crash', seed: FAKE.slow, epochs: 10 })
    await page.goto(`${server.address}/runs/${id}`)
    await page.locator('.cell-operator').first().waitFor()

    tolerate(/WebSocket connection to/)
    await server.kill()
    await page.getByText('Reconnecting…').waitFor()
    await startWithFakeEngine({ home: server.home, env: { PORT: String(server.port) } })
    await page.getByText('Reconnecting…').waitFor({ state: 'hidden' })
    await page.getByText('Finished', { exact: true }).waitFor()

    // 10 epochs in each of two stages, each once, as if nothing had happened.
    await page.getByText('Epochs as a table').click()
    const rows = page.getByRole('region', { name: 'Table of epochs' }).getByRole('row')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(21)
    const numbers = await rows.evaluateAll((all) => all.slice(1).map((row) => row.children[1]!.textContent))
    expect(numbers).toEqual([...Array(20).keys()].map((i) => String((i % 10) + 1)))
  })
})
