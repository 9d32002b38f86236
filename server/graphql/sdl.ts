// The API as SDL in an order one can read: what can be asked first, then each type where it is first met.
import {
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  printType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'

export function printApi(schema: GraphQLSchema): string {
  const met = new Set<GraphQLNamedType>()

  function meet(type: GraphQLNamedType): void {
    if (met.has(type) || isSpecifiedScalarType(type)) return
    met.add(type)
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) meet(getNamedType(field.type))
    if (!isObjectType(type) && !isInterfaceType(type)) return
    for (const field of Object.values(type.getFields())) {
      for (const argument of field.args) meet(getNamedType(argument.type))
      meet(getNamedType(field.type))
    }
    if (isInterfaceType(type)) for (const kind of schema.getPossibleTypes(type)) meet(kind)
  }

  const roots: GraphQLNamedType[] = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!]
  for (const root of roots) meet(root)
  const rest = [...met].filter((type) => !roots.includes(type))
  return `${[...roots, ...rest].map((type) => printType(argumentsInOrder(type))).join('\n\n')}\n`
}

/** Decorators of parameters run from the last to the first, so arguments arrive in reverse. */
function argumentsInOrder(type: GraphQLNamedType): GraphQLNamedType {
  if (!isObjectType(type) && !isInterfaceType(type)) return type
  const config = type.toConfig()
  const fields = Object.entries(config.fields).map(([name, field]) => {
    const args = Object.fromEntries(Object.entries(field.args ?? {}).reverse())
    return [name, { ...field, args }] as const
  })
  const Type = type.constructor as new (config: object) => GraphQLNamedType
  return new Type({ ...config, fields: Object.fromEntries(fields) })
}
