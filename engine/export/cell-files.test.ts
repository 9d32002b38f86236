// Drawn cells hold their states and operators as words, in the operators' colours, inside the picture.
import { inflateSync } from 'node:zlib'
import { OPERATOR_FACTS } from '@cellboard/schema/operators'
import { expect, it } from 'vitest'
import { parseGenotype } from '../space/parse-genotype.js'
import { cellFiles } from './cell-files.js'
import { drawCell } from './cell-drawing.js'

const genotype = parseGenotype('DARTS_V2')
const textsOf = (svg: string) => [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text)

it('draws both kinds of cells as SVG and PDF', async () => {
  const files = await cellFiles(genotype)
  expect(files.map(({ name }) => name)).toEqual([
    'cell-normal.svg',
    'cell-normal.pdf',
    'cell-reduction.svg',
    'cell-reduction.pdf',
  ])
  const svg = files[0]!.content as string
  const labels = genotype.normal.flat().map(({ operator }) => OPERATOR_FACTS[operator].label)
  expect(textsOf(svg).sort()).toEqual(['k−2', 'k−1', '0', '1', '2', '3', 'out', ...labels].sort())
  for (const { operator } of genotype.normal.flat())
    expect(svg).toContain(`stroke="${OPERATOR_FACTS[operator].colour}"`)
})

it('draws lines and words into the PDF, and no picture', async () => {
  const pdf = Buffer.from((await cellFiles(genotype))[1]!.content as Uint8Array)
  const raw = pdf.toString('latin1')
  expect(raw.startsWith('%PDF-')).toBe(true)
  expect(raw.trimEnd().endsWith('%%EOF')).toBe(true)
  expect(raw).not.toContain('/Subtype /Image')
  const start = raw.indexOf('stream\n') + 'stream\n'.length
  const page = inflateSync(pdf.subarray(start, raw.indexOf('\nendstream'))).toString('latin1')
  expect(page.match(/ TJ\b| Tj\b/g)).toHaveLength(7 + 8) // states and operators
  expect(page.match(/^.* c$/gm)!.length).toBeGreaterThan(12)
})

it('has one cell for nas-bench-201, in which an edge with none is dashed', async () => {
  const cell = parseGenotype('|nor_conv_3x3~0|+|none~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|')
  expect((await cellFiles(cell)).map(({ name }) => name)).toEqual(['cell-normal.svg', 'cell-normal.pdf'])
  const { ways, boxes, width, height } = drawCell(cell, 'normal', cell.normal)
  expect(ways.filter(({ dashed }) => dashed)).toHaveLength(2)
  for (const box of boxes) {
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(width)
    expect(box.y + box.height).toBeLessThanOrEqual(height)
  }
})
