// A drawn cell as SVG: plain shapes, and words that stay words.
import type { Box, CellDrawing, Way } from './cell-drawing.js'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const wayText = ({ path, colour, width, dashed }: Way) =>
  `<path d="${path}" stroke="${colour}" stroke-width="${width}"${dashed ? ' stroke-dasharray="3 5"' : ''}/>`

function boxText({ x, y, width, height, radius, fill, border, text, textColour, textSize, bold }: Box): string {
  const dashes = border.dashed ? ' stroke-dasharray="4 3"' : ''
  // Dominant baselines are drawn differently by different programs; a third of the size below the middle looks alike in all.
  const baseline = y + height / 2 + 0.35 * textSize
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" stroke="${border.colour}" stroke-width="${border.width}"${dashes}/>`,
    `<text x="${x + width / 2}" y="${baseline.toFixed(2)}" fill="${textColour}" font-size="${textSize}"${bold ? ' font-weight="600"' : ''}>${escaped(text)}</text>`,
  ].join('\n')
}

export function cellSvg({ title, width, height, ways, boxes }: CellDrawing): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<g fill="none">
${ways.map(wayText).join('\n')}
</g>
<g font-family="Helvetica, Arial, sans-serif" text-anchor="middle">
${boxes.map(boxText).join('\n')}
</g>
</svg>
`
}
