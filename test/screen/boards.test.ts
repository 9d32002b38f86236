// Boards on the screen: made, entered from a run's page, moved live before somebody else's eyes, explained; wide, narrow, light, dark.
import { describe, expect, it } from 'vitest'
import { Follower, type Client } from '../kit/client.js'
import { join } from '../kit/people.js'
import { startWithFakeEngine, type RunningServer } from '../kit/server.js'
import { findingsOn, noBrowser, openPage, overflowOf } from './browser.js'

async function train(client: Client, epochs: number, name: string): Promise<string> {
  const { startTraining } = await client.ask<{ startTraining: { id: string } }>(
    'mutation ($input: TrainingInput!) { startTraining(input: $input) { id } }',
    { input: { dataset: 'digits', genotype: 'DARTS_V2', epochs, name } },
  )
  await new Follower(startTraining.id).untilEnd(client)
  return startTraining.id
}

const signedIn = async ({ address }: RunningServer, client: Client, options = {}) => {
  const page = await openPage(options)
  await page.context().addCookies([{ name: 'cellboard_session', value: client.token, url: address }])
  return page
}

const BOARD = {
  name: 'Best of digits',
  rules: {
    subject: 'RUN',
    perTeam: 'ALL',
    columns: ['parameters'],
    metric: { name: 'test-accuracy', direction: 'HIGHER' },
  },
}
const CREATE = 'mutation ($input: BoardInput!) { createBoard(team: "team-1", input: $input) { id } }'
const SUBMIT = 'mutation ($board: ID!, $subject: ID!) { submitEntry(board: $board, subject: $subject) { id } }'

