// A board's table in the forms of other programs.
import { expect, test } from 'vitest'
import { badgeOf, pageOf } from './pictures.js'
import { csvOf, jsonOf, latexOf, markdownOf, type Table } from './tables.js'

const table: Table = {
  name: 'A "board"',
  columns: ['test-accuracy', 'parameters'],
  decimals: 3,
  rows: [
    {
      ...{ rank: 1, title: 'a_b, "c"\n| d', team: '@team', source: '', id: 'entry-1', tied: false },
      submittedAt: new Date('2026-11-27T00:00:00Z'),
      figures: [
        { mean: 0.97123, deviation: 0.001, n: 3 },
        { mean: 3_400_000, deviation: null, n: 3 },
      ],
    },
    {
      ...{ rank: null, title: 'a paper', team: '', source: 'its table', id: 'entry-2', tied: false },
      submittedAt: new Date('2026-11-27T00:00:00Z'),
      figures: [
        { mean: 0.97, deviation: null, n: 1 },
        { mean: null, deviation: null, n: 0 },
      ],
    },
  ],
}

test('CSV quotes what must be quoted, and gives no spreadsheet a formula', () => {
  expect(csvOf(table).split('\r\n').slice(1)).toEqual([
    `1,entry-1,"a_b, ""c""\n| d",'@team,0.97123,0.001,3,3400000,,3,2026-11-27T00:00:00.000Z,`,
    ',entry-2,a paper,,0.97,,1,,,0,2026-11-27T00:00:00.000Z,its table',
    '',
  ])
})

test('JSON keeps every digit', () => {
  const { rows } = JSON.parse(jsonOf(table)) as { rows: { figures: Record<string, { mean: number | null }> }[] }
  expect(rows.map(({ figures }) => figures['test-accuracy']!.mean)).toEqual([0.97123, 0.97])
  expect(rows[1]!.figures.parameters!.mean).toBeNull()
})

test('Markdown and LaTeX show what the board shows, a missing figure as a dash', () => {
  const [, , first, second] = markdownOf(table).split('\n')
  expect(first).toBe('| 1 | a_b, "c" \\| d | @team | 0.971 ± 0.001 | 3400000 |')
  expect(second).toBe('|  | a paper |  | 0.970 | – |')
  expect(latexOf(table)).toContain('  1 & a\\_b, "c" | d & @team & $0.971 \\pm 0.001$ & $3400000$ \\\\')
  expect(latexOf(table)).toContain('a paper &  & $0.970$ & -- \\\\')
})

test('nothing of a name gets into a page or a badge as markup', () => {
  const evil = { ...table, name: '</title><script>alert(1)</script>' }
  expect(pageOf(evil, 'http://localhost/boards/board-1"onclick="x')).not.toMatch(/<script>|"onclick/)
  expect(badgeOf('<b>', '"&')).not.toMatch(/<b>|"&"/)
})
