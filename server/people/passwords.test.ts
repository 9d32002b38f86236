// Passwords are kept as slow hashes, known again by them, and hashed anew where they were made at a lower cost.
import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { hashPassword, isDated, isPassword } from './passwords.js'

test('a password is known by its hash, and by no other', async () => {
  const [one, again] = [await hashPassword('correct horse'), await hashPassword('correct horse')]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(again).not.toBe(one)
  expect(await isPassword(one, 'correct horse')).toBe(true)
  expect(await isPassword(one, 'correct horses')).toBe(false)
})

test('nobody has no password, not even the one that unknown addresses are checked against', async () => {
  for (const password of ['', 'a password that nobody has']) {
    expect(await isPassword(null, password)).toBe(false)
    expect(await isPassword(undefined, password)).toBe(false)
  }
})

test('a hash is dated where it cost less than one made today', async () => {
  expect(isDated(await hashPassword('correct horse'))).toBe(false)
  expect(isDated(await hash('correct horse', { memoryCost: 8_192, timeCost: 2, parallelism: 1 }))).toBe(true)
  expect(isDated(await hash('correct horse', { memoryCost: 19_456, timeCost: 1, parallelism: 1 }))).toBe(true)
  expect(isDated(await hash('correct horse', { memoryCost: 65_536, timeCost: 3, parallelism: 1 }))).toBe(false)
})
