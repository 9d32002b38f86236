// Studies, as the API shows them.
import { Field, Float, Int, ObjectType } from 'type-graphql'
import { PageInfo } from '../graphql/paging.js'
import { DateTime } from '../graphql/scalars.js'
import type { RunGroupRow } from '../runs/group.table.js'
import { RunGroup } from '../runs/group.type.js'
import { Node } from '../runs/run.type.js'
import type { StudyRow } from './study.table.js'

@ObjectType({
  implements: Node,
  description: 'Groups of runs of a project that are looked at side by side, with notes.',
})
export class Study extends Node {
  @Field(() => String, { description: 'As people call it.' })
  name!: string

  @Field(() => String, { description: 'What it asks and what came of it; plain text.' })
  notes!: string

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date
}

@ObjectType({ description: 'A group in a study.' })
export class StudyGroup {
  @Field(() => RunGroup, { description: 'The group.' })
  group!: RunGroupRow

  @Field(() => String, {
    description: 'What it is called in this study, as in a legend; empty where its own name will do.',
  })
  label!: string
}

@ObjectType({ description: 'One line of a study: what the finished runs of a group come to.' })
export class StudyFigure {
  @Field(() => StudyGroup, { description: 'The group.' })
  of!: StudyGroup

  @Field(() => Float, { nullable: true, description: 'Mean over its finished runs; null where none has the metric.' })
  mean!: number | null

  @Field(() => Float, {
    nullable: true,
    description: 'Standard deviation of the sample; null for fewer than two runs.',
  })
  deviation!: number | null

  @Field(() => Int, { description: 'Runs that it is taken over.' })
  n!: number
}

@ObjectType({ description: 'One study with its place in the list.' })
export class StudyEdge {
  @Field(() => String, { description: 'Place in the list.' })
  cursor!: string

  @Field(() => Study, { description: 'The study.' })
  node!: StudyRow
}

@ObjectType({ description: 'A page of studies, the newest first.' })
export class StudyConnection {
  @Field(() => [StudyEdge], { description: 'One page.' })
  edges!: StudyEdge[]

  @Field(() => PageInfo, { description: 'What lies around it.' })
  pageInfo!: PageInfo

  @Field(() => Int, { description: 'Studies in all.' })
  totalCount!: number
}
