// The page of an architecture: reached from a run's cell, with its cell, what it costs, and the runs that have it.
import { describe, expect, it } from 'vitest'
import { startWithFakeEngine, type RunningServer } from '../kit/server.js'
import { findingsOn, noBrowser, openPage, overflowOf, signInByLink } from './browser.js'

const START = `mutation { startSearch(
  input: { name: "found", space: "nas-bench-201", dataset: "digits", epochs: 1, channels: 4, images: 64, batch: 32 }, seeds: [201, 202]
) { id } }`
const TRAIN = `mutation ($id: ID!) { startTraining(
  input: { name: "trained", dataset: "digits", channels: 4, cells: 3, epochs: 1, images: 64, batch: 32 }, search: $id
) { id } }`

type Page = Awaited<ReturnType<typeof openPage>>

/** Asks in the page's own session: its cookie signs the request. */
const ask = <T>(page: Page, { address }: RunningServer, query: string, variables: object = {}): Promise<T> =>
  page.evaluate(
    async ([url, query, variables]) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
      return ((await response.json()) as { data: T }).data
    },
    [`${address}/graphql`, query, variables] as const,
  )

describe.skipIf(noBrowser)(`an architecture on the screen${noBrowser}`, () => {
  it('gathers the runs of isomorphic cells, and a training as soon as it is started', async () => {
    const server = await startWithFakeEngine()
    const page = await openPage()
    await signInByLink(page, server)
    const { startSearch } = await ask<{ startSearch: { id: string } }>(page, server, START)
    await page.goto(`${server.address}/runs/${startSearch.id}`)
    await page.getByText('Finished', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'All runs of this cell' }).click()

    await page.getByRole('heading', { level: 1, name: /^Architecture [0-9a-f]{16}$/ }).waitFor()
    await page.getByText('316K parameters').waitFor()
    const searches = page.getByRole('region', { name: 'Table of searches' })
    await searches.getByRole('link', { name: 'found, seed 201' }).waitFor()
    await searches.getByRole('link', { name: 'found, seed 202' }).waitFor()

    await ask(page, server, TRAIN, { id: startSearch.id })
    await page
      .getByRole('region', { name: 'Table of trainings' })
      .getByRole('link', { name: 'trained', exact: true })
      .waitFor()
    for (const [width, colorScheme] of [
      [1280, 'dark'],
      [360, 'light'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      await page.locator('.cell-operator').first().waitFor()
      expect(await findingsOn(page), colorScheme).toEqual([])
      expect(await overflowOf(page), colorScheme).toBe(0)
    }
  })

  it('tells in place of one that is not there what it expected', async () => {
    const server = await startWithFakeEngine()
    const page = await openPage()
    await signInByLink(page, server)
    await page.goto(`${server.address}/architectures/architecture-0000000000000000`)
    await page.getByRole('heading', { name: 'This architecture cannot be shown' }).waitFor()
    await page.getByText('Expected an architecture, but found none').waitFor()
    expect(await findingsOn(page)).toEqual([])
  })
})
