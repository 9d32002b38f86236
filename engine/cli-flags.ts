// Flags of a command line, derived from a zod object: one flag a key, its rules, default and description those of the schema.
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { z } from 'zod'
import { spaceSettings } from './cli-space.js'
import { unknownName, UsageError } from './cli-usage-error.js'

export interface Flag {
  readonly key: string
  /** Without the dashes: `stage1-cells` for stage1Cells. */
  readonly name: string
  readonly kind: 'boolean' | 'number' | 'numbers' | 'text' | 'names' | 'lists'
  /** The names that may follow, where only some may. */
  readonly choices: readonly string[] | null
  readonly description: string
  readonly fallback: unknown
}

const kebab = (key: string) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** What lies inside of `optional()`, `default()` and arrays, with the default found on the way. */
function unwrap(type: z.core.$ZodType): { inner: z.core.$ZodType; depth: number; fallback: unknown } {
  if (type instanceof z.ZodDefault) return { ...unwrap(type.unwrap()), fallback: type.def.defaultValue }
  if (type instanceof z.ZodOptional) return unwrap(type.unwrap())
  if (type instanceof z.ZodArray) {
    const { inner, depth } = unwrap(type.element)
    return { inner, depth: depth + 1, fallback: undefined }
  }
  return { inner: type, depth: 0, fallback: undefined }
}

export function flagsOf(schema: z.ZodObject): Flag[] {
  return Object.entries<z.ZodType>(schema.shape).map(([key, type]) => {
    const { inner, depth, fallback } = unwrap(type)
    const kind =
      depth > 0
        ? inner instanceof z.ZodNumber
          ? 'numbers'
          : depth === 1
            ? 'names'
            : 'lists'
        : inner instanceof z.ZodBoolean
          ? 'boolean'
          : inner instanceof z.ZodNumber
            ? 'number'
            : ('text' as const)
    const choices = inner instanceof z.ZodEnum ? inner.options.map(String) : null
    return { key, name: kebab(key), kind, choices, description: type.description ?? '', fallback }
  })
}

/** On unless `--no-...` turns it off. */
const isOn = ({ kind, fallback }: Flag) => kind === 'boolean' && fallback === true

/** `--space` may name a file too. */
const takesSpaceFile = ({ key }: Flag) => key === 'space'

/** The words as they stand on the command line, turned into what the schema expects; refuses what is not a flag. */
export function readFlags(args: readonly string[], flags: readonly Flag[]): Record<string, unknown> {
  const options: NonNullable<ParseArgsConfig['options']> = {}
  for (const flag of flags) {
    const { name, kind } = flag
    options[name] = { type: kind === 'boolean' ? 'boolean' : 'string' }
    if (isOn(flag)) options[`no-${name}`] = { type: 'boolean' }
  }
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true })
  const values: Record<string, unknown> = {}
  for (const token of tokens) {
    if (token.kind === 'positional') throw new UsageError(`Expected only flags, but received ${token.value}.`)
    if (token.kind === 'option-terminator') continue
    const negated = token.name.startsWith('no-') && flags.find((flag) => isOn(flag) && `no-${flag.name}` === token.name)
    const flag = flags.find(({ name }) => name === token.name) ?? (negated || undefined)
    if (!flag) throw unknownFlag(token.rawName, flags)
    if (Object.hasOwn(values, flag.key)) throw new UsageError(`Expected --${flag.name} once, but received it twice.`)
    if (takesSpaceFile(flag) && token.value) Object.assign(values, spaceSettings(token.value))
    else values[flag.key] = readValue(flag, token.value, Boolean(negated))
  }
  return values
}

function readValue(flag: Flag, text: string | undefined, negated: boolean): unknown {
  if (flag.kind === 'boolean') {
    if (text !== undefined) throw new UsageError(`Expected nothing after --${flag.name}, but received ${text}.`)
    return !negated
  }
  if (text === undefined || text === '') throw new UsageError(`Expected a value after --${flag.name}.`)
  if (flag.kind === 'lists')
    return text.split(';').map((list) => list.split(',').map((name) => known(flag, name.trim(), 'operator')))
  if (flag.kind === 'names') return text === 'none' ? [] : text.split(',').map((name) => known(flag, name.trim(), flag.name.replace(/s$/, ''))) // prettier-ignore
  if (flag.kind === 'text') return known(flag, text, flag.name)
  if (flag.kind === 'numbers') return text.split(',').map((one) => numberIn(flag, one))
  return numberIn(flag, text)
}

function numberIn(flag: Flag, text: string): number {
  const number = Number(text)
  if (text.trim() === '' || Number.isNaN(number))
    throw new UsageError(`Expected a number after --${flag.name}, but received ${text}.`)
  return number
}

function known({ choices }: Flag, name: string, what: string): string {
  if (choices && !choices.includes(name)) throw unknownName(what, name, choices)
  return name
}

function unknownFlag(rawName: string, flags: readonly Flag[]): UsageError {
  const names = flags.map((flag) => `--${isOn(flag) ? 'no-' : ''}${flag.name}`)
  const error = unknownName('flag', rawName, names)
  return new UsageError(error.message.replace(/ Known: .*/s, ' --help lists them all.'))
}

/** The values as the schema wants them, defaults filled in; a value out of range is answered with the range. */
export function checkFlags<S extends z.ZodObject>(schema: S, values: Record<string, unknown>): z.output<S> {
  const mine = Object.fromEntries(Object.entries(values).filter(([key]) => Object.hasOwn(schema.shape, key)))
  const result = schema.safeParse(mine)
  if (result.success) return result.data
  throw new UsageError(result.error.issues.map((issue) => sentence(issue, mine)).join('\n'))
}

function sentence(issue: z.core.$ZodIssue, values: Record<string, unknown>): string {
  const key = String(issue.path[0])
  const flag = `--${kebab(key)}`
  const value = values[key]
  const text = typeof value === 'string' && (issue.code === 'too_small' || issue.code === 'too_big')
  const received = text ? `${value.length} characters` : String(value)
  if (issue.code === 'too_small')
    return `Expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum} for ${flag}, but received ${received}.`
  if (issue.code === 'too_big')
    return `Expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum} for ${flag}, but received ${received}.`
  if (issue.code === 'invalid_type')
    return `Expected ${issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`} for ${flag}, but received ${received}.`
  return `${flag}: ${issue.message}`
}

/** The names that may follow; of lists of operators their form alone. */
function formOf({ choices, kind }: Flag, value: string, file: string): string {
  if (kind === 'text') return ` ${choices!.join('|')}${file}`
  return kind === 'names' ? ` ${choices!.join(',')}|none` : value
}

/** One line a flag, for `--help`. */
export function describeFlags(flags: readonly Flag[]): string {
  const rows = flags.map((flag) => {
    const value = { boolean: '', number: ' N', numbers: ' N,N', text: ' TEXT', names: ' A,B', lists: ' A,B;C' }[
      flag.kind
    ]
    const file = takesSpaceFile(flag) ? '|FILE' : ''
    const form = flag.choices ? formOf(flag, value, file) : value
    const name = isOn(flag) ? `no-${flag.name}` : flag.name
    const shown =
      [undefined, ''].includes(flag.fallback as string) || flag.kind === 'boolean'
        ? ''
        : ` [${flag.fallback as string | number}]`
    const lead = isOn(flag) ? 'Without: ' : ''
    return { left: `  --${name}${form}`, right: `${lead}${flag.description}${shown}` }
  })
  const width = Math.min(34, Math.max(...rows.map(({ left }) => left.length)))
  return rows.map(({ left, right }) => `${left.padEnd(width)}  ${right}\n`).join('')
}
