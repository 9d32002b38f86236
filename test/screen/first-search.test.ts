// The first search as a person sees it: signed in by link, started from the form, followed live on real images, found and kept.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { startServer } from '../kit/server.js'
import { findingsOn, noBrowser, openPage, signInByLink } from './browser.js'

/** Whether anything but the background is drawn on a canvas. */
const drawn = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, 200, 60)
      return new Set(new Uint32Array(data.buffer)).size > 1
    })

describe.skipIf(noBrowser)(`a first search on the screen${noBrowser}`, () => {
  it('goes from the form to the cell that was found', async () => {
    const server = await startServer()
    const page = await openPage()
    await signInByLink(page, server)
    await page.getByText('No runs yet').waitFor()
    expect(await findingsOn(page)).toEqual([])

    await page.getByRole('link', { name: 'Start the first search' }).click()
    await page.getByLabel('Name').fill('seen in the browser')
    await page.getByLabel('Data set').selectOption('digits')
    await page.getByLabel('Space').selectOption('nas-bench-201')
    await page.getByLabel('Epochs', { exact: true }).fill('0')
    await page.getByText('1 setting', { exact: false }).or(page.locator('#setting-epochs-problem')).first().waitFor()
    await page.getByRole('button', { name: 'Start search' }).click()
    expect(await page.evaluate(() => document.activeElement?.id), 'the first wrong field has the focus').toBe(
      'setting-epochs',
    )
    await page.getByLabel('Epochs', { exact: true }).fill('2')
    await page.getByLabel('Images', { exact: true }).fill('256')
    await page.getByLabel('Batch', { exact: true }).fill('32')
    await page.getByText('Network', { exact: true }).click()
    await page.getByLabel('Channels', { exact: true }).fill('4')
    await page.getByLabel('Depth of stage 1', { exact: true }).fill('1')
    await page.getByLabel('Depth of stage 2', { exact: true }).fill('1')
    await page.getByRole('row', { name: /Parameters/ }).waitFor()
    expect(await findingsOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Start search' }).click()

    await page.getByRole('heading', { name: 'seen in the browser' }).waitFor()
    await page.getByText('The cell so far').waitFor()
    await page.locator('.cell-operator').first().waitFor()
    expect(await findingsOn(page), 'while it runs').toEqual([])
    await page.getByRole('heading', { name: 'The cell that was found' }).waitFor()
    await page.getByText('Finished', { exact: true }).waitFor()

    expect(await drawn(page, '.chart-canvas canvas')).toBe(true)
    expect(await drawn(page, '.heat-canvas')).toBe(true)
    expect(await page.locator('.cell-operator').count(), 'edges of the drawn cell').toBe(6)
    const genotype = await page.getByLabel('Genotype text').innerText()
    expect(genotype).toMatch(/^\|\w+~0\|\+\|\w+~0\|\w+~1\|\+\|\w+~0\|\w+~1\|\w+~2\|$/)
    expect(await findingsOn(page), 'when it has ended').toEqual([])

    await page.getByText('Epochs as a table').click()
    const epochs = page.getByRole('region', { name: 'Table of epochs' }).getByRole('row')
    await epochs.first().waitFor()
    expect(await epochs.count(), 'two epochs in each of two stages, and the head').toBe(5)
    await page.getByText('Settings and machine').click()
    await page.getByText(/^Log/).click()
    await page.getByText('The run is now finished').waitFor()
    expect(await findingsOn(page), 'with everything unfolded').toEqual([])

    await page.reload()
    await page.getByRole('heading', { name: 'The cell that was found' }).waitFor()
    expect(await page.getByLabel('Genotype text').innerText()).toBe(genotype)
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByRole('row', { name: /seen in the browser.*Finished.*100 %/ }).waitFor()
  })
})
