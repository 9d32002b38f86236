// The API to try out in the browser: only for who is signed in, under the same policy as every page, with examples that run.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startWithFakeEngine } from '../kit/server.js'
import { noBrowser, openPage, signInByLink } from './browser.js'

/** The questions that stand between backticks in web/api/examples.ts. */
const text = readFileSync(fileURLToPath(new URL('../../web/api/examples.ts', import.meta.url)), 'utf8')
const EXAMPLES = [...text.matchAll(/query: `([^`]+)`(?:,\s*variables: '([^']+)\\n')?/g)].map(
  ([, query, variables]) => ({
    query: query!,
    variables,
  }),
)

describe.skipIf(noBrowser)(`the API on the screen${noBrowser}`, () => {
  it('asks strangers to sign in, then runs an example', async () => {
    const server = await startWithFakeEngine()
    const page = await openPage()
    await page.goto(`${server.address}/graphql`)
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    await signInByLink(page, server)
    await page.goto(`${server.address}/graphql`)
    // The button is there before the editor that it reads.
    await page.locator('.graphiql-query-editor').getByText('WhoAmI').waitFor()
    await page.getByRole('button', { name: /Execute query/ }).click()
    await expect.poll(() => page.locator('.result-window').textContent()).toContain('"version": "0.1.0"')
    expect(await page.locator('.result-window').textContent()).toContain('"OWNER"')
  })

  it('every example is answered without an error', async () => {
    const server = await startWithFakeEngine()
    const client = await server.signIn()
    expect(EXAMPLES).toHaveLength(6)
    for (const { query, variables } of EXAMPLES.filter((one) => !one.query.includes('subscription'))) {
      const { errors } = await client.request(query, JSON.parse(variables ?? '{}') as object)
      expect(errors, query).toBeUndefined()
    }
  })
})
