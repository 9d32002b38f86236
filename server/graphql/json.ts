// A scalar for what has no type of its own.
import { GraphQLScalarType, valueFromASTUntyped } from 'graphql'

export const Json = new GraphQLScalarType({
  name: 'Json',
  description: 'A small JSON value whose keys depend on what it is about.',
  parseValue: (value: unknown) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
})
