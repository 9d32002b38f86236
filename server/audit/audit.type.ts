// The audit log, as the API shows it to owners.
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Json } from '../graphql/json.js'
import { PageInfo } from '../graphql/paging.js'
import { DateTime } from '../graphql/scalars.js'
import { User } from '../people/viewer.type.js'
import type { AuditRow } from './audit.table.js'

@ObjectType({ description: 'One thing that somebody did, or was refused to do. Never changed.' })
export class AuditEntry {
  @Field(() => ID, { description: 'As in audit-1.' })
  id!: string

  @Field(() => DateTime, { description: 'When.' })
  time!: Date

  @Field(() => User, { nullable: true, description: 'Who; null for the server itself.' })
  user!: User | null

  @Field(() => ID, { nullable: true, description: 'The token that spoke for them; null where they were signed in.' })
  token!: string | null

  @Field(() => String, { description: 'Name of the mutation.' })
  action!: string

  @Field(() => String, { description: 'Global id of what it was done to; empty where there is none.' })
  subject!: string

  @Field(() => Json, { description: 'What changed; `refused` where it was refused.' })
  detail!: object

  @Field(() => String, { description: "Of the request, as its answer's header and errors told it." })
  requestId!: string
}

@ObjectType({ description: 'One entry with its place in the log.' })
export class AuditEdge {
  @Field(() => String, { description: 'Place in the list.' })
  cursor!: string

  @Field(() => AuditEntry, { description: 'The entry.' })
  node!: AuditRow
}

@ObjectType({ description: 'The audit log of a team, the newest first.' })
export class AuditConnection {
  @Field(() => [AuditEdge], { description: 'One page.' })
  edges!: AuditEdge[]

  @Field(() => PageInfo, { description: 'What lies beyond it.' })
  pageInfo!: PageInfo

  @Field(() => Int, { description: 'Entries in all.' })
  totalCount!: number
}
