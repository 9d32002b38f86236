// A project, as the API shows it.
import type { Visibility } from '@cellboard/schema/people'
import { Field, ObjectType } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'
import { VisibilityEnum } from '../people/people.enums.js'
import { Node } from '../runs/run.type.js'

@ObjectType({ implements: Node, description: 'Where runs of a team belong: decides who sees them.' })
export class Project extends Node {
  @Field(() => String, { description: 'Unique within the team.' })
  name!: string

  @Field(() => VisibilityEnum, { description: 'Who sees it besides its team.' })
  visibility!: Visibility

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date
}
