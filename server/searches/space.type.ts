// Search spaces and data sets, as the API shows them.
import { CELL_KINDS } from '@cellboard/schema/spaces'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'

export enum CellKind {
  NORMAL = 'normal',
  REDUCTION = 'reduction',
}
registerEnumType(CellKind, { name: 'CellKind' })
CELL_KINDS satisfies readonly `${CellKind}`[]

@ObjectType()
export class SearchSpace {
  @Field(() => String)
  name!: string

  @Field(() => String)
  title!: string

  @Field(() => [CellKind])
  cellKinds!: readonly `${CellKind}`[]

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
