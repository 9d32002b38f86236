// A scalar for what has no type of its own.
import { GraphQLScalarType } from 'graphql'
import { badInput } from '../errors.js'

const refuse = () => {
  throw badInput('Expected no JSON as input.')
}

export const Json = new GraphQLScalarType({
  name: 'Json',
  description: 'A small JSON value whose keys depend on what it is about.',
  parseValue: refuse,
  parseLiteral: refuse,
})
