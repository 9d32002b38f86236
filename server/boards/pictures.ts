// A board to be put into other pages: a plain table that loads nothing, and a badge that says a place.
import { shownFigure } from './shown-figure.js'
import type { Table } from './tables.js'

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)

/** Light or dark as the reader's system is. */
const STYLE = `
:root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif; }
body { margin: 0; padding: 8px; } h1 { font-size: 16px; margin: 0 0 8px; }
table { border-collapse: collapse; width: 100%; } th, td { padding: 4px 8px; text-align: left; border-bottom: 1px solid #8884; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; } tr.baseline { opacity: .75; } .wide { overflow-x: auto; }`

/** A whole page; `address` is where the board itself is. */
export function pageOf({ name, columns, rows, decimals }: Table, address: string): string {
  const number = (text: string) => `<td class="number">${escaped(text)}</td>`
  const body = rows.map(({ rank, title, team, figures, source, tied }) => {
    const cells = figures.map((one) => number(shownFigure(one, decimals, '±'))).join('')
    const place = rank === null ? 'baseline' : `${tied ? '=' : ''}${rank}`
    return `<tr${rank === null ? ' class="baseline"' : ''}>${number(place)}<td>${escaped(title)}</td><td>${escaped(team || source)}</td>${cells}</tr>`
  })
  const head = columns.map((column) => `<th scope="col" class="number">${escaped(column)}</th>`).join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(name)}</title><style>${STYLE}</style></head><body>
<h1><a href="${escaped(address)}" target="_blank" rel="noopener">${escaped(name)}</a></h1>
<div class="wide" tabindex="0"><table><thead><tr><th scope="col" class="number">#</th><th scope="col">Entry</th><th scope="col">Team</th>${head}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div></body></html>`
}

/** Of text at 11 px, about: enough for a badge. */
const widthOf = (text: string) => Math.ceil([...text].length * 6.6) + 14

/** Two fields side by side, as badges of repositories are. */
export function badgeOf(label: string, text: string): string {
  const [left, right] = [widthOf(label), widthOf(text)]
  const field = (x: number, width: number, words: string) =>
    `<text x="${x + width / 2}" y="14" text-anchor="middle" fill="#fff">${escaped(words)}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${escaped(`${label}: ${text}`)}">
<title>${escaped(`${label}: ${text}`)}</title>
<rect width="${left + right}" height="20" rx="3" fill="#444"/><path d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-${right - 3}z" fill="#0b6bb5"/>
<g font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">${field(0, left, label)}${field(left, right, text)}</g></svg>`
}
