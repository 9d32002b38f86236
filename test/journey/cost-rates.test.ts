// Who asks for much may ask less often: requests are counted by what they cost, and each answer over HTTP says what is left.
import { expect, test } from 'vitest'
import { startServer } from '../kit/server.js'

const CHEAP = '{ viewer { name } }'
const DEAR = '{ runs(first: 200) { edges { node { id name state metrics { name last } } } } }'

test('answers tell what was taken and what is left; dear requests are refused before cheap ones, over HTTP and on sockets', async () => {
  const server = await startServer({ env: { CELLBOARD_LIMIT_COST_PER_USER: '30000' } })
  const client = await server.signIn()
  const ask = (query: string) =>
    fetch(`${server.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${client.token}` },
      body: JSON.stringify({ query }),
    })
  const left = ({ headers }: Response) => Number(/"cost";r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1])
  const cheap = await ask(CHEAP)
  expect(cheap.headers.get('ratelimit-policy')).toBe('"requests";q=6000;w=60, "cost";q=30000;w=60')
  const cost = Number(cheap.headers.get('x-request-cost'))
  expect(cost).toBeGreaterThan(0)
  expect(left(cheap)).toBeLessThan(30_000)
  expect(left(cheap)).toBeGreaterThan(29_000)

  const first = await ask(DEAR)
  expect(first.status).toBe(200)
  const dear = Number(first.headers.get('x-request-cost'))
  expect(dear).toBeGreaterThan(100 * cost)
  let last = first
  while (last.status === 200) last = await ask(DEAR)
  expect(last.status).toBe(429)
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await last.json()).toMatchObject({
    errors: [{ extensions: { code: 'RATE_LIMITED', limit: 'costPerUser', most: 30_000 } }],
  })
  const socket = client.openSocket()
  const refused = await socket
    .iterate({ query: DEAR.replace('200', '199') })
    .next()
    .then(
      ({ value }) => (value as { errors?: readonly { extensions?: object }[] } | undefined)?.errors,
      (error: unknown) => error,
    )
  expect(refused).toMatchObject([{ extensions: { code: 'RATE_LIMITED', limit: 'costPerUser' } }])
  await socket.dispose()
})
