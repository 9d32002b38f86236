// The names of programs as a list of sessions shows them.
import { expect, test } from 'vitest'
import { programText } from './program-text.js'

test('programs are called as people call them', () => {
  expect(
    programText('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36'),
  ).toBe('Chrome on Linux')
  expect(
    programText('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Safari/604'),
  ).toBe('Safari on iOS')
  expect(programText('python-requests/2.32')).toBe('python-requests')
  expect(programText('')).toBe('an unnamed program')
})
