// What a search finds on its way, as a person sees it: clusters, depths, collapse, an early end, random cells, a group of seeds.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { FAKE } from '../kit/fake-engine.js'
import { startWithFakeEngine, type RunningServer } from '../kit/server.js'
import { findingsOn, noBrowser, openPage, overflowOf, signInByLink } from './browser.js'

const START =
  'mutation ($input: SearchInput!, $seeds: [Int!]) { startSearch(input: $input, seeds: $seeds) { id group { id } } }'
const SMALL = { dataset: 'digits', space: 'nas-bench-201', images: 512, epochs: 3, stage1Cells: 1, stage2Cells: 1 }
const MEASURED = {
  ...SMALL,
  clustering: 'average-linkage',
  depth: 'auto',
  depthChoices: [1, 2, 3],
  confusionBatches: 2,
  confusionBatch: 16,
  earlyStop: 'skips',
  stopFrom: 2,
}

interface Started {
  readonly id: string
  readonly group: { readonly id: string } | null
}

/** Starts searches in the page's own session: its cookie signs the request. */
const start = (page: Page, { address }: RunningServer, input: object, seeds?: number[]): Promise<Started> =>
  page.evaluate(
    async ([url, query, variables]) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      return ((await response.json()) as { data: { startSearch: Started } }).data.startSearch
    },
    [`${address}/graphql`, START, { input, seeds }] as const,
  )

const section = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })

/** Wide and light, and narrow and dark: each part must stand both. */
const SCREENS = [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
] as const

