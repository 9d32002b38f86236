// What a client may say to start a search: the keys of schema/settings.ts, read off its rules, and a name.
import { searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'
import { Field, Float, InputType, Int, registerEnumType } from 'type-graphql'
import { z } from 'zod'

export enum SearchMethod {
  STACNAS = 'STACNAS',
  DARTS = 'DARTS',
  RANDOM = 'RANDOM',
}
registerEnumType(SearchMethod, {
  name: 'SearchMethod',
  valuesConfig: {
    STACNAS: { description: 'Two stages: a cluster for every edge, then an operator of it.' },
    DARTS: { description: 'One stage with all candidates.' },
    RANDOM: { description: 'Random cells, each trained; the best on validation images is the result.' },
  },
})

/** A rule of the settings as JSON Schema. */
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

function describe({ description, enum: choices, default: usual }: Rule): string {
  const sentences = [
    description ?? '',
    choices ? `One of ${choices.join(', ')}` : '',
    usual === undefined || usual === '' ? '' : `Default: ${Array.isArray(usual) ? usual.join(', ') : String(usual)}`,
  ]
  return sentences.flatMap((sentence) => (sentence ? `${sentence}.` : [])).join(' ')
}

@InputType({
  description: 'Settings of a search; every default is the published one. The rules are schema/settings.ts.',
})
export class SearchInput {
  @Field(() => String, { nullable: true, description: 'What to call it; a name is made where it is absent.' })
  name?: string

  @Field(() => SearchMethod, { nullable: true, description: searchSettingsSchema.shape.method.description! })
  method?: SearchMethod
}

/** The input with the settings it may carry, none of them checked yet. */
export type GivenSearch = SearchInput & { [key in Exclude<keyof SearchSettingsInput, 'method'>]?: unknown }

const { properties } = z.toJSONSchema(searchSettingsSchema, { io: 'input' }) as { properties: Record<string, Rule> }
for (const [key, rule] of Object.entries(properties)) {
  if (key === 'method') continue
  Field(() => typeOf(rule), { nullable: true, description: describe(rule) })(SearchInput.prototype, key)
}
