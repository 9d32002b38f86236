// What whoever keeps the server running can see of it, and what it says of a configuration that is wrong.
import { expect, test } from 'vitest'
import { send } from '../kit/client.js'
import { knock } from '../kit/knock.js'
import { startServer, tryStart } from '../kit/server.js'

test('whoever keeps the server running sees whether it is well, and what it refused', async () => {
  const { address } = await startServer()
  expect(await knock(address, '/healthz')).toMatchObject({ status: 200, text: '{"status":"ok"}' })
  expect(await knock(address, '/readyz')).toMatchObject({ status: 200, text: '{"status":"ready"}' })
  await send(address, '{ a '.repeat(400))
  const { text } = await knock(address, '/metrics')
  expect(text).toContain('cellboard_refusals_total{rule="nesting",way="http"} 1')
  expect(text).toContain('cellboard_runs{state="RUNNING"} 0')
  expect(text).toContain('cellboard_open_sockets 0')
  expect(text).toContain('process_resident_memory_bytes')
  expect((await knock(address, '/metrics', { headers: { 'x-forwarded-for': '203.0.113.1' } })).status).toBe(401)

  const secret = 'f0'.repeat(10) + '123456789abcde'
  const guarded = await startServer({ env: { CELLBOARD_METRICS_TOKEN: secret } })
  expect((await knock(guarded.address, '/metrics')).status).toBe(401)
  expect((await knock(guarded.address, '/metrics', { headers: { authorization: `Bearer ${secret}x` } })).status).toBe(
    401,
  )
  expect((await knock(guarded.address, '/metrics', { headers: { authorization: `Bearer ${secret}` } })).status).toBe(
    200,
  )
})

test('all that is wrong with the configuration is told at once, and no secret with it', async () => {
  const env = {
    PORT: 'http',
    CELLBOARD_RUNNERS: '-1',
    CELLBOARD_LOG: 'loud',
    CELLBOARD_URL: 'cellboard.example.org',
    CELLBOARD_PROXIES: 'loopback, 10.0.0.0/99',
    CELLBOARD_METRICS_TOKEN: 'secret',
    CELLBOARD_LIMIT_DEPTH: '3',
    CELLBOARD_LIMIT_DETPH: '20',
  }
  const started = await tryStart({ env })
  expect('said' in started && started.said.trim().split('\n')).toEqual([
    'Expected PORT to be a whole number from 0 to 65535, but received "http".',
    'Expected CELLBOARD_RUNNERS to be a whole number from 0 to 64, but received "-1".',
    'Expected CELLBOARD_LOG to be one of fatal, error, warn, info, debug, trace, silent, but received "loud".',
    'Expected CELLBOARD_URL to be an address like https://cellboard.example.org, without a path, but received "cellboard.example.org".',
    'Expected CELLBOARD_PROXIES to be addresses or ranges like 10.0.0.0/8, or loopback, with commas between, but received "10.0.0.0/99".',
    'Expected CELLBOARD_METRICS_TOKEN to be at least 32 random characters, as from openssl rand -hex 32, but received 6 weaker ones.',
    'Expected CELLBOARD_LIMIT_DEPTH to be a whole number from 10 to 100, but received "3".',
    expect.stringMatching(
      /^Expected a limit that there is, but received CELLBOARD_LIMIT_DETPH. Did you mean CELLBOARD_LIMIT_DEPTH/,
    ) as string,
  ])
})
