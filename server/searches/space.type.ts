// Search spaces and data sets, as the API shows them.
import type { CellKind as CellKindName } from '@cellboard/schema/spaces'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'

export const CellKind = { NORMAL: 'normal', REDUCTION: 'reduction' } as const satisfies Record<string, CellKindName>
registerEnumType(CellKind, { name: 'CellKind' })

@ObjectType()
export class SearchSpace {
  @Field(() => String)
  name!: string

  @Field(() => String)
  title!: string

  @Field(() => [CellKind])
  cellKinds!: readonly CellKindName[]

  @Field(() => Int)
  inputs!: number

  @Field(() => Int)
  nodes!: number

  @Field(() => [String])
  candidates!: readonly string[]

  @Field(() => [[String]])
  clusters!: readonly (readonly string[])[]
}

@ObjectType()
export class Dataset {
  @Field(() => String)
  name!: string

  @Field(() => String)
  title!: string

  @Field(() => Int)
  classes!: number

  @Field(() => Int, { description: 'Side of an image, pixels.' })
  size!: number

  @Field(() => Int)
  channels!: number

  @Field(() => Int)
  train!: number

  @Field(() => Int)
  test!: number

  @Field(() => String)
  source!: string

  @Field(() => Boolean, { description: 'Whether its files are there, and in which folder they are looked for.' })
  available!: boolean

  @Field(() => String)
  folder!: string
}
