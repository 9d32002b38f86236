// A search, as the API shows it: a run, and what is particular to looking for an architecture.
import { Field, ObjectType } from 'type-graphql'
import { Node, Run } from '../runs/run.type.js'
import { SearchMethod } from './search.input.js'

@ObjectType({ description: 'What computes tensors.' })
export class Backend {
  @Field(() => String, { description: 'tensorflow, webgpu, wasm or cpu.' })
  name!: string

  @Field(() => String, { description: 'Of the library.' })
  version!: string

  @Field(() => String, { description: 'Name of the processor or GPU.' })
  device!: string

  @Field(() => String, { description: 'Why a faster one is not used; empty when the fastest is.' })
  note!: string
}

@ObjectType({ description: 'A run that looks for an architecture.', implements: [Run, Node] })
export class Search extends Run {
  @Field(() => SearchMethod, { description: 'How it searches.' })
  method!: SearchMethod

  @Field(() => Backend, { nullable: true, description: 'What computes it; null before it began.' })
  backend!: Backend | null
}
