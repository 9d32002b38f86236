// The stages of a search, their edges and what these may choose, as the API shows them.
import type { RunState } from '@cellboard/schema/run-state'
import type { CellKind as CellKindName } from '@cellboard/schema/spaces'
import { Field, Float, Int, ObjectType } from 'type-graphql'
import { RunStateEnum } from '../runs/run.type.js'
import { CellKind } from './space.type.js'

@ObjectType({ description: 'An operator that an edge may choose.' })
export class Candidate {
  @Field(() => String, { description: 'Name of the operator.' })
  operator!: string

  @Field(() => Float, {
    nullable: true,
    description: 'softmax(alpha) as last measured, in [0, 1]; null before the first epoch.',
  })
  share!: number | null

  @Field(() => Boolean, { description: 'Whether it won its edge in this stage.' })
  chosen!: boolean
}

@ObjectType({ description: "Shares of an edge's candidates after one epoch." })
export class OperatorShares {
  @Field(() => Int, { description: 'From 1, within the stage.' })
  epoch!: number

  @Field(() => [Float], { description: "In the order of the edge's candidates." })
  shares!: readonly number[]
}

@ObjectType({
  description: "One edge of a supernet's cell; `from` and `to` number the cell's states, inputs first.",
})
export class Edge {
  @Field(() => CellKind, { description: 'Kind of its cell.' })
  cell!: CellKindName

  @Field(() => Int, { description: 'Number of the state that it reads.' })
  from!: number

  @Field(() => Int, { description: 'Number of the node that it leads to.' })
  to!: number

  @Field(() => [Candidate], { description: 'What it may choose.' })
  candidates!: Candidate[]

  @Field(() => [OperatorShares], { description: 'Shares after each epoch.' })
  shareHistory!: OperatorShares[]
}

@ObjectType({ description: 'One stage of a search: a supernet trained for some epochs.' })
export class Stage {
  @Field(() => Int, {
    description:
      '0 measures clusters, 1 chooses clusters or is the only one, 2 operators, 3 weighs these against none.',
  })
  index!: number

  @Field(() => RunStateEnum, { description: 'Where it stands.' })
  state!: RunState

  @Field(() => Int, {
    description: 'Cells of the network (darts) or of each of its three stages (nas-bench-201).',
  })
  cells!: number

  @Field(() => Int, { description: 'Width of the first cell.' })
  channels!: number

  @Field(() => Int, { description: 'Epochs in all.' })
  epochs!: number

  @Field(() => Int, { description: 'Epochs so far.' })
  epochsDone!: number

  @Field(() => Float, { description: 'Weights of the supernet, architecture logits not counted.' })
  parameters!: number

  /** All edges; the field `edges` takes those of one kind of cell. */
  allEdges!: Edge[]
}
