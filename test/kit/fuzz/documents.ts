// Documents by chance, read off the schema: every field of every type with any of its arguments, in the document or as variables.
import fc from 'fast-check'
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql'
import { valueOf, type Known, type Value } from './values.js'

export interface Asked {
  readonly query: string
  readonly variables?: Record<string, unknown>
}

/** A selection, and the variables that it needs: `type` is what each is declared as. */
interface Part {
  readonly text: string
  readonly needs: readonly { readonly name: string; readonly type: string; readonly json: unknown }[]
}

const DEPTH = 7
const NONE: Part = { text: '', needs: [] }
const join = (parts: readonly Part[], between: string): Part => ({
  text: parts.map(({ text }) => text).join(between),
  needs: parts.flatMap(({ needs }) => needs),
})

export type Root = 'query' | 'mutation' | 'subscription'

/** `leftOut` names fields of mutations that would end the asking itself. */
export class Documents {
  readonly #sets = new Map<string, fc.Arbitrary<Part>>()
  #names = 0

  constructor(
    readonly schema: GraphQLSchema,
    readonly known: Known,
    readonly leftOut: ReadonlySet<string> = new Set(),
  ) {}

  of(root: Root): fc.Arbitrary<Asked> {
    const type = {
      query: this.schema.getQueryType(),
      mutation: this.schema.getMutationType(),
      subscription: this.schema.getSubscriptionType(),
    }[root]!
    const fields = Object.values(type.getFields()).filter(({ name }) => !this.leftOut.has(name))
    const one = fc.oneof(...fields.map((field) => this.#field(type, field, 1)))
    const set = root === 'query' ? fc.array(one, { minLength: 1, maxLength: 3 }) : one.map((part) => [part])
    return set.map((parts) => {
      const { text, needs } = join(parts, ' ')
      const declared = needs.map(({ name, type: kind }) => `$${name}: ${kind}`).join(', ')
      return {
        query: `${root}${declared === '' ? '' : ` (${declared})`} { ${text} }`,
        variables: Object.fromEntries(needs.map(({ name, json }) => [name, json])),
      }
    })
  }

  #field(owner: GraphQLCompositeType, field: GraphQLField<unknown, unknown>, level: number): fc.Arbitrary<Part> {
    const given = field.args.map((argument) => this.#argument(argument))
    const named = getNamedType(field.type)
    const inner = isCompositeType(named) ? this.#set(named, level + 1) : fc.constant(NONE)
    return fc.tuple(fc.tuple(...given), inner).map(([all, set]) => {
      const handed = all.filter(({ text }) => text !== '')
      const { text, needs } = join(handed, ', ')
      // Under a name of its own: two of one name with other arguments cannot be merged.
      const name = handed.length === 0 ? field.name : `f${this.#names++ % 1_000_000}: ${field.name}`
      return {
        text: `${name}${text === '' ? '' : `(${text})`}${set.text === '' ? '' : ` { ${set.text} }`}`,
        needs: [...needs, ...set.needs],
      }
    })
  }

  #argument({ name, type, defaultValue }: GraphQLArgument): fc.Arbitrary<Part> {
    const given = fc.tuple(valueOf(type, this.known), fc.boolean()).map(([value, isVariable]): Part => {
      if (!isVariable) return { text: `${name}: ${value.literal}`, needs: [] }
      return this.#asVariable(name, String(type), value)
    })
    const isNeeded = isNonNullType(type) && defaultValue === undefined
    return isNeeded ? given : fc.option(given, { freq: 2, nil: NONE })
  }

  #asVariable(argument: string, type: string, { json }: Value): Part {
    const name = `v${this.#names++ % 1_000_000}`
    return { text: `${argument}: $${name}`, needs: [{ name, type, json }] }
  }

  /** What can be asked of a type; made once for each type and level, since types lead back to one another. */
  #set(type: GraphQLCompositeType, level: number): fc.Arbitrary<Part> {
    const key = `${type.name} ${level}`
    const known = this.#sets.get(key)
    if (known) return known
    const made = this.#newSet(type, level)
    this.#sets.set(key, made)
    return made
  }

  #newSet(type: GraphQLCompositeType, level: number): fc.Arbitrary<Part> {
    const fields = 'getFields' in type ? Object.values(type.getFields()) : []
    const usable = fields.filter((field) => level < DEPTH || !isCompositeType(getNamedType(field.type)))
    const ways: fc.Arbitrary<Part>[] = usable.map((field) => this.#field(type, field, level))
    if (isAbstractType(type) && level < DEPTH)
      for (const kind of this.schema.getPossibleTypes(type))
        ways.push(
          this.#set(kind, level + 1).map(({ text, needs }) => ({ text: `... on ${kind.name} { ${text} }`, needs })),
        )
    ways.push(fc.constant({ text: '__typename', needs: [] }))
    return fc.array(fc.oneof(...ways), { minLength: 1, maxLength: 4 }).map((parts) => join(parts, ' '))
  }
}
