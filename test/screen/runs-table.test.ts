// Finding runs on the screen: searched, narrowed, ordered, selected, tagged, compared, put away; by mouse and keyboard, wide and narrow.
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { Follower, signIn, type Client } from '../kit/client.js'
import { makeTeam } from '../kit/people.js'
import { startWithFakeEngine } from '../kit/server.js'
import { findingsOn, noBrowser, openPage, overflowOf } from './browser.js'

const searchOn = async (client: Client, input: object) => {
  const { startSearch } = await client.ask<{ startSearch: { id: string } }>(
    'mutation ($input: SearchInput!) { startSearch(input: $input) { id } }',
    { input: { dataset: 'digits', epochs: 1, ...input } },
  )
  return startSearch.id
}

/** A page of somebody who is signed in. */
async function pageOf(client: Client, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openPage(options)
  await page.context().addCookies([{ name: 'cellboard_session', value: client.token, url: client.address }])
  await page.goto(client.address)
  return page
}

const namesOn = (page: Page) => page.locator('.runs-name > a').allTextContents()

describe.skipIf(noBrowser)(`the table of runs${noBrowser}`, () => {
  it('finds, orders, tags, compares and puts away, and its address says what it shows', async () => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    for (const [name, batch] of [
      ['apple', 16],
      ['pear', 32],
      ['pineapple', 64],
    ] as const)
      await new Follower(await searchOn(client, { name, batch })).untilEnd(client)
    const page = await pageOf(client)
    const names = () => namesOn(page)
    await expect.poll(names).toEqual(['pineapple', 'pear', 'apple'])
    await page.getByLabel('Order').selectOption('by name')
    await expect.poll(names).toEqual(['apple', 'pear', 'pineapple'])
    await page.getByRole('searchbox').fill('apple')
    await expect.poll(names).toEqual(['apple', 'pineapple'])
    await expect.poll(() => page.url()).toContain('text=apple')
    await page.reload()
    await expect.poll(names).toEqual(['apple', 'pineapple'])
    expect(await findingsOn(page)).toEqual([])

    await page.getByLabel('Select apple', { exact: true }).focus()
    await page.keyboard.press('Space')
    await page.getByLabel('Select pineapple').click({ modifiers: ['Shift'] })
    await page.getByLabel('Tag to add or take off').fill('fruit')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => page.locator('.runs-tags .tag:not(.tag-quiet)').allTextContents())
      .toEqual(['fruit', 'fruit'])
    await page.getByText('2 runs tagged fruit.').waitFor()
    await page.getByRole('searchbox').fill('')
    await expect.poll(names).toEqual(['apple', 'pear', 'pineapple'])
    await page.getByRole('button', { name: 'Show runs with the tag fruit' }).first().click()
    await expect.poll(names).toEqual(['apple', 'pineapple'])

    await page.getByLabel('All on this page').click()
    await page.getByRole('link', { name: 'Compare' }).click()
    await page.getByRole('heading', { name: '2 runs side by side' }).waitFor()
    await page.getByRole('row', { name: /batch 16 64/ }).waitFor()
    expect(await findingsOn(page)).toEqual([])
    await page.goBack()
    await expect.poll(names).toEqual(['apple', 'pineapple'])
    await page.goBack()
    await expect.poll(names).toEqual(['apple', 'pear', 'pineapple'])

    await page.goto(server.address)
    await page.getByLabel('Select pear').click()
    await page.getByRole('button', { name: 'Into the bin' }).click()
    await expect.poll(names).toEqual(['pineapple', 'apple'])
    await page.getByLabel('Bin').click()
    await expect.poll(names).toEqual(['pear'])
    await page.getByLabel('Select pear').click()
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.getByText('The bin is empty.').waitFor()
  })

  it('narrows by conditions, shows chosen columns and orders by their headers, by keyboard', async () => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    for (const [name, batch] of [
      ['small', 16],
      ['large', 64],
      ['middle', 32],
    ] as const)
      await new Follower(await searchOn(client, { name, batch })).untilEnd(client)
    const page = await pageOf(client)
    await expect.poll(() => namesOn(page)).toEqual(['middle', 'large', 'small'])

    const field = page.getByLabel('Condition on a setting or metric')
    await field.fill('bacth >= 32')
    await field.press('Enter')
    await page
      .getByText('Expected a setting or a metric of your runs, but received "bacth". Did you mean batch?')
      .waitFor()
    expect(await findingsOn(page)).toEqual([])
    await field.fill('batch >= 32')
    await field.press('Enter')
    await expect.poll(() => namesOn(page)).toEqual(['middle', 'large'])
    await page.getByRole('button', { name: 'Take away the condition batch ≥ 32' }).waitFor()

    await page.getByRole('button', { name: 'Columns' }).press('Enter')
    await page.getByLabel('Find a setting or metric').fill('batch')
    await page.getByLabel('batch', { exact: true }).press('Space')
    expect(await findingsOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Show', exact: true }).press('Enter')
    const header = page.getByRole('columnheader', { name: 'batch' })
    const batches = () => page.locator('td[data-label="batch"]').allTextContents()
    await expect.poll(batches).toEqual(['32', '64'])
    await header.getByRole('button').press('Enter')
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('ascending')
    await page.keyboard.press('Enter')
    await expect.poll(batches).toEqual(['64', '32'])
    expect(await header.getAttribute('aria-sort')).toBe('descending')
    const shared = page.url()
    await page.goBack()
    await expect.poll(batches).toEqual(['32', '64'])
    await page.getByRole('button', { name: 'Take away the condition batch ≥ 32' }).click()
    await expect.poll(batches).toEqual(['16', '32', '64'])

    const other = await pageOf(client)
    await other.goto(shared)
    await expect.poll(() => other.locator('td[data-label="batch"]').allTextContents()).toEqual(['64', '32'])
    // The columns are remembered where none are said.
    await page.goto(server.address)
    await expect.poll(batches).toEqual(['32', '64', '16'])
    expect(page.url()).toContain('column=setting%3Abatch')
  })

  it('orders by the very accuracy that it shows', async () => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    for (const name of ['one', 'two']) await new Follower(await searchOn(client, { name })).untilEnd(client)
    const page = await pageOf(client)
    for (const path of ['/?order=-metric:accuracy', '/?kind=search&order=metric:accuracy']) {
      await page.goto(server.address + path)
      const shown = page.locator('td[data-label="accuracy"]')
      await expect.poll(() => shown.count()).toBe(2)
      const values = (await shown.allTextContents()).map((text) => Number.parseFloat(text))
      expect(values.every(Number.isFinite)).toBe(true)
      expect([...values].sort((a, b) => (path.includes('-metric') ? b - a : a - b))).toEqual(values)
    }
  })

  it('notes and tags a run in the list, moves runs, and says of each that it could not', async () => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    const { project } = await makeTeam(client, 'others')
    const ids: string[] = []
    for (const name of ['one', 'two']) ids.push(await searchOn(client, { name }))
    const { startSearch } = await client.ask<{ startSearch: { group: { runs: { id: string }[] } } }>(
      'mutation { startSearch(input: { dataset: "digits", epochs: 1, name: "seeded" }, seeds: [1, 2]) { group { runs { id } } } }',
    )
    ids.push(...startSearch.group.runs.map(({ id }) => id))
    for (const id of ids) await new Follower(id).untilEnd(client)
    const page = await pageOf(client)
    await page.getByRole('button', { name: 'Tags and notes of two' }).press('Enter')
    await page.getByLabel('New tag').fill('two words')
    await page.keyboard.press('Enter')
    await page.getByText('Expected a tag of 1 to 50 letters').waitFor()
    await page.getByLabel('New tag').fill('paper')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Take off the tag paper' }).waitFor()
    await page.getByLabel('Notes', { exact: true }).fill('as seen on Monday')
    expect(await findingsOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Show runs with the tag paper' }).waitFor()
    await page.getByRole('button', { name: 'Tags and notes of two' }).click()
    await expect.poll(() => page.getByLabel('Notes', { exact: true }).inputValue()).toBe('as seen on Monday')
    await page.getByRole('button', { name: 'Take off the tag paper' }).click()
    await page.getByText('No tags yet.').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()

    // Of a group not all are selected: that one stays, the other goes.
    await page.getByLabel('Select one').click()
    await page
      .getByLabel(/Select seeded/)
      .first()
      .click()
    await page.getByLabel('Project to move to').selectOption(project)
    await page.getByRole('button', { name: 'Move' }).click()
    await page.getByText('1 run moved.').waitFor()
    await page.locator('.runs-name .problem', { hasText: '1 of its runs would stay behind' }).waitFor()
    await expect.poll(() => page.locator('.runs-select input:checked').count()).toBe(1)
    expect(await findingsOn(page)).toEqual([])
    await page.goto(`${server.address}/?project=${project}`)
    await expect.poll(() => namesOn(page)).toEqual(['one'])
  })

  it('goes from page to page by its address', async () => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    const seeds = Array.from({ length: 26 }, (_, i) => i + 1)
    for (let i = 0; i < 2; i++)
      await client.ask(
        'mutation ($seeds: [Int!]) { startSearch(input: { dataset: "digits", epochs: 1, name: "many" }, seeds: $seeds) { id } }',
        { seeds },
      )
    const page = await pageOf(client)
    await page.getByRole('link', { name: 'More runs' }).waitFor()
    expect(await namesOn(page)).toHaveLength(50)
    const first = await namesOn(page)
    await page.getByRole('link', { name: 'More runs' }).click()
    await expect.poll(async () => (await namesOn(page)).length).toBe(2)
    await page.reload()
    await expect.poll(async () => (await namesOn(page)).length).toBe(2)
    await page.getByRole('link', { name: 'Previous runs' }).click()
    await expect.poll(() => namesOn(page)).toEqual(first)
    await page.goBack()
    await expect.poll(async () => (await namesOn(page)).length).toBe(2)
  })

  it.each(['light', 'dark'] as const)('holds at 360 px, %s', async (colorScheme) => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    await makeTeam(client, 'others')
    const id = await searchOn(client, { name: 'narrow' })
    await client.ask(
      'mutation ($runs: [ID!]!) { tagRuns(runs: $runs, add: ["a-rather-long-tag-on-a-narrow-screen"]) { id } }',
      { runs: [id] },
    )
    await new Follower(id).untilEnd(client)
    const page = await pageOf(client, { viewport: { width: 360, height: 740 }, colorScheme })
    for (const path of [
      '/',
      `/compare?runs=${id}`,
      '/?column=setting:weightDecay&column=metric.max:accuracy&where=setting:batch >= 1&where=metric:train-loss <= 1000',
    ]) {
      await page.goto(server.address + path)
      await page.getByRole('link', { name: 'narrow' }).first().waitFor()
      expect(await overflowOf(page), path).toBe(0)
      expect(await findingsOn(page), path).toEqual([])
    }
    await page.getByLabel('Select narrow').click()
    await page.getByRole('button', { name: 'Untag' }).waitFor()
    expect(await overflowOf(page)).toBe(0)
    expect(await findingsOn(page)).toEqual([])
    for (const opened of ['Columns', 'Tags and notes of narrow']) {
      await page.getByRole('button', { name: opened }).click()
      expect(await overflowOf(page), opened).toBe(0)
      expect(await findingsOn(page), opened).toEqual([])
      await page.keyboard.press('Escape')
    }
  })
})