describe.skipIf(noBrowser)(`boards on the screen${noBrowser}`, () => {
  it('is made, entered from the page of a run, and moves on the screen of somebody else', async () => {
    const server = await startWithFakeEngine()
    const owner = await server.signIn()
    const low = await train(owner, 1, 'the first one')
    const high = await train(owner, 2, 'a better one')
    const page = await signedIn(server, owner)
    await page.goto(`${server.address}/boards`)
    await page.getByText('No boards so far').waitFor()
    await page.getByRole('link', { name: 'New board' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Best of digits')
    await page.getByLabel('By the metric').fill('test-acuracy')
    await page.getByLabel('Of each team').selectOption('all its entries')
    await page.getByLabel('Ties are broken by').fill('parameters')
    await page.getByRole('button', { name: 'Make the board' }).click()
    await page.getByText('Expected a metric and its direction').waitFor()
    await page.getByLabel('Ties are broken by').fill('parameters lower')
    await page.getByRole('button', { name: 'Make the board' }).click()
    await page.getByText('Did you mean test-accuracy').waitFor()
    expect(await findingsOn(page)).toEqual([])
    await page.getByLabel('By the metric').fill('test-accuracy')
    await page.getByRole('button', { name: 'Make the board' }).click()
    await page.getByRole('heading', { name: 'Best of digits' }).waitFor()
    await page.getByText('Of equal scores').or(page.getByText('Equal scores are decided by parameters')).waitFor()
    const address = page.url()

    const member = await signedIn(server, await join(owner, { role: 'VIEWER', name: 'Grace' }))
    await member.goto(address)
    await member.getByText('Nothing is ranked here so far.').waitFor()

    const enter = async (run: string) => {
      await page.goto(`${server.address}/runs/${run}`)
      await page.getByRole('button', { name: 'Enter into a board' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Enter', exact: true }).click()
    }
    await enter(low)
    await page.getByText('It is in. Place 1 of 1 by test-accuracy').waitFor()
    const titles = () => member.locator('.board-table tbody tr[data-id] .board-title a').allTextContents()
    await expect.poll(titles).toEqual(['the first one'])
    await enter(low)
    await page.getByText('Expected something new, but entry-1 is the same run').waitFor()
    await enter(high)
    await expect.poll(titles).toEqual(['a better one', 'the first one'])
    await member.getByText('“a better one” came in at place 1.').first().waitFor()
    await expect.poll(() => member.locator('.board-own').count()).toBe(2)
    expect(await member.locator('.board-own time').allTextContents()).toHaveLength(2)
    await member.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
    expect(await findingsOn(member)).toEqual([])

    await member.getByRole('link', { name: 'the first one' }).first().click()
    await member.getByText('A test-accuracy above 0.9 would pass "a better one".').waitFor()
    expect(await findingsOn(member)).toEqual([])
  })

  it('shows the own row where it is not on the page, baselines apart, the front, and holds at 360 px, light and dark', async () => {
    const server = await startWithFakeEngine()
    const owner = await server.signIn()
    const { createBoard } = await owner.ask<{ createBoard: { id: string } }>(CREATE, { input: BOARD })
    for (const epochs of [1, 2, 3, 5])
      await owner.ask(SUBMIT, {
        board: createBoard.id,
        subject: await train(owner, epochs, `trained for ${epochs} epochs, with a rather long name`),
      })
    await owner.ask(
      `mutation { addBaselines(board: "${createBoard.id}", set: PUBLISHED_CIFAR10) { id } flagEntry(id: "entry-2", reason: "too good") { id } }`,
    )
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 1280],
      ['light', 360],
      ['dark', 360],
    ] as const) {
      const page = await signedIn(server, owner, { viewport: { width, height: 900 }, colorScheme })
      await page.goto(`${server.address}/boards/${createBoard.id}`)
      await page.locator('.board-point').first().waitFor()
      await page.getByText('Baselines, for comparison').waitFor()
      await page.getByText('Not ranked', { exact: true }).click()
      await page.getByText('it was flagged. too good').waitFor()
      await page.getByText('Former versions').click()
      await page.getByText('Version 1: by test-accuracy').waitFor()
      expect(await overflowOf(page), `${colorScheme} ${width}`).toBe(0)
      expect(await findingsOn(page), `${colorScheme} ${width}`).toEqual([])
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/board-${colorScheme}-${width}.png`, fullPage: true })
      for (const path of ['boards', 'new-board', 'entries/entry-1', 'teams/home']) {
        await page.goto(`${server.address}/${path}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        if (process.env.SHOTS)
          await page.screenshot({
            path: `${process.env.SHOTS}/${path.replace('/', '-')}-${colorScheme}-${width}.png`,
            fullPage: true,
          })
        if (path.startsWith('teams')) continue
        expect(await overflowOf(page), `${path} ${colorScheme} ${width}`).toBe(0)
        expect(await findingsOn(page), `${path} ${colorScheme} ${width}`).toEqual([])
      }
      await page.goto(`${server.address}/boards/${createBoard.id}?from=3`)
      await page.getByRole('button', { name: '← Higher places' }).waitFor()
      await page
        .getByRole('rowheader', { name: 'Your team' })
        .or(page.getByText('Your team', { exact: true }))
        .waitFor()
    }
  })

  it('keeps of the rules what nobody touched, whole', async () => {
    const server = await startWithFakeEngine()
    const owner = await server.signIn()
    const tieBreaks = [{ name: 'test-loss', pick: 'MIN', direction: 'LOWER', decimals: 2 }]
    const reveal = {
      metric: { name: 'train-accuracy', pick: 'MAX', direction: 'HIGHER', decimals: 3 },
      at: '2999-01-01T10:20:30.000Z',
    }
    const { createBoard } = await owner.ask<{ createBoard: { id: string } }>(CREATE, {
      input: { ...BOARD, rules: { ...BOARD.rules, tieBreaks, reveal } },
    })
    const page = await signedIn(server, owner)
    await page.goto(`${server.address}/boards/${createBoard.id}`)
    await page.getByRole('button', { name: 'Change the rules' }).click()
    await page.getByLabel('Seeds at least').fill('2')
    await page.getByLabel('Why', { exact: true }).fill('one seed says little')
    await page.getByRole('dialog').getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByText('An entry needs at least 2 finished seeds.').waitFor()
    const { board } = await owner.ask<{ board: { rules: object } }>(
      `query ($id: ID!) { board(id: $id) { rules {
        minSeeds tieBreaks { name pick direction decimals } reveal { at metric { name pick direction decimals } }
      } } }`,
      { id: createBoard.id },
    )
    expect(board.rules).toEqual({ minSeeds: 2, tieBreaks, reveal })
  })
})
