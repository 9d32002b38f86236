// Search spaces and data sets, as the API shows them.
import type { CellKind as CellKindName } from '@cellboard/schema/spaces'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'

export const CellKind = { NORMAL: 'normal', REDUCTION: 'reduction' } as const satisfies Record<string, CellKindName>
registerEnumType(CellKind, {
  name: 'CellKind',
  description: 'What a cell does to the size of the image.',
  valuesConfig: {
    NORMAL: { description: 'Keeps it.' },
    REDUCTION: { description: 'Halves it.' },
  },
})

@ObjectType({
  description:
    "An edge of a searched cell; `from` and `to` number the cell's states, its inputs first, then its nodes.",
})
export class SpaceEdge {
  @Field(() => CellKind, { description: 'Kind of its cell; null where it is the same in both.' })
  cell!: CellKindName

  @Field(() => Int, { description: 'Number of the state that it reads.' })
  from!: number

  @Field(() => Int, { description: 'Number of the node that it leads to.' })
  to!: number

  @Field(() => [String], { description: 'What it may choose; an operator may stand there more than once.' })
  candidates!: readonly string[]
}

@ObjectType({ description: 'What a search may find.' })
export class SearchSpace {
  @Field(() => String, { description: 'As in SearchInput.space; custom for one that somebody wrote.' })
  name!: string

  @Field(() => String, { description: 'As people call it.' })
  title!: string

  @Field(() => String, { description: 'What its cells are put into: darts or nas-bench-201.' })
  network!: string

  @Field(() => [CellKind], { description: 'Kinds of cell that are searched.' })
  cellKinds!: readonly CellKindName[]

  @Field(() => Int, { description: 'Inputs of a cell.' })
  inputs!: number

  @Field(() => Int, { description: 'Nodes of a cell.' })
  nodes!: number

  @Field(() => Int, { nullable: true, description: 'Edges that a node of a derived cell keeps; null: all.' })
  keep!: number | null

  @Field(() => [String], { description: 'Every operator that some edge may choose.' })
  candidates!: readonly string[]

  @Field(() => [SpaceEdge], { description: 'Normal cells first; within a cell node by node, sources ascending.' })
  edges!: readonly SpaceEdge[]

  @Field(() => [[String]], { description: 'Operators thought alike, the representative first.' })
  clusters!: readonly (readonly string[])[]

  @Field(() => [Int], { description: 'Published depth of stages 1 and 2.' })
  cells!: readonly number[]

  @Field(() => Int, { description: 'Published depth of a search with one stage.' })
  singleCells!: number

  @Field(() => Int, { description: 'Published width of the first cell.' })
  channels!: number

  @Field(() => Int, { description: 'Smallest depth that can be built.' })
  minCells!: number
}

@ObjectType({ description: 'Images with their classes.' })
export class Dataset {
  @Field(() => String, { description: 'As settings name it.' })
  name!: string

  @Field(() => String, { description: 'As people call it.' })
  title!: string

  @Field(() => Int, { nullable: true, description: "Of one's own images null until they are read, and so below." })
  classes!: number | null

  @Field(() => Int, { description: 'Side of an image, pixels.' })
  size!: number

  @Field(() => Int, { nullable: true, description: 'Colours of a pixel.' })
  channels!: number | null

  @Field(() => Int, { nullable: true, description: 'Images to train on.' })
  train!: number | null

  @Field(() => Int, { nullable: true, description: 'Images to test on.' })
  test!: number | null

  @Field(() => String, { description: 'Where it comes from.' })
  source!: string

  @Field(() => Boolean, { description: 'Whether its files are there, and in which folder they are looked for.' })
  available!: boolean

  @Field(() => String, { description: 'Where its files are looked for on this server.' })
  folder!: string
}
