// `data check` from the words of a command line to what it prints.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { data } from './cli-data.js'
import { main } from './cli.js'

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cellboard-check-'))
  for (const [name, colour] of Object.entries({
    'cats/1': 'red',
    'cats/2': 'lime',
    'dogs/3': 'blue',
    'dogs/4': 'red',
  })) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    const picture = sharp({ create: { width: name === 'dogs/3' ? 9 : 6, height: 6, channels: 3, background: colour } })
    writeFileSync(join(folder, `${name}.png`), await picture.png().toBuffer())
  }
  writeFileSync(join(folder, 'dogs/torn.jpg'), 'no picture')
  writeFileSync(join(folder, 'dogs/words.txt'), 'no picture')
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => void vi.restoreAllMocks())

async function printed(...args: string[]): Promise<{ code: number; text: string }> {
  let text = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk)
    return true
  })
  return { code: await data(args), text }
}

it('counts classes and pictures, and names what is broken, foreign and there twice', async () => {
  const { code, text } = await printed('check', folder, '--json', '--size', '4')
  expect(code).toBe(1)
  const report = JSON.parse(text) as Record<string, unknown>
  expect(report).toMatchObject({
    classes: [
      { name: 'cats', train: 2, test: 0 },
      { name: 'dogs', train: 2, test: 0 },
    ],
    ...{ train: 4, test: 0, channels: 3, mean: [0.5, 0.25, 0.25] },
    sizes: [
      { width: 6, height: 6, count: 3 },
      { width: 9, height: 6, count: 1 },
    ],
    broken: [expect.stringContaining('torn.jpg')],
    notes: [expect.stringContaining('words.txt')],
    copies: [[join(folder, 'cats/1.png'), join(folder, 'dogs/4.png')]],
  })
})

it('says the same in words', async () => {
  const { text } = await printed('check', folder)
  for (const words of [
    '2 classes, 4 training pictures, no test part',
    '2 sizes, most often 6x6 (3)',
    '1 broken file',
    'there more than once',
  ])
    expect(text).toContain(words)
})

it('knows data sets by name', async () => {
  const { code, text } = await printed('check', 'digits', '--size', '8')
  expect(code).toBe(0)
  expect(text).toContain('digits: 10 classes, 3,823 training pictures, 1,797 test pictures.')
  expect(text).toContain('mean 0.3078, deviation 0.3771')
})

it.each([
  [['data'], 2, 'data check PATH'],
  [['data', 'chek', 'x'], 2, 'received data chek'],
  [['data', 'check'], 2, 'path of a folder'],
  [['data', 'check', 'x', '--size', '0'], 2, 'at least 1'],
  [['data', 'check', '/nowhere/at/all'], 1, 'no such folder'],
])('%j ends with code %i and a sentence', async (args, code, words) => {
  let told = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    told += String(chunk)
    return true
  })
  expect(await main(args)).toBe(code)
  expect(told).toContain(words)
})
