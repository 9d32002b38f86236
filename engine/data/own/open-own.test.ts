// One's own pictures, whole and wrong: folders by class, .csv and .npz; each fault told with its place.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { resolveTrainingSettings, trainingSettingsSchema } from '@cellboard/schema/training-settings'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EngineError } from '../../errors.js'
import { openFeed } from '../feed/feed.js'
import { bytesOf, labels64, npy, npz } from './npz-fixture.js'
import { openTrainingData } from '../open-training-data.js'
import { randomStream } from '../random.js'

let folder = ''
let made = 0
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'cellboard-own-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (files: Readonly<Record<string, Uint8Array | string>>): string => {
  const place = join(folder, String(made++))
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true })
    writeFileSync(join(place, name), bytes)
  }
  return place
}
const plain = (colour: string, width = 12, height = 8) =>
  sharp({ create: { width, height, channels: 3, background: colour } })
const png = (colour: string, width?: number, height?: number) => plain(colour, width, height).png().toBuffer()
/** Pictures of two classes, so many of each. */
async function twoClasses(count: number, prefix = ''): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {}
  for (let i = 0; i < count; i++) {
    files[`${prefix}red/${i}.png`] = await png(`rgb(${200 + i},0,0)`)
    files[`${prefix}blue/${i}.png`] = await png(`rgb(0,0,${200 + i})`)
  }
  return files
}
const settingsOf = (dataPath: string, more: object = {}) =>
  resolveTrainingSettings(
    trainingSettingsSchema.parse({ dataset: 'own', dataPath, imageSize: 8, batch: 2, workers: 0, ...more }),
    'darts',
  )
const open = (dataPath: string, more: object = {}) => openTrainingData(settingsOf(dataPath, more), '')
const refusal = (...words: string[]) =>
  expect.objectContaining({
    constructor: EngineError,
    code: 'BAD_DATA',
    message: expect.stringMatching(new RegExp(words.join('[^]*'))) as unknown,
  }) as unknown

