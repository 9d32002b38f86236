// An architecture, what a benchmark knows of it and the runs that have it, as the API shows them.
import { Field, Float, Int, ObjectType } from 'type-graphql'
import { PageInfo } from '../graphql/paging.js'
import { Node } from '../runs/run.type.js'
import type { RunRow } from '../runs/run.table.js'
import { Search } from '../searches/search.type.js'
import { Training } from '../trainings/training.type.js'

@ObjectType({
  implements: Node,
  description:
    'Cells that runs found or trained, whatever the numbers of their nodes and the order of their edges: isomorphic cells are one architecture. In the network of nas-bench-201, cells that with the same weights compute the same are.',
})
export class Architecture extends Node {
  hash!: string
}

/** Of the hash of one that the viewer sees. */
export const shownArchitecture = (hash: string): Architecture => Object.assign(new Architecture(), { hash })

@ObjectType({ description: 'What a published benchmark measured of a cell.' })
export class TabulatedResult {
  @Field(() => String, { description: 'The benchmark: nas-bench-201.' })
  benchmark!: string

  @Field(() => String, {
    description: "The cell in the benchmark's own notation: it has trained cells apart that are isomorphic.",
  })
  cell!: string

  @Field(() => String, { description: 'What it was trained and tested on: cifar10, cifar100 or imagenet16-120.' })
  dataset!: string

  @Field(() => Int, { description: 'Epochs that it was trained for.' })
  epochs!: number

  @Field(() => Float, {
    description: "Share of the test images told right, in [0, 1]: the mean over the benchmark's seeds.",
  })
  accuracy!: number

  @Field(() => Int, { description: 'Its place among all cells of the benchmark by that accuracy, from 1: the best.' })
  rank!: number

  @Field(() => Int, { description: 'Cells that the benchmark has.' })
  of!: number

  @Field(() => Float, { description: "Share of the benchmark's cells that are not better, in [0, 1]." })
  percentile!: number
}

@ObjectType({ description: 'An architecture in a list.' })
export class ArchitectureEdge {
  @Field(() => String, { description: 'Where the list goes on after it.' })
  cursor!: string

  @Field(() => Architecture, { description: 'The architecture.' })
  node!: Architecture
}

@ObjectType({ description: 'A page of architectures.' })
export class ArchitectureConnection {
  @Field(() => [ArchitectureEdge], { description: 'In the order of the list.' })
  edges!: ArchitectureEdge[]

  @Field(() => PageInfo, { description: 'Whether and where the list goes on.' })
  pageInfo!: PageInfo

  @Field(() => Int, { description: 'How many there are on all pages.' })
  totalCount!: number
}

@ObjectType({ description: 'A search in a list.' })
export class SearchEdge {
  @Field(() => String, { description: 'Where the list goes on after it.' })
  cursor!: string

  @Field(() => Search, { description: 'The search.' })
  node!: RunRow
}

@ObjectType({ description: 'A page of searches.' })
export class SearchConnection {
  @Field(() => [SearchEdge], { description: 'In the order of the list.' })
  edges!: SearchEdge[]

  @Field(() => PageInfo, { description: 'Whether and where the list goes on.' })
  pageInfo!: PageInfo

  @Field(() => Int, { description: 'How many there are on all pages.' })
  totalCount!: number
}

@ObjectType({ description: 'A training in a list.' })
export class TrainingEdge {
  @Field(() => String, { description: 'Where the list goes on after it.' })
  cursor!: string

  @Field(() => Training, { description: 'The training.' })
  node!: RunRow
}

@ObjectType({ description: 'A page of trainings.' })
export class TrainingConnection {
  @Field(() => [TrainingEdge], { description: 'In the order of the list.' })
  edges!: TrainingEdge[]

  @Field(() => PageInfo, { description: 'Whether and where the list goes on.' })
  pageInfo!: PageInfo

  @Field(() => Int, { description: 'How many there are on all pages.' })
  totalCount!: number
}
