// Deny by default: every field of the API has a rule in the permission table, and the table names nothing that is not there.
import { isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import { buildApi } from '../../server/graphql/schema.js'
import { ruleOf } from '../../server/permissions/guard.js'
import { PERMISSIONS } from '../../server/permissions/table.js'

let schema: GraphQLSchema
beforeAll(async () => {
  schema = await buildApi()
})

const typesWithFields = () =>
  Object.values(schema.getTypeMap()).filter(
    (type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'),
  )

test('every field has a rule: name it in server/permissions/table.ts', () => {
  const without = typesWithFields().flatMap((type) =>
    Object.keys('getFields' in type ? type.getFields() : {}).flatMap((field) =>
      ruleOf(schema, type.name, field) ? [] : [`${type.name}.${field}`],
    ),
  )
  expect(without).toEqual([])
})

test('every mutation and subscription says what it takes', () => {
  for (const name of ['Mutation', 'Subscription']) {
    const kinds = Object.values(PERMISSIONS[name]!).map(({ kind }) => kind)
    expect(kinds).not.toContain('within')
  }
})

test('the table names no field that is not there', () => {
  const gone = Object.entries(PERMISSIONS).flatMap(([name, fields]) => {
    const type = schema.getType(name)
    const there = type && 'getFields' in type ? type.getFields() : {}
    return Object.keys(fields).flatMap((field) => (field in there ? [] : [`${name}.${field}`]))
  })
  expect(gone).toEqual([])
})

test('arguments that the table names are there', () => {
  const roots = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!]
  for (const type of roots)
    for (const [name, rule] of Object.entries(PERMISSIONS[type.name]!))
      if (rule.kind === 'may' || rule.kind === 'sees')
        expect(
          type.getFields()[name]?.args.map((argument) => argument.name),
          `${type.name}.${name}`,
        ).toEqual(expect.arrayContaining(rule.argument.split(' ').map((argument) => argument.split('.')[0])))
})