describe('a folder by class', () => {
  it('without a test part: sets a share of each class aside by the seed, and computes its facts', async () => {
    const place = write(await twoClasses(10))
    const data = await open(place, { testShare: 0.2 })
    expect(data.facts).toMatchObject({
      classNames: ['blue', 'red'],
      classes: 2,
      size: 8,
      channels: 3,
      train: 16,
      test: 4,
    })
    expect([...data.test.labels].sort()).toEqual([0, 0, 1, 1])
    expect(data.train.fileOf(0)).toContain(place)
    const [red, green] = data.facts.mean
    expect(red).toBeCloseTo(0.4, 1)
    expect(green).toBe(0)
    expect(data.facts.deviation[1]).toBe(1)
    expect((await data.train.picture(0)).length).toBe(192)
    const names = (seed: number) => open(place, { seed }).then(({ test }) => [test.fileOf(0), test.fileOf(1)])
    expect(await names(2)).toEqual(await names(2))
  })

  it('with train and val; broken and foreign files are left out and named', async () => {
    const place = write({
      ...(await twoClasses(4, 'train/')),
      ...(await twoClasses(2, 'val/')),
      'train/red/torn.jpg': (await plain('red', 300, 300).jpeg().toBuffer()).subarray(0, 700),
      'train/red/words.png': 'not a picture',
      'train/red/readme.txt': 'hello',
      'train/red/.DS_Store': '',
    })
    const data = await open(place)
    expect([data.train.count, data.test.count]).toEqual([8, 4])
    expect(data.leftOut).toHaveLength(3)
    for (const name of ['torn.jpg', 'words.png', 'readme.txt']) expect(data.leftOut.join('\n')).toContain(name)
  })

  it('reads every format, grey, see-through, CMYK, turned by EXIF, and the first frame of a GIF', async () => {
    const half = sharp({ create: { width: 16, height: 8, channels: 3, background: 'black' } }).composite([
      { input: await png('white', 8, 8), left: 8, top: 0 },
    ])
    const place = write({
      'a/grey.png': await plain('#808080').greyscale().png().toBuffer(),
      'a/clear.png': await sharp({ create: { width: 8, height: 8, channels: 4, background: '#0000' } })
        .png()
        .toBuffer(),
      'a/cmyk.jpg': await plain('white').toColourspace('cmyk').jpeg().toBuffer(),
      'a/one.webp': await plain('white').webp().toBuffer(),
      'a/two.gif': await plain('white').gif().toBuffer(),
      'a/three.tiff': await plain('white').tiff().toBuffer(),
      'a/deep.png': await plain('white').toColourspace('rgb16').png().toBuffer(),
      'b/turned.jpg': await half.jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer(),
      'b/other.png': await png('red'),
    })
    const data = await open(place, { testShare: 0.01 })
    expect(data.leftOut).toEqual([])
    for (const part of [data.train, data.test])
      for (let i = 0; i < part.count; i++) {
        const picture = await part.picture(i)
        const name = part.fileOf(i)!
        if (name.includes('grey')) expect([...picture.subarray(0, 3)]).toEqual([128, 128, 128])
        else if (name.includes('turned')) {
          // Turned by a quarter: black above, white below.
          expect(picture[0]).toBeLessThan(20)
          expect(picture.at(-1)).toBeGreaterThan(235)
        } else if (name.includes('/a/')) expect(Math.min(...picture), name).toBeGreaterThan(250)
      }
  })

  it.each([0, 2])('decodes a random part of each picture for every view, with %i threads', async (workers) => {
    const place = write(await twoClasses(6))
    const more = { crop: 'resized', cutout: 0, testShare: 0.2 }
    const data = await open(place, more)
    const feed = openFeed(data, settingsOf(place, { ...more, workers }))
    const seen = []
    for await (const { x, y } of feed.training(1)) seen.push(x, y)
    for await (const { x, y } of feed.still('test')) seen.push(x, y)
    await feed.close()
    const here = openFeed(data, settingsOf(place, more))
    const expected = []
    for await (const { x, y } of here.training(1)) expected.push(x, y)
    for await (const { x, y } of here.still('test')) expected.push(x, y)
    expect(seen).toEqual(expected)
  })

  it.each<[string, () => Promise<Record<string, Uint8Array | string>>, ...string[]]>([
    ['no class', async () => ({ 'picture.png': await png('red') }), 'folder for each class'],
    ['a class with no picture', async () => ({ ...(await twoClasses(3)), 'green/.keep': '' }), 'class green'],
    ['a class with one', async () => ({ ...(await twoClasses(3)), 'green/1.png': await png('green') }), 'at least two'],
    [
      'a class that is only tested',
      async () => ({ ...(await twoClasses(3, 'train/')), 'test/pink/1.png': await png('pink') }),
      'pink',
      'blue, red',
    ],
    [
      'a class all broken',
      async () => ({ ...(await twoClasses(3)), 'green/1.png': 'x', 'green/2.png': 'y' }),
      'class green',
      'none can be decoded',
    ],
  ])('refuses %s', async (_, files, ...words) => {
    await expect(open(write(await files()))).rejects.toEqual(refusal(...words))
  })

  it('refuses a picture that breaks while it trains, also in a thread, with its path', async () => {
    const place = write(await twoClasses(4))
    const more = { crop: 'resized', testShare: 0.2, workers: 1 }
    const data = await open(place, more)
    for (let i = 0; i < data.train.count; i++) writeFileSync(data.train.fileOf(i)!, 'gone')
    const feed = openFeed(data, settingsOf(place, more))
    await expect(feed.training(1).next()).rejects.toEqual(refusal('png', 'whole picture'))
    await feed.close()
  })

  it('says which folder is missing, and which settings ask for too much', async () => {
    await expect(open(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' })
    await expect(open(write(await twoClasses(3)), { batch: 64 })).rejects.toMatchObject({
      code: 'BAD_SETTINGS',
      message: 'Expected at least 64 training images, one batch, but there are 4.',
    })
    const imagenet = resolveTrainingSettings(trainingSettingsSchema.parse({ dataset: 'imagenet' }), 'darts')
    await expect(openTrainingData(imagenet, folder)).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' })
  })
})

describe('a .csv', () => {
  it('of paths and labels, with header, quotes and parts', async () => {
    const place = write({
      ...(await twoClasses(3)),
      'list.csv':
        '\uFEFFFile,Label,Split\r\n"red/0.png",warm,train\r\nblue/0.png,"cold, very",train\r\n\r\nred/1.png,warm,test\r\n',
    })
    const data = await open(join(place, 'list.csv'))
    expect(data.facts.classNames).toEqual(['cold, very', 'warm'])
    expect([[...data.train.labels], [...data.test.labels]]).toEqual([[1, 0], [1]])
  })
  it('of pixels, label last', async () => {
    const line = (value: number, label: number) => [...new Array<number>(16).fill(value), label].join(',')
    const place = write({ 'p.csv': [line(0, 0), line(255, 1), line(0, 0), line(255, 1)].join('\n') })
    const data = await open(join(place, 'p.csv'), { imageSize: 4, testShare: 0.5 })
    expect(data.facts).toMatchObject({ channels: 1, classes: 2, mean: [0.5], deviation: [0.5] })
    expect(data.train.labels).toHaveLength(2)
  })
  it.each<[string, ...string[]]>([
    ['', 'empty'],
    ['red/0.png', 'line 1', '2 values', 'received 1'],
    ['path,name\nred/0.png,x', 'line 1', 'named label'],
    ['red/0.png,x\n../out.png,x', 'line 2', 'within the folder', 'out.png'],
    ['/etc/passwd,x', 'line 1', 'within the folder'],
    ['path,label,part\nred/0.png,x,tset', 'line 2', 'train or test', 'tset'],
    ['path,label,part\nred/0.png,x,train\nblue/0.png,y,test', 'line 3', 'training lines', 'received y'],
    ['"red/0.png,x', 'line 1', 'closing quote'],
    ['1,2,3,4,0\n1,2,3,400,0', 'line 2, value 4', '0 to 255', '400'],
    ['1,2,3,4,0\n1,2,3', 'line 2', '5 values', 'received 3'],
    ['1,2,3,4,0\n1,2,3,4,2', 'class 1'],
  ])('refuses %j', async (text, ...words) => {
    const place = write({ 'list.csv': text })
    await expect(open(join(place, 'list.csv'))).rejects.toEqual(refusal('list.csv', ...words))
  })
})

describe('a .npz', () => {
  const whole = {
    x_train: bytesOf([4, 2, 2, 3], (i) => i),
    y_train: labels64(0, 1, 0, 1),
    x_test: bytesOf([2, 2, 2, 3], (i) => 100 + i),
    y_test: labels64(1, 0),
  }
  it.each([false, true])('of training and test arrays, packed: %s', async (packed) => {
    const data = await open(join(write({ 'a.npz': npz(whole, packed) }), 'a.npz'), { imageSize: 2 })
    expect([...data.train.labels, ...data.test.labels]).toEqual([0, 1, 0, 1, 1, 0])
    expect([...(await data.test.picture(1))].slice(0, 3)).toEqual([112, 113, 114])
  })
  it('of planes, labels from 1, which is told', async () => {
    const data = await open(
      join(write({ 'a.npz': npz({ data: bytesOf([4, 12], (i) => i), labels: labels64(1, 2, 1, 2) }) }), 'a.npz'),
      { imageSize: 2, testShare: 0.5 },
    )
    expect(data.facts).toMatchObject({ classNames: ['1', '2'], channels: 3 })
    expect(data.leftOut[0]).toContain('labels go from 1 to 2')
    expect([...(await data.train.picture(0))].map((value) => value % 12)).toEqual([
      0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11,
    ])
  })
  it('is brought to the size that is asked for', async () => {
    const data = await open(join(write({ 'a.npz': npz(whole) }), 'a.npz'), { imageSize: 5 })
    expect((await data.train.picture(0)).length).toBe(75)
  })
  it.each<[string, Record<string, Buffer>, ...string[]]>([
    ['other arrays', { a: labels64(1) }, 'x_train', 'received a'],
    ['floats', { ...whole, x_train: npy('<f4', [1], new Uint8Array(4)) }, 'x_train', 'uint8', '<f4'],
    ['objects', { ...whole, x_train: npy('|O', [1], new Uint8Array(4)) }, 'mixed sizes'],
    ['a shape that is no image', { ...whole, x_train: bytesOf([4, 2, 2, 5], () => 0) }, '4x2x2x5'],
    ['too few labels', { ...whole, y_train: labels64(0, 1) }, '4 labels', 'received 2'],
    ['a label below 0', { ...whole, y_train: labels64(0, 1, -1, 1) }, 'label 2 is -1'],
    ['a gap between labels', { ...whole, y_train: labels64(0, 3, 0, 3) }, 'classes 1, 2'],
    ['a test label that nothing trains', { ...whole, y_test: labels64(0, 7) }, 'test label 1 is 7'],
    ['mixed sizes', { ...whole, x_test: bytesOf([2, 3, 3, 3], () => 0) }, '2x2x3', '3x3x3'],
    ['torn values', { ...whole, x_train: whole.x_train.subarray(0, -5) }, 'Expected 48 bytes', 'received 43'],
  ])('refuses %s', async (_, arrays, ...words) => {
    const place = write({ 'a.npz': npz(arrays) })
    await expect(open(join(place, 'a.npz'))).rejects.toEqual(refusal('a.npz', ...words))
  })
})

describe('whatever the bytes are', () => {
  const line = 'path,label,part\n"red/0.png",a,train\nblue/0.png,b,test\n'
  const file = npz({ data: bytesOf([4, 12], (i) => i), labels: labels64(1, 2, 1, 2) }, true)
  it.each<[string, Buffer]>([
    ['list.csv', Buffer.from(line)],
    ['p.csv', Buffer.from('1,2,3,4,0\n5,6,7,8,1\n5,6,7,8,1\n1,1,1,1,0\n')],
    ['a.npz', file],
  ])('%s with bytes changed, dropped or doubled opens, or is refused with a sentence', async (name, whole) => {
    const draw = randomStream(5, 'fuzz', name)
    for (let round = 0; round < 150; round++) {
      const bytes = Buffer.from(whole)
      for (let i = 0; i < 1 + draw() * 4; i++) bytes[Math.floor(draw() * bytes.length)] = Math.floor(draw() * 256)
      const cut = draw() < 0.3 ? Math.floor(draw() * bytes.length) : bytes.length
      const place = write({ [name]: draw() < 0.1 ? Buffer.concat([bytes, bytes]) : bytes.subarray(0, cut) })
      await open(join(place, name), { imageSize: 2, testShare: 0.5 }).catch((error: unknown) => {
        expect(error, `round ${round}`).toBeInstanceOf(EngineError)
      })
    }
  })
})
