// Nothing in the API goes without saying: every type, field, argument and value is described, and what is deprecated says since when.
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import { buildApi } from '../../server/graphql/schema.js'

let schema: GraphQLSchema
beforeAll(async () => {
  schema = await buildApi()
})

interface Word {
  readonly name: string
  readonly description: string | null | undefined
  readonly deprecationReason?: string | null | undefined
}

const ROOTS = ['Query', 'Mutation', 'Subscription']
const BUILT_IN = ['String', 'Int', 'Float', 'Boolean', 'ID']

function wordsOf(type: GraphQLNamedType): Word[] {
  const words: Word[] = ROOTS.includes(type.name) ? [] : [{ name: type.name, description: type.description }]
  const within = (one: Word) => ({ ...one, name: `${type.name}.${one.name}` })
  if (isEnumType(type)) words.push(...type.getValues().map(within))
  if (isInputObjectType(type)) words.push(...Object.values(type.getFields()).map(within))
  if (isObjectType(type) || isInterfaceType(type))
    for (const field of Object.values(type.getFields())) {
      // A field of an interface is described there.
      const above = type.getInterfaces().flatMap((one) => one.getFields()[field.name] ?? [])[0]
      words.push(within({ ...field, description: field.description ?? above?.description }))
      for (const argument of field.args) {
        const same = above?.args.find(({ name }) => name === argument.name)
        words.push(
          within({
            ...argument,
            name: `${field.name}(${argument.name})`,
            description: argument.description ?? same?.description,
          }),
        )
      }
    }
  return words
}

const allWords = () =>
  Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__') && !BUILT_IN.includes(name))
    .flatMap(wordsOf)

test('everything is described', () => {
  expect(allWords().flatMap(({ name, description }) => (description ? [] : [name]))).toEqual([])
})

test('what is deprecated says since when and what to use', () => {
  const undated = allWords().filter(
    ({ deprecationReason }) => deprecationReason != null && !/^\d{4}-\d{2}-\d{2}: \w+/.test(deprecationReason),
  )
  expect(undated.map(({ name }) => name)).toEqual([])
})
