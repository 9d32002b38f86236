// YAML (or JSON) with the lines of what it says, for messages that point there.
import { isNode, LineCounter, parseDocument, type Document } from 'yaml'

/** Text that cannot be read, with the line where that shows. */
export class YamlError extends Error {
  override name = 'YamlError'
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message)
  }
}

export type Path = readonly PropertyKey[]

export interface YamlText {
  readonly value: unknown
  /** The line of what the path leads to, or of the nearest thing around it; from 1. */
  readonly lineOf: (path: Path) => number
}

/** @throws {YamlError} for whatever is no single YAML document */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
    const [fault] = document.errors
    if (fault) throw new YamlError(lines.linePos(fault.pos[0]).line, firstSentence(fault.message))
    return { value: document.toJS({ maxAliasCount: 100 }), lineOf: (path) => lineOf(document, lines, path) }
  } catch (error) {
    if (error instanceof YamlError) throw error
    // Aliases without end, brackets in brackets beyond the stack.
    throw new YamlError(1, firstSentence((error as Error).message))
  }
}

const firstSentence = (message: string) => message.split('\n')[0]!.replace(/ at line .*$/, '')

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}
