// Reads an input type off the rules of settings in schema/: every key with its type, its choices and its default as description.
import { Field, Float, Int } from 'type-graphql'
import { z } from 'zod'

/** A rule of settings as JSON Schema. */
interface Rule {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array'
  readonly items?: Rule
  readonly enum?: readonly string[]
  readonly default?: string | number | boolean | readonly unknown[]
  readonly description?: string
}

const TYPES = { string: String, integer: Int, number: Float, boolean: Boolean }
type InputValue = (typeof TYPES)[keyof typeof TYPES] | [InputValue]

const typeOf = ({ type, items }: Rule): InputValue => (type === 'array' ? [typeOf(items!)] : TYPES[type])

function describe({ description, enum: choices, items, default: usual }: Rule): string {
  const sentences = [
    description ?? '',
    choices ? `One of ${choices.join(', ')}` : '',
    items?.enum ? `Each one of ${items.enum.join(', ')}` : '',
    usual === undefined || usual === '' ? '' : `Default: ${Array.isArray(usual) ? usual.join(', ') : String(usual)}`,
  ]
  return sentences.flatMap((sentence) => (sentence ? `${sentence}.` : [])).join(' ')
}

/** Gives an input type a field for every key of `settings`, but for those that it has itself. None is required: all have a default. */
export function addSettingsFields(input: { prototype: object }, settings: z.ZodObject, has: readonly string[] = []) {
  const { properties } = z.toJSONSchema(settings, { io: 'input' }) as { properties: Record<string, Rule> }
  for (const [key, rule] of Object.entries(properties))
    if (!has.includes(key))
      Field(() => typeOf(rule), { nullable: true, description: describe(rule) })(input.prototype, key)
}
