// Reads the Python text of DARTS' Genotype named tuple into its four fields; what the names mean is not judged here.
import { badGenotype, shorten } from './check-genotype.js'

export interface TupleFields {
  normal: [operator: string, from: number][]
  normal_concat: number[]
  reduce: [operator: string, from: number][]
  reduce_concat: number[]
}

interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'mark' | 'end'
  readonly text: string
  readonly at: number
}

function tokensOf(text: string): Token[] {
  const pattern =
    /\s+|(?<word>[A-Za-z_]\w*)|'(?<single>[^'\n]*)'|"(?<double>[^"\n]*)"|(?<number>\d{1,6})(?!\w)|(?<mark>[()[\],=])/y
  const tokens: Token[] = []
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex
    const groups = pattern.exec(text)?.groups
    if (!groups) throw misplaced('a Python tuple', shorten(text.slice(at)), at)
    const { word, single, double, number, mark } = groups
    const string = single ?? double
    if (word !== undefined) tokens.push({ kind: 'word', text: word, at })
    else if (string !== undefined) tokens.push({ kind: 'string', text: string, at })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, at })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark, at })
  }
  tokens.push({ kind: 'end', text: 'the end', at: text.length })
  return tokens
}

const misplaced = (expected: string, received: string, at: number) =>
  badGenotype(`Expected ${expected} at character ${at + 1} of the genotype, but received '${shorten(received)}'.`)

/**
 * The fields of `Genotype(normal=[(name, source), ...], normal_concat=range(a, b) or [..], reduce=.., reduce_concat=..)`, in any
 * order, by keyword; `NAME =` may stand before it.
 * @throws EngineError BAD_SETTINGS with the character where it stops making sense
 */
export function readTuple(text: string): TupleFields {
  const tokens = tokensOf(text)
  let next = 0
  const peek = () => tokens[next]!
  const take = (expected: string, fits: (token: Token) => boolean): Token => {
    const token = peek()
    if (!fits(token)) throw misplaced(expected, token.text, token.at)
    next++
    return token
  }
  const mark = (text: string) => take(text, (token) => token.kind === 'mark' && token.text === text)
  const isMark = (text: string) => peek().kind === 'mark' && peek().text === text
  const word = (...known: string[]) =>
    take(known.join(' or '), (token) => token.kind === 'word' && known.includes(token.text))
  const number = () => Number(take('a number', (token) => token.kind === 'number').text)

  const items = <T>(close: string, item: () => T): T[] => {
    const read: T[] = []
    while (!isMark(close)) {
      read.push(item())
      if (!isMark(close)) mark(',')
    }
    mark(close)
    return read
  }
  const list = <T>(item: () => T): T[] => (isMark('(') ? (mark('('), items(')', item)) : (mark('['), items(']', item)))
  const edge = (): [string, number] => {
    const close = isMark('[') ? ']' : ')'
    mark(close === ']' ? '[' : '(')
    const name = take('an operator in quotes', (token) => token.kind === 'string').text
    mark(',')
    const from = number()
    mark(close)
    return [name, from]
  }
  const concat = (): number[] => {
    if (peek().kind !== 'word') return list(number)
    word('range')
    mark('(')
    const from = number()
    mark(',')
    const to = number()
    mark(')')
    return Array.from({ length: Math.min(64, Math.max(0, to - from)) }, (_, i) => from + i)
  }

  if (tokens[1]?.text === '=') next = 2
  word('Genotype')
  mark('(')
  const fields: Partial<TupleFields> = {}
  items(')', () => {
    const field = word('normal', 'normal_concat', 'reduce', 'reduce_concat').text as keyof TupleFields
    mark('=')
    if (field === 'normal' || field === 'reduce') fields[field] = list(edge)
    else fields[field] = concat()
  })
  take('nothing more', (token) => token.kind === 'end')
  for (const field of ['normal', 'normal_concat', 'reduce', 'reduce_concat'] as const)
    if (!fields[field]) throw badGenotype(`Expected ${field} in the genotype, but it is not there.`)
  return fields as TupleFields
}
