// Whether a search collapses, and why a stage ended early, as the API shows it.
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'

export const CollapseVerdict = { HEALTHY: 'healthy', WARNING: 'warning', COLLAPSED: 'collapsed' } as const
export type CollapseVerdictName = (typeof CollapseVerdict)[keyof typeof CollapseVerdict]
registerEnumType(CollapseVerdict, {
  name: 'CollapseVerdict',
  description: 'Whether a search ends in skips whatever the data.',
  valuesConfig: {
    HEALTHY: { description: 'No sign of it.' },
    WARNING: { description: 'Some signs of it.' },
    COLLAPSED: { description: 'It does.' },
  },
})

export const StopRule = { EIGENVALUE: 'eigenvalue', SKIPS: 'skips', RANKING: 'ranking', PATIENCE: 'patience' } as const
registerEnumType(StopRule, {
  name: 'StopRule',
  description: 'What ends a stage or a training before its last epoch.',
  valuesConfig: {
    EIGENVALUE: { description: 'The dominant eigenvalue along the logits grew too fast.' },
    SKIPS: { description: 'A normal cell would have two skips or more.' },
    RANKING: { description: 'The ranking of operators has settled.' },
    PATIENCE: { description: 'Validation has not improved for long.' },
  },
})

@ObjectType({ description: 'Of one epoch; by the cell that would be derived and by its supernet, never by accuracy.' })
export class CollapseMeasure {
  @Field(() => Int, { description: 'Index of the stage.' })
  stage!: number

  @Field(() => Int, { description: 'From 1, within the stage.' })
  epoch!: number

  @Field(() => Int, { description: 'Step of the whole search.' })
  step!: number

  @Field(() => Int, { description: 'Skips among the edges of the normal cell.' })
  skips!: number

  @Field(() => Int, { description: 'Edges of the normal cell.' })
  edges!: number

  @Field(() => Float, { description: 'Mean share of none, in [0, 1].' })
  noneShare!: number

  @Field(() => Float, { description: 'Mean entropy of the shares: 1 all alike, 0 decided.' })
  entropy!: number

  @Field(() => Float, {
    nullable: true,
    description: 'Dominant eigenvalue of the Hessian of the loss to the logits; null where it was not measured.',
  })
  eigenvalue!: number | null

  @Field(() => CollapseVerdict, { description: 'After this epoch.' })
  verdict!: CollapseVerdictName
}

@ObjectType({ description: 'How the search stands after the last epoch that was measured.' })
export class CollapseReport {
  @Field(() => CollapseVerdict, { description: 'As of the last epoch.' })
  verdict!: CollapseVerdictName

  @Field(() => Int, { description: 'Index of the stage.' })
  stage!: number

  @Field(() => Int, {
    nullable: true,
    description: 'The epoch of the stage since when it is not healthy; null when it is.',
  })
  since!: number | null

  @Field(() => [String], { description: 'Why, one sentence each; empty when healthy.' })
  reasons!: readonly string[]

  @Field(() => [CollapseMeasure], { description: 'Every epoch that was measured, in order.' })
  history!: readonly CollapseMeasure[]
}

@ObjectType({ description: 'A stage of a search, or a training, that ended before its last epoch.' })
export class EarlyStop {
  @Field(() => Int, { description: 'Index of the stage.' })
  stage!: number

  @Field(() => Int, { description: 'Its last epoch.' })
  epoch!: number

  @Field(() => StopRule, { description: 'What stopped it.' })
  rule!: (typeof StopRule)[keyof typeof StopRule]

  @Field(() => String, { description: 'In a sentence.' })
  reason!: string

  @Field(() => Int, { description: 'The epoch whose logits decide; of a training the last, whose weights do.' })
  kept!: number
}