describe.skipIf(noBrowser)(`what a search finds, on the screen${noBrowser}`, () => {
  it.each(SCREENS)('clusters, depths, collapse and an early end, $colorScheme', async (screen) => {
    const server = await startWithFakeEngine()
    const page = await openPage(screen)
    await signInByLink(page, server)
    const { id } = await start(page, server, { ...MEASURED, name: 'measured', seed: 7 })
    await page.goto(`${server.address}/runs/${id}`)
    await page.getByText('Finished', { exact: true }).waitFor()
    await page.locator('.cell-operator').first().waitFor()

    const clusters = section(page, 'Clusters')
    const map = clusters.getByRole('img', { name: /Correlations of 4 operators.*Clusters: conv 1 and conv 3; / })
    await map.waitFor()
    expect(await map.locator('.branch').count(), 'merges of the dendrogram').toBe(3)
    expect(await map.locator('.branch-cut').count(), 'merges above the cut').toBe(2)
    expect(await map.locator('.correlation-cluster').count()).toBe(3)
    expect(await map.getByText('cut 0.6').count()).toBe(1)
    expect(await clusters.locator('.silhouette-taken').innerText()).toMatch(/3\s+0\.40 taken/)

    const depth = section(page, 'Depth, matched')
    await depth.getByRole('heading', { name: 'Stage 1: 2 cells a block' }).waitFor()
    await depth.getByRole('button', { name: 'Smallest cosine' }).click()
    await depth.getByRole('img', { name: /Smallest cosine by depth in stage 1: .*Chosen: 2 cells a block/ }).waitFor()
    await depth.getByText('As a table').first().click()
    await depth.getByRole('row', { name: /○ 2 cells a block/ }).waitFor()

    const collapse = section(page, 'Collapse')
    await collapse.getByText('warning since epoch 2').waitFor()
    await collapse.getByText('Skips grow.').waitFor()
    await collapse.getByRole('img', { name: 'Skips of 6 edges by epoch, now 2' }).waitFor()
    await page.getByRole('banner').getByText('Cellboard').waitFor()
    expect(await page.locator('.run-actions .verdict').innerText()).toMatch(/warning\s+since epoch 2/)
    expect(await page.getByText('Ended after epoch 2: Epoch 2 is enough.').count(), 'in both stages').toBe(2)

    expect(await overflowOf(page)).toBe(0)
    expect(await findingsOn(page)).toEqual([])
  })

  it.each(SCREENS)('random cells, the best first, drawn when asked for, $colorScheme', async (screen) => {
    const server = await startWithFakeEngine()
    const page = await openPage(screen)
    await signInByLink(page, server)
    const { id } = await start(page, server, { ...SMALL, method: 'RANDOM', samples: 4, seed: 1 })
    await page.goto(`${server.address}/runs/${id}`)
    const cells = section(page, 'Random cells')
    await cells.getByText('4 of 4 trained').waitFor()
    const rows = cells.getByRole('button')
    expect(await rows.first().innerText()).toMatch(/^★\s+Cell 4\s*, the best\s+80\.0 %/)
    await rows.first().press('Enter')
    await cells.locator('.cell-operator').first().waitFor()
    expect(await page.getByText('Operator shares').count(), 'there is no supernet').toBe(0)
    expect(await overflowOf(page)).toBe(0)
    expect(await findingsOn(page)).toEqual([])
  })

  it('a search with one stage', async () => {
    const server = await startWithFakeEngine()
    const page = await openPage()
    await signInByLink(page, server)
    const { id } = await start(page, server, { ...SMALL, method: 'DARTS', seed: FAKE.slow, epochs: 2 })
    await page.goto(`${server.address}/runs/${id}`)
    await page.getByText('all candidates at once').waitFor()
    expect(await page.getByText('Clusters', { exact: true }).count()).toBe(0)
    expect(await page.locator('.station').count(), 'the search and its genotype').toBe(2)
    await page.getByText('Finished', { exact: true }).waitFor()
  })

  it.each(SCREENS)('a group of seeds, with random search beside it, $colorScheme', async (screen) => {
    const server = await startWithFakeEngine()
    const page = await openPage(screen)
    await signInByLink(page, server)
    const { group } = await start(page, server, { ...MEASURED, name: 'three seeds' }, [7, 9, 10])
    await page.goto(`${server.address}/groups/${group!.id}`)
    const runs = page.getByRole('region', { name: 'Runs of three seeds', exact: true })
    await runs.getByText('3 finished').waitFor()
    expect(await runs.getByRole('row').count(), 'three seeds, the head and the mean').toBe(5)
    const found = section(page, 'Cells that were found')
    await found.getByText('2 different of 3').waitFor()
    expect(await found.getByRole('button').first().innerText()).toMatch(/^2×\s+seeds 7, 10/)
    await found.locator('.cell-operator').first().waitFor()

    await page.getByLabel('Epochs of each cell').fill('1')
    await page.getByRole('button', { name: 'Start random search at equal cost' }).click()
    await page
      .getByRole('region', { name: /^Runs of three seeds: random/ })
      .getByText('3 finished')
      .waitFor()
    await page.getByRole('img', { name: /Accuracy by seed\. StacNAS: .*Random search: / }).waitFor()
    expect(await overflowOf(page)).toBe(0)
    expect(await findingsOn(page)).toEqual([])

    await runs.getByRole('link', { name: 'seed 9' }).click()
    await page.getByRole('link', { name: 'three seeds', exact: true }).click()
    await page.getByRole('link', { name: 'Open its page' }).click()
    await page.getByRole('heading', { level: 1, name: /random search/ }).waitFor()
    await page.getByText('beside').waitFor()
    expect(await findingsOn(page), 'of the baseline').toEqual([])
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByRole('link', { name: 'three seeds', exact: true }).first().click()
    await page.waitForURL(`**/groups/${group!.id}`)
  })

  it.each(SCREENS)('a space of one’s own, wrong and right, and three seeds of it, $colorScheme', async (screen) => {
    const server = await startWithFakeEngine()
    const page = await openPage(screen)
    await signInByLink(page, server)
    await page.goto(`${server.address}/new`)
    await page.getByRole('button', { name: 'A quick look (minutes)' }).click()
    await page.getByLabel('Space', { exact: true }).selectOption('custom')
    const text = page.getByLabel('Space file')
    const example = await text.inputValue()
    await page.getByText('3 nodes, 18 edges').waitFor()
    await text.fill(example.replace('max_pool_3x3', 'maxpool'))
    await page.getByText(/^Line 14: Expected an operator .*Did you mean max_pool_3x3/).waitFor()
    expect(await page.locator('.space-line-wrong').innerText()).toBe('14')
    expect(await findingsOn(page), 'with a wrong line').toEqual([])
    await text.fill(example)
    await page.getByLabel('Seeds').fill('1, 2, 4')
    await page.getByRole('row', { name: /Parameters/ }).waitFor()
    expect(await overflowOf(page)).toBe(0)
    expect(await findingsOn(page), 'when it is right').toEqual([])

    await page.getByLabel('Method', { exact: true }).selectOption('random')
    await page.getByLabel('Cells to train').waitFor()
    expect(await page.getByLabel('Clustering').count(), 'random search has no clusters').toBe(0)
    await page.getByLabel('Method', { exact: true }).selectOption('stacnas')
    await page.getByRole('button', { name: 'Start 3 searches' }).click()
    await page.waitForURL('**/groups/**')
    await page.getByRole('heading', { name: 'Accuracy by seed' }).waitFor()
    await page.getByText('3 finished').waitFor()
  })
})
