// Links that show one thing to whoever has them, as the API shows them.
import { Field, ID, ObjectType } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'
import { User } from '../people/viewer.type.js'
import { Node } from '../runs/run.type.js'
import type { ShareLinkRow } from './share-link.table.js'

@ObjectType({ description: 'A link that shows one run, group, study or board to whoever has it, for reading.' })
export class ShareLink {
  @Field(() => ID, { description: 'As in share-1.' })
  id!: string

  @Field(() => Node, { nullable: true, description: 'What it shows; null once that is gone.' })
  subject!: object | null

  @Field(() => String, { description: 'Whom it is for, as its maker wrote it.' })
  note!: string

  @Field(() => User, { nullable: true, description: 'Who made it.' })
  createdBy!: User | null

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => DateTime, { description: 'When it ends by itself.' })
  expiresAt!: Date
}

@ObjectType({ description: 'A share link that was made.' })
export class ShareLinkPayload {
  @Field(() => String, { description: 'The address to hand on; shown this once.' })
  url!: string

  @Field(() => ShareLink, { description: 'What is known of it from now on.' })
  link!: ShareLinkRow
}
