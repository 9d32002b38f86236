// Passkeys in a real browser, with an authenticator that the browser plays itself.
import { describe, expect, it } from 'vitest'
import { signIn } from '../kit/client.js'
import { startServer } from '../kit/server.js'
import { findingsOn, noBrowser, openPage, tolerate } from './browser.js'

describe.skipIf(noBrowser)(`passkeys on the screen${noBrowser}`, () => {
  it('adds one, signs in with it, and not any more once it is removed', async () => {
    const server = await startServer()
    const client = await signIn(server.address, server.link)
    tolerate(/answered 401/)
    const page = await openPage()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.context().addCookies([{ name: 'cellboard_session', value: client.token, url: server.address }])
    await page.goto(`${server.address}/account`)
    await page.getByLabel('Name of the passkey').fill('test key')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('test key', { exact: true }).waitFor()
    expect(await findingsOn(page)).toEqual([])

    await page.getByLabel(/^Account of/).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor()

    await page.goto(`${server.address}/account`)
    await page.getByRole('button', { name: 'Remove test key' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect.poll(() => page.getByText('test key', { exact: true }).count()).toBe(0)
    await page.getByLabel(/^Account of/).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('alert').waitFor()
  })
})
