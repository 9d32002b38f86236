// A search, as the API shows it: a run, and what is particular to looking for an architecture.
import { Field, ObjectType } from 'type-graphql'
import { Node, Run } from '../runs/run.type.js'
import { SearchMethod } from './search.input.js'

@ObjectType()
export class Backend {
  @Field(() => String)
  name!: string

  @Field(() => String)
  version!: string

  @Field(() => String)
  device!: string

  @Field(() => String, { description: 'Why a faster one is not used; empty when the fastest is.' })
  note!: string
}

@ObjectType({ implements: [Run, Node] })
export class Search extends Run {
  @Field(() => SearchMethod)
  method!: SearchMethod

  @Field(() => Backend, { nullable: true })
  backend!: Backend | null
}
