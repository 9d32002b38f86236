// A folder of files is there as a whole or not at all, and nobody else's files are ever replaced.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkFolder, writeWholeFolder } from './whole-folder.js'

let place: string
beforeEach(() => (place = mkdtempSync(join(tmpdir(), 'whole-folder-'))))
afterEach(() => rmSync(place, { recursive: true }))

const card = { name: 'card.json', content: '{}' }

it('writes files in folders, and tells their names, sizes and kinds', async () => {
  const folder = join(place, 'new', 'out')
  const files = await writeWholeFolder(folder, [card, { name: 'saved-model/a.pb', content: Uint8Array.of(1, 2, 3) }])
  expect(files).toEqual([
    { name: 'card.json', bytes: 2, mediaType: 'application/json' },
    { name: 'saved-model/a.pb', bytes: 3, mediaType: 'application/octet-stream' },
  ])
  expect([...readFileSync(join(folder, 'saved-model/a.pb'))]).toEqual([1, 2, 3])
})

it('replaces what a run wrote before, as a whole', async () => {
  const folder = join(place, 'out')
  await writeWholeFolder(folder, [card, { name: 'old.txt', content: 'old' }])
  await writeWholeFolder(folder, [card, { name: 'new.txt', content: 'new' }])
  expect(readdirSync(folder).sort()).toEqual(['card.json', 'new.txt'])
  expect(readdirSync(place)).toEqual(['out'])
})

it('leaves the folder as it was when a file cannot be written, and nothing beside it', async () => {
  const folder = join(place, 'out')
  await writeWholeFolder(folder, [card])
  const tooLong = { name: 'x'.repeat(300), content: 'x' }
  await expect(writeWholeFolder(folder, [card, { name: 'a.txt', content: 'a' }, tooLong])).rejects.toThrow('ENAMETOOLONG') // prettier-ignore
  expect(readdirSync(folder)).toEqual(['card.json'])
  expect(readdirSync(place)).toEqual(['out'])
})

it('takes a new or an empty folder, and refuses one of somebody else and a file', async () => {
  await checkFolder(join(place, 'new'))
  await checkFolder(place)
  writeFileSync(join(place, 'thesis.tex'), 'years of work')
  await expect(checkFolder(place)).rejects.toThrow(`written by Cellboard, but ${place} holds thesis.tex`)
  await expect(writeWholeFolder(place, [card])).rejects.toMatchObject({ code: 'BAD_SETTINGS' })
  await expect(checkFolder(join(place, 'thesis.tex'))).rejects.toThrow('thesis.tex is a file')
  expect(readdirSync(place)).toEqual(['thesis.tex'])
})

it('goes on where a kill left folders beside', async () => {
  const folder = join(place, 'out')
  mkdirSync(`${folder}.fresh`)
  writeFileSync(`${folder}.fresh/half.txt`, 'hal')
  mkdirSync(`${folder}.before`)
  await writeWholeFolder(folder, [card])
  expect(readdirSync(place)).toEqual(['out'])
  expect(readdirSync(folder)).toEqual(['card.json'])
})
