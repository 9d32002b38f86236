// A handed-out model in a real browser: plain TensorFlow.js loads it from its files and says what the engine says.
/// <reference lib="dom" />
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pickBackend } from '../../engine/backend/pick.js'
import { graphModelFiles } from '../../engine/export/graph-model.js'
import { networkLayers } from '../../engine/export/network-layers.js'
import { engineLogits, pixelFixture, trainedFixture } from '../../engine/export/trained-fixture.js'
import { modelFacts } from '../../engine/export/write-model.js'
import { parseGenotype } from '../../engine/space/parse-genotype.js'

const program = process.env.CHROMIUM ?? '/usr/bin/chromium'
const missing = existsSync(program) ? '' : ' (skipped: no Chromium; install it or set CHROMIUM to it)'
/** Nothing is there: page and files are made up. */
const ADDRESS = 'http://localhost/'
const TFJS = fileURLToPath(
  new URL('dist/tf.min.js', `file://${createRequire(import.meta.url).resolve('@tensorflow/tfjs/package.json')}`),
)

interface Tf {
  loadGraphModel(url: string): Promise<{
    execute(images: unknown, outputs: string): { array(): Promise<number[][]> }
    metadata: unknown
  }>
  tensor4d(values: number[], shape: number[]): unknown
  setBackend(name: string): Promise<boolean>
  getBackend(): string
}

describe.skipIf(missing)(`a handed-out model in a browser${missing}`, () => {
  let browser: Browser
  beforeAll(async () => {
    await pickBackend('cpu')
    browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader'] }) // prettier-ignore
  })
  afterAll(() => browser.close())

  test.each(['cpu', 'webgl'])('on backend %s', async (backend) => {
    const trained = trainedFixture(parseGenotype('PDARTS'), { imageSize: 12 })
    const files = graphModelFiles(networkLayers(trained), modelFacts(trained), '1.2.3')
    const page = await browser.newPage()
    await page.route(`${ADDRESS}**`, (route) => {
      const name = new URL(route.request().url()).pathname.slice(1)
      const file = files.find((one) => one.name === name)
      if (file) return route.fulfill({ body: Buffer.from(file.content) })
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
    })
    await page.goto(ADDRESS)
    await page.addScriptTag({ content: readFileSync(TFJS, 'utf8') })
    const pixels = pixelFixture(trained, 2)
    const { used, logits, metadata } = await page.evaluate(
      async ({ backend, pixels, address }) => {
        const { tf } = globalThis as unknown as { tf: Tf }
        await tf.setBackend(backend)
        const model = await tf.loadGraphModel(`${address}model.json`)
        const answer = model.execute(tf.tensor4d(pixels, [2, 12, 12, 3]), 'logits')
        return { used: tf.getBackend(), logits: await answer.array(), metadata: model.metadata }
      },
      { backend, pixels: [...pixels], address: ADDRESS },
    )
    expect(used).toBe(backend)
    expect(metadata).toMatchObject({ cellboard: { size: 12, classNames: trained.facts.classNames } })
    engineLogits(trained, pixels).forEach((row, i) =>
      row.forEach((value, j) => expect(logits[i]![j]).toBeCloseTo(value, 3)),
    )
    await page.close()
  })
})
