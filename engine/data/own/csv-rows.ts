// Splits a .csv into rows of fields (RFC 4180): quotes, quoted line ends, a byte order mark and empty lines are understood.
import { wrongData } from './found-pictures.js'

export interface CsvRow {
  readonly fields: readonly string[]
  /** Of the file, from 1, where the row begins. */
  readonly line: number
}

/** @throws EngineError BAD_DATA where a quote is not closed */
export function splitCsv(text: string, path: string): CsvRow[] {
  const rows: CsvRow[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const began = line
    const fields: string[] = []
    for (;;) {
      const field = text[at] === '"' ? quoted(text, at, path, line) : plain(text, at)
      line += field.lines
      fields.push(field.value)
      at = field.end
      if (text[at] !== ',') break
      at++
    }
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
    line++
    if (fields.length > 1 || fields[0]!.trim() !== '') rows.push({ fields, line: began })
  }
  return rows
}

interface Field {
  readonly value: string
  /** Where what follows it begins: a comma, a line end, or the end. */
  readonly end: number
  /** Line ends within it. */
  readonly lines: number
}

function plain(text: string, from: number): Field {
  let end = from
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end++
  return { value: text.slice(from, end), end, lines: 0 }
}

function quoted(text: string, from: number, path: string, line: number): Field {
  let value = ''
  let at = from + 1
  for (;;) {
    const close = text.indexOf('"', at)
    if (close < 0)
      throw wrongData(
        `${path}, line ${line}`,
        'Expected a closing quote, but the file ends',
        'Close the quote, or write two for one that is meant.',
      )
    value += text.slice(at, close)
    if (text[close + 1] === '"') {
      value += '"'
      at = close + 2
      continue
    }
    // What stands between the quote and the next comma belongs to the field as it is.
    const rest = plain(text, close + 1)
    return { value: value + rest.value, end: rest.end, lines: value.split('\n').length - 1 }
  }
}
