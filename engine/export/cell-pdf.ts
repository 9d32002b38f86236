// A drawn cell as a PDF of one page of its size, in lines and words that stay sharp at any size.
import PDFDocument from 'pdfkit'
import type { CellDrawing } from './cell-drawing.js'

/** The fonts that every reader of PDF has know no minus sign; a dash of figures' width stands for it. */
const inPdfLetters = (text: string) => text.replaceAll('\u2212', '\u2013')

export async function cellPdf({ title, width, height, ways, boxes }: CellDrawing): Promise<Uint8Array> {
  const page = new PDFDocument({ size: [width, height], margin: 0, info: { Title: title, Creator: 'Cellboard' } })
  const chunks: Uint8Array[] = []
  page.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => page.on('end', resolve).on('error', reject))
  for (const { path, colour, width, dashed } of ways) {
    page.path(path).lineWidth(width)
    if (dashed) page.dash(3, { space: 5 })
    page.stroke(colour).undash()
  }
  for (const { x, y, width, height, radius, fill, border, text, textColour, textSize, bold } of boxes) {
    page.roundedRect(x, y, width, height, radius).lineWidth(border.width)
    if (border.dashed) page.dash(4, { space: 3 })
    page.fillAndStroke(fill, border.colour).undash()
    page.font(bold ? 'Helvetica-Bold' : 'Helvetica', textSize).fillColor(textColour)
    const word = inPdfLetters(text)
    const left = x + (width - page.widthOfString(word)) / 2
    page.text(word, left, y + height / 2 - 0.36 * textSize, { lineBreak: false, baseline: 'top' })
  }
  page.end()
  await ended
  return Buffer.concat(chunks)
}
