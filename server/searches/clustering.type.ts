// Which operators are alike and how that was found, as the API shows it.
import type { CellKind as CellKindName } from '@cellboard/schema/spaces'
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'
import { CellKind } from './space.type.js'

export const Origin = { GIVEN: 'given', MEASURED: 'measured' } as const
export type OriginName = (typeof Origin)[keyof typeof Origin]
registerEnumType(Origin, {
  name: 'Origin',
  description: 'Where something comes from.',
  valuesConfig: {
    GIVEN: { description: 'From the settings.' },
    MEASURED: { description: 'Measured in this search.' },
  },
})

export const CutRule = { SILHOUETTE: 'silhouette', THRESHOLD: 'threshold', K_MEANS: 'k-means' } as const
registerEnumType(CutRule, {
  name: 'CutRule',
  description: 'What chooses the number of clusters.',
  valuesConfig: {
    SILHOUETTE: { description: 'The number that fits best by its silhouette.' },
    THRESHOLD: { description: 'A height of the dendrogram.' },
    K_MEANS: { description: 'A number that was given, by k-means on mean feature maps.' },
  },
})

@ObjectType({ description: 'Operators taken to be alike.' })
export class OperatorCluster {
  @Field(() => [String], { description: 'Its members.' })
  operators!: readonly string[]

  @Field(() => String, { description: 'The member that stands for it in stage 1.' })
  representative!: string
}

@ObjectType({ description: "How alike operators' outputs are, pair by pair." })
export class CorrelationMatrix {
  @Field(() => [String], { description: 'Rows and columns, in this order.' })
  operators!: readonly string[]

  @Field(() => [[Float]], { description: 'Operators by operators, in [-1, 1]: how alike what they put out is.' })
  rho!: readonly (readonly number[])[]

  @Field(() => [[String]], {
    description: 'Pairs that no edge offers together: their rho of 0 is taken, not measured.',
  })
  unseen!: readonly (readonly string[])[]

  @Field(() => Int, { description: 'Images that it was measured on.' })
  images!: number

  @Field(() => Int, { description: 'Edges that it is pooled over.' })
  edges!: number
}

@ObjectType({
  description:
    'One merge of the dendrogram. Groups 0 to n-1 are the operators of the correlation, n + i is what merge i made.',
})
export class Merge {
  @Field(() => Int, { description: 'Number of the one group.' })
  left!: number

  @Field(() => Int, { description: 'Number of the other.' })
  right!: number

  @Field(() => Float, { description: 'Average distance of the two, 1 - rho.' })
  height!: number
}

@ObjectType({ description: 'How well a number of clusters fits.' })
export class CutScore {
  @Field(() => Int, { description: 'How many.' })
  clusters!: number

  @Field(() => Float, { description: 'Mean silhouette of that many clusters, in [-1, 1].' })
  silhouette!: number
}

@ObjectType({ description: 'Where the dendrogram was cut, and what was compared.' })
export class ClusterCut {
  @Field(() => CutRule, { description: 'What chose the number of clusters.' })
  rule!: (typeof CutRule)[keyof typeof CutRule]

  @Field(() => Float, { nullable: true, description: 'The height of the cut, 1 - rho; null for k-means.' })
  height!: number | null

  @Field(() => [CutScore], { description: 'For each number of clusters that was tried.' })
  scores!: readonly CutScore[]
}

@ObjectType({ description: 'Operators by likeness, for one kind of cell or for both.' })
export class Clustering {
  @Field(() => CellKind, { nullable: true, description: 'Null: for both kinds of cell.' })
  cell!: CellKindName | null

  @Field(() => Origin, { description: 'Whether it was given or measured.' })
  origin!: OriginName

  @Field(() => [OperatorCluster], { description: 'All of them; operators that stand alone are clusters of one.' })
  clusters!: readonly OperatorCluster[]

  @Field(() => CorrelationMatrix, { nullable: true, description: 'Null where clusters were given.' })
  correlation!: CorrelationMatrix | null

  @Field(() => [Merge], {
    nullable: true,
    description: 'The dendrogram; null where clusters were given or by k-means.',
  })
  linkage!: readonly Merge[] | null

  @Field(() => ClusterCut, { nullable: true, description: 'Null where clusters were given.' })
  cut!: ClusterCut | null
}
