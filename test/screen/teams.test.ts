// Three people at three screens: an owner, somebody who is invited and taken out again, and a stranger with a share link.
import { describe, expect, it } from 'vitest'
import { FAKE } from '../kit/fake-engine.js'
import { Follower, signIn } from '../kit/client.js'
import { startWithFakeEngine } from '../kit/server.js'
import { findingsOn, noBrowser, openPage, overflowOf, tolerate } from './browser.js'

describe.skipIf(noBrowser)(`teams on the screen${noBrowser}`, () => {
  it('lets somebody in, shows them a run live, and takes it from them', async () => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    const { startSearch } = await client.ask<{ startSearch: { id: string } }>(
      'mutation ($input: SearchInput!) { startSearch(input: $input) { id } }',
      { input: { dataset: 'digits', name: 'to be watched', seed: FAKE.slow, epochs: 300 } },
    )
    // Lines are cut on purpose; what may no longer be seen is refused.
    tolerate(/WebSocket|answered 40[013]/)
    const owner = await openPage()
    const cookie = { name: 'cellboard_session', value: client.token, url: server.address }
    await owner.context().addCookies([cookie])
    await owner.goto(`${server.address}/teams/first`)
    await owner.getByLabel('Whom').fill('Grace')
    await owner.getByRole('button', { name: 'Make an invitation' }).click()
    const url = (await owner.locator('.secret-line code').textContent())!
    expect(await findingsOn(owner)).toEqual([])

    const grace = await openPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
    await grace.goto(url)
    await grace.getByRole('heading', { name: 'Join First team' }).waitFor()
    await grace.getByLabel('Name').fill('Grace Hopper')
    await grace.getByLabel('Address').fill('grace@example.org')
    await grace.getByLabel('Password').fill('short')
    await grace.getByText('Expected a password of at least 12 characters.').waitFor()
    expect(await findingsOn(grace)).toEqual([])
    await grace.getByLabel('Password').fill('a long phrase to know')
    await grace.keyboard.press('Enter')
    await grace.getByRole('heading', { name: 'First team', exact: true }).waitFor()
    expect(await grace.getByRole('heading', { name: 'Audit log' }).count()).toBe(0)
    for (const path of ['/teams/first', '/account', '/teams']) {
      await grace.goto(server.address + path)
      await grace.getByRole('heading', { level: 1 }).waitFor()
      expect(await overflowOf(grace), path).toBe(0)
      expect(await findingsOn(grace), path).toEqual([])
    }
    await grace.goto(`${server.address}/runs/${startSearch.id}`)
    await grace.getByText('Running', { exact: true }).waitFor()
    const step = () => grace.locator('.run-progress').textContent()
    const before = await step()
    await expect.poll(step, { timeout: 30_000 }).not.toBe(before)
    expect(await grace.getByRole('button', { name: 'Share' }).count()).toBe(0)

    await owner.goto(`${server.address}/runs/${startSearch.id}`)
    await owner.getByRole('button', { name: 'Share' }).click()
    await owner.getByRole('button', { name: 'Make a link' }).click()
    const shared = (await owner.locator('.secret-line code').textContent())!
    const guest = await openPage()
    await guest.goto(shared)
    await guest.getByText('Shared with you, for reading.').waitFor()
    await guest.getByText('Running', { exact: true }).waitFor()
    expect(await guest.getByRole('button', { name: /Pause|Cancel|Share/ }).count()).toBe(0)
    expect(await findingsOn(guest)).toEqual([])

    await owner.goto(`${server.address}/teams/first`)
    await owner.getByRole('button', { name: 'Remove Grace Hopper' }).click()
    await owner.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect.poll(() => owner.getByText('Grace Hopper').count()).toBeLessThan(3)
    await grace.getByText('This run cannot be shown').waitFor()
    expect(await grace.getByText('Reconnecting…').count()).toBe(0)
    await grace.reload()
    await grace.getByText('This run cannot be shown').waitFor()

    await owner.getByRole('button', { name: 'Revoke the link to to be watched' }).click()
    await owner.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await guest.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
  })

  it('starts a search in the project that was chosen, and remembers it', async () => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    await client.ask('mutation { createProject(team: "team-1", name: "vision") { id } }')
    const page = await openPage()
    await page.context().addCookies([{ name: 'cellboard_session', value: client.token, url: server.address }])
    await page.goto(`${server.address}/new`)
    await page.getByLabel('Project').selectOption({ label: 'First team / vision' })
    await page.getByRole('button', { name: 'Start search' }).click()
    await page.waitForURL('**/runs/*')
    await page.getByText('/ vision').waitFor()
    await page.goto(`${server.address}/new-training`)
    await expect.poll(() => page.getByLabel('Project').inputValue()).toBe('project-2')
    expect(await findingsOn(page)).toEqual([])
  })

  it('puts groups side by side in a study', async () => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    const { startSearch } = await client.ask<{ startSearch: { group: { id: string; runs: { id: string }[] } } }>(
      'mutation { startSearch(input: { dataset: "digits", epochs: 1, name: "ours" }, seeds: [1, 2]) { group { id runs { id } } } }',
    )
    for (const { id } of startSearch.group.runs) await new Follower(id).untilEnd(client)
    const page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
    await page.context().addCookies([{ name: 'cellboard_session', value: client.token, url: server.address }])
    await page.goto(`${server.address}/teams/first`)
    await page.getByLabel('New study').fill('Which is better?')
    await page.getByRole('button', { name: 'Make the study' }).click()
    await page.getByRole('heading', { name: 'Which is better?' }).waitFor()
    await page.getByLabel('Group to put in').fill(startSearch.group.id)
    await page.getByLabel('Called').fill('with clusters')
    await page.getByRole('button', { name: 'Put in' }).click()
    await page.getByRole('row', { name: /with clusters 0\.9\d+ 0 2/ }).waitFor()
    await page.getByRole('textbox', { name: 'Notes' }).fill('One group is no comparison.')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await page.reload()
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Notes' }).inputValue())
      .toBe('One group is no comparison.')
    expect(await overflowOf(page)).toBe(0)
    expect(await findingsOn(page)).toEqual([])
  })

  it('signs in with a password, shows a token once, and signs out', async () => {
    const server = await startWithFakeEngine()
    const client = await signIn(server.address, server.link)
    await client.ask(
      'mutation { setProfile(email: "ada@example.org") { id } setPassword(next: "a long phrase to know") }',
    )
    tolerate(/answered 401/)
    const page = await openPage()
    await page.goto(server.address)
    await page.getByLabel('Address').fill('ada@example.org')
    await page.getByLabel('Password').fill('not the phrase at all')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Password').fill('a long phrase to know')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor()
    await page.goto(`${server.address}/account`)
    await page.getByLabel('What it is for').fill('a script')
    await page.getByRole('button', { name: 'Make a token' }).click()
    const secret = (await page.locator('.secret-line code').textContent())!
    expect(secret).toMatch(/^cbt_/)
    await page.reload()
    await page.getByText('a script', { exact: true }).waitFor()
    expect(await page.getByText(secret).count()).toBe(0)
    await page.getByLabel(/^Account of/).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
  })
})
