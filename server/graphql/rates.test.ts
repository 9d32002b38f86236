// Buckets that refill evenly, each key its own, and never more keys than are remembered.
import { expect, test } from 'vitest'
import { Rates, Tally } from './rates.js'
import { network } from './visitors.js'

test('a full bucket can be spent at once, and then so much a second as a minute is shared out', () => {
  let now = 0
  const rates = new Rates(60, () => now)
  for (let i = 0; i < 60; i++) expect(rates.take('a').ok).toBe(true)
  expect(rates.take('a')).toEqual({ ok: false, most: 60, remaining: 0, resetSeconds: 60, retryAfterSeconds: 1 })
  expect(rates.take('b').remaining).toBe(59)
  now = 1_500
  expect(rates.take('a').ok).toBe(true)
  expect(rates.take('a').ok).toBe(false)
  now = 1_000_000
  expect(rates.take('a').remaining).toBe(59)
})

test('what costs more takes more, and more than all takes all', () => {
  let now = 0
  const rates = new Rates(600, () => now)
  expect(rates.take('a', 500)).toMatchObject({ ok: true, remaining: 100 })
  expect(rates.take('a', 200)).toMatchObject({ ok: false, remaining: 100, retryAfterSeconds: 10 })
  expect(rates.take('a', 100).ok).toBe(true)
  now = 59_000
  expect(rates.take('a', 10_000)).toMatchObject({ ok: false, retryAfterSeconds: 1 })
  now = 60_000
  expect(rates.take('a', 10_000)).toMatchObject({ ok: true, remaining: 0 })
})

test('a million visitors do not fill the memory', () => {
  const rates = new Rates(60, () => 0)
  for (let i = 0; i < 100_000; i++) rates.take(String(i))
  expect(rates.size).toBeLessThanOrEqual(20_000)
})

test('what is closed may be opened again, and is forgotten', () => {
  const tally = new Tally(2)
  expect([tally.open('a'), tally.open('a'), tally.open('a'), tally.open('b')]).toEqual([true, true, false, true])
  tally.close('a')
  expect(tally.open('a')).toBe(true)
  for (const key of ['a', 'a', 'b']) tally.close(key)
  expect(tally.total).toBe(0)
})

test('a network of IPv6 is one visitor', () => {
  expect(network('192.0.2.1')).toBe('192.0.2.1')
  expect(network('::ffff:192.0.2.1')).toBe('192.0.2.1')
  expect(network('::1')).toBe('::1')
  expect(network('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(network('2001:DB8:1:2::6')).toBe('2001:db8:1:2::/64')
  expect(network('2001:db8::6')).toBe('2001:db8:0:0::/64')
  expect(network('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})
