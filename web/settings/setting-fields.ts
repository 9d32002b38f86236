// The fields of a form read off the rules of its settings: kind, range, default and description of every one.
import { z } from 'zod'

export interface SettingField<Name extends string = string> {
  readonly name: Name
  readonly title: string
  /** `lines`: one entry a line; `own`: the form brings an input of its own. */
  readonly kind: 'choice' | 'choices' | 'number' | 'numbers' | 'switch' | 'text' | 'lines' | 'own'
  readonly description: string
  readonly choices: readonly string[]
  readonly whole: boolean
}

export interface SettingGroup<Name extends string> {
  readonly title: string
  readonly folded: boolean
  readonly settings: readonly Name[]
}

/** As typed: text for numbers, choices and lines, booleans for switches, words for several choices; empty or absent is left to its default. */
export type FormValue = string | boolean | readonly string[]
export type FormValues<Name extends string> = Partial<Record<Name, FormValue>>

interface JsonProperty {
  type?: string
  enum?: string[]
  items?: JsonProperty
  description?: string
}

/** By the shape of its rule. */
function kindOf({ enum: choices, type, items }: JsonProperty): SettingField['kind'] {
  if (choices) return 'choice'
  if (type === 'boolean') return 'switch'
  if (type === 'array') return items?.enum ? 'choices' : items?.type === 'array' ? 'lines' : 'numbers'
  return type === 'string' ? 'text' : 'number'
}

const spoken = (name: string) =>
  name.charAt(0).toUpperCase() +
  name
    .slice(1)
    .replace(/([A-Z0-9])/g, ' $1')
    .toLowerCase()

/**
 * @param titles where the name spoken is not clear enough
 * @param kinds where a field is more than its rule says: several seeds make several runs, a space file has lines
 */
export function settingFields<Name extends string>(
  rules: z.ZodType,
  titles: Partial<Record<Name, string>>,
  kinds: Partial<Record<Name, SettingField['kind']>>,
): SettingField<Name>[] {
  const { properties } = z.toJSONSchema(rules, { io: 'input' }) as { properties: Record<Name, JsonProperty> }
  return Object.entries<JsonProperty>(properties).map(([key, property]) => {
    const name = key as Name
    return {
      name,
      title: titles[name] ?? spoken(name),
      kind: kinds[name] ?? kindOf(property),
      description: property.description ?? '',
      choices: property.enum ?? property.items?.enum ?? [],
      whole: property.type === 'integer',
    }
  })
}

/** Numbers by commas or blanks, as they are typed. */
export const numbersFromText = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

/** One list a line, its words by commas or blanks. */
export const linesFromText = (text: string): string[][] =>
  text
    .split('\n')
    .map((line) => line.split(/[\s,]+/).filter(Boolean))
    .filter((words) => words.length > 0)
