// What this server is: what a client asks first.
import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql'
import { Backend } from '../searches/search.type.js'
import type { Context } from './context.js'
import { VERSION } from './version.js'

@ObjectType()
export class ServerInfo {
  @Field(() => String)
  version!: string

  @Field(() => Backend, {
    nullable: true,
    description: 'The backend a search takes here, or null while it is still being tried.',
  })
  backend!: Backend | null
}

@Resolver()
export class ServerInfoResolver {
  @Query(() => ServerInfo, { description: 'What this server is: what a client asks first. Open to everyone.' })
  server(@Ctx() { house }: Context): ServerInfo {
    return { version: VERSION, backend: house.runner.backend }
  }
}
