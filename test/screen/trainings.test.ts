// A training as a person sees it: from the form to its result, paused and taken up again, and its network tried on a picture.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { FAKE } from '../kit/fake-engine.js'
import { startServer, startWithFakeEngine, type RunningServer } from '../kit/server.js'
import { findingsOn, noBrowser, openPage, overflowOf, signInByLink } from './browser.js'

const START = `mutation ($input: TrainingInput!, $seeds: [Int!]) {
  startTraining(input: $input, seeds: $seeds) { id group { id } }
}`
const SMALL = { dataset: 'digits', genotype: 'DARTS_V2', images: 512, epochs: 3, cells: 3, channels: 4, batch: 64 }

interface Started {
  readonly id: string
  readonly group: { readonly id: string } | null
}

/** Asks in the page's own session: its cookie signs the request. */
const ask = <Data>(page: Page, { address }: RunningServer, query: string, variables: object): Promise<Data> =>
  page.evaluate(
    async ([url, query, variables]) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      return ((await response.json()) as { data: Data }).data
    },
    [`${address}/graphql`, query, variables] as const,
  )

const start = async (page: Page, server: RunningServer, input: object, seeds?: number[]): Promise<Started> =>
  (await ask<{ startTraining: Started }>(page, server, START, { input, seeds })).startTraining

const SCREENS = [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
] as const

describe.skipIf(noBrowser)(`trainings on the screen${noBrowser}`, () => {
  it.each(SCREENS)('from the form to what it came to, $colorScheme', async (screen) => {
    const server = await startWithFakeEngine()
    const page = await openPage(screen)
    await signInByLink(page, server)
    await page.getByRole('link', { name: 'New training' }).first().click()
    await page.getByRole('button', { name: 'A quick look (minutes)' }).click()
    await page.locator('.cell-operator').first().waitFor()
    const cell = page.getByLabel('Cell', { exact: true })
    await cell.fill('DARTS_V9')
    await page.getByText(/Did you mean DARTS_V/).waitFor()
    expect(await findingsOn(page), 'with a wrong cell').toEqual([])
    await page.getByRole('button', { name: 'DARTS_V1' }).click()
    await page.getByLabel('Epochs', { exact: true }).fill('3')
    await page.locator('.cell-operator').first().waitFor()
    expect(await overflowOf(page)).toBe(0)
    expect(await findingsOn(page), 'the form').toEqual([])
    await page.getByRole('button', { name: 'Start training' }).click()

    await page.getByText('Finished', { exact: true }).waitFor()
    await page.getByText('70.00 %').waitFor()
    await page.getByText('Best epoch: 90.00 % in epoch 2').waitFor()
    const map = page.getByRole('slider', { name: /Confusion matrix/ })
    await page.getByRole('button', { name: /class 3 taken for class 4/ }).click()
    expect(await map.getAttribute('aria-valuetext')).toBe('class 3 taken for class 4: 1 of 10, 10.0 %')
    await map.press('ArrowLeft')
    expect(await map.getAttribute('aria-valuetext')).toBe('class 3 told right: 9 of 10, 90.0 %')
    expect(await page.getByRole('img', { name: /^Test image/ }).count()).toBe(10)
    await page.getByRole('link', { name: 'card.json' }).waitFor()
    expect(await overflowOf(page)).toBe(0)
    expect(await findingsOn(page), 'the result').toEqual([])

    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByRole('button', { name: 'Trainings' }).click()
    await page.getByText('70.00 %').first().waitFor()
    expect(await overflowOf(page)).toBe(0)
    expect(await findingsOn(page), 'the runs').toEqual([])
  })

  it('is paused, and goes on where it stopped', async () => {
    const server = await startWithFakeEngine()
    const page = await openPage()
    await signInByLink(page, server)
    const { id } = await start(page, server, { ...SMALL, epochs: 8, seed: FAKE.slow })
    await page.goto(`${server.address}/runs/${id}`)
    await page.getByText('Running', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Pause' }).press('Enter')
    await page.getByText('Paused', { exact: true }).waitFor()
    expect(await findingsOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Resume' }).press('Enter')
    await page.getByText('Finished', { exact: true }).waitFor()
  })

  it('gathers seeds', async () => {
    const server = await startWithFakeEngine()
    const page = await openPage()
    await signInByLink(page, server)
    const { group } = await start(page, server, { ...SMALL, name: 'two' }, [1, 2])
    await page.goto(`${server.address}/groups/${group!.id}`)
    await page.getByText('2 finished').waitFor()
    await page.getByText('70.0 % ± 0.0 %', { exact: true }).waitFor()
    expect(await page.getByText('Random search beside it').count()).toBe(0)
    expect(await findingsOn(page)).toEqual([])
  })

  it('tells a picture of a digit in the browser as the engine tells it', async () => {
    const server = await startServer()
    const page = await openPage()
    await signInByLink(page, server)
    const { id } = await start(page, server, { ...SMALL, epochs: 1, seed: 1 })
    await page.goto(`${server.address}/runs/${id}`)
    await page.getByRole('link', { name: 'Try it on a picture' }).click()
    const query = 'query ($id: ID!) { run(id: $id) { ... on Training { result { mistakes { predicted picture } } } } }'
    type Mistakes = { run: { result: { mistakes: { predicted: number; picture: string }[] } } }
    const [mistake] = (await ask<Mistakes>(page, server, query, { id })).run.result.mistakes
    const give = (name: string, mimeType: string, buffer: Buffer) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer })
    await give('digit.png', 'image/png', Buffer.from(mistake!.picture, 'base64'))
    await page.locator('.sight').waitFor()
    expect(await page.locator('.sight b').innerText()).toBe(String(mistake!.predicted))
    expect(await findingsOn(page)).toEqual([])
    await give('notes.txt', 'text/plain', Buffer.from('no picture'))
    await page.getByText(/Expected a picture .*notes\.txt/).waitFor()
  })
})
