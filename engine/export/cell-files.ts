// The drawings of a genotype's cells as files: SVG and PDF of each kind of cell that it has.
import type { Genotype } from '@cellboard/schema/genotype'
import { CELL_KINDS } from '@cellboard/schema/spaces'
import { drawCell } from './cell-drawing.js'
import { cellPdf } from './cell-pdf.js'
import { cellSvg } from './cell-svg.js'
import type { FileContent } from './whole-folder.js'

export async function cellFiles(genotype: Genotype): Promise<FileContent[]> {
  const files: FileContent[] = []
  for (const kind of CELL_KINDS) {
    const cell = genotype[kind]
    if (!cell) continue
    const drawing = drawCell(genotype, kind, cell)
    files.push({ name: `cell-${kind}.svg`, content: cellSvg(drawing) })
    files.push({ name: `cell-${kind}.pdf`, content: await cellPdf(drawing) })
  }
  return files
}
