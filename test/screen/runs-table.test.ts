// Finding runs on the screen: searched, narrowed, ordered, selected, tagged, compared, put away; by mouse and keyboard, wide and narrow.
import { describe, expect, it } from 'vitest'
import { Follower, signIn } from '../kit/client.js'
import { startWithFakeEngine } from '../kit/server.js'
import { findingsOn, noBrowser, openPage, overflowOf } from './browser.js'

describe.skipIf(noBrowser)(`the table of runs${noBrowser}`, () => {
  it('finds, orders, tags, compares and puts away, and its address says what it shows', async () => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    for (const [name, batch] of [
      ['apple', 16],
      ['pear', 32],
      ['pineapple', 64],
    ] as const) {
      const { startSearch } = await client.ask<{ startSearch: { id: string } }>(
        'mutation ($input: SearchInput!) { startSearch(input: $input) { id } }',
        { input: { dataset: 'digits', epochs: 1, name, batch } },
      )
      await new Follower(startSearch.id).untilEnd(client)
    }
    const page = await openPage()
    await page.context().addCookies([{ name: 'cellboard_session', value: client.token, url: server.address }])
    await page.goto(server.address)
    const names = () => page.locator('.runs-name > a').allTextContents()
    await expect.poll(names).toEqual(['pineapple', 'pear', 'apple'])
    await page.getByLabel('Order').selectOption('name')
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
    await page.getByLabel('Tag to add').fill('fruit')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.runs-tags .tag').allTextContents()).toEqual(['fruit', 'fruit'])
    await page.getByRole('searchbox').fill('')
    await expect.poll(names).toEqual(['apple', 'pear', 'pineapple'])
    await page.getByRole('button', { name: 'Show runs with the tag fruit' }).first().click()
    await expect.poll(names).toEqual(['apple', 'pineapple'])

    await page.getByLabel('Select apple', { exact: true }).click()
    await page.getByLabel('Select pineapple').click()
    await page.getByRole('link', { name: 'Compare' }).click()
    await page.getByRole('heading', { name: '2 runs side by side' }).waitFor()
    await page.getByRole('row', { name: /batch 16 64/ }).waitFor()
    expect(await findingsOn(page)).toEqual([])

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

  it('holds at 360 px in the dark', async () => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    const { startSearch } = await client.ask<{ startSearch: { id: string } }>(
      'mutation { startSearch(input: { dataset: "digits", epochs: 1, name: "narrow" }) { id } }',
    )
    await client.ask(
      'mutation ($runs: [ID!]!) { tagRuns(runs: $runs, add: ["a-rather-long-tag-on-a-narrow-screen"]) { id } }',
      {
        runs: [startSearch.id],
      },
    )
    const page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
    await page.context().addCookies([{ name: 'cellboard_session', value: client.token, url: server.address }])
    for (const path of ['/', `/compare?runs=${startSearch.id}`]) {
      await page.goto(server.address + path)
      await page.getByRole('link', { name: 'narrow' }).first().waitFor()
      expect(await overflowOf(page), path).toBe(0)
      expect(await findingsOn(page), path).toEqual([])
    }
  })
})
