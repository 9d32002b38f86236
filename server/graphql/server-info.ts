// What this server is: what a client asks first.
import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql'
import { OIDC_PATH } from '../people/oidc.js'
import { Backend } from '../searches/search.type.js'
import type { Context } from './context.js'
import { VERSION } from './version.js'

@ObjectType({ description: 'Another place where people of this server can sign in.' })
export class SignInProvider {
  @Field(() => String, { description: 'As people call it.' })
  name!: string

  @Field(() => String, { description: 'Where to send a browser, on this server.' })
  url!: string
}

@ObjectType({ description: 'What this server is.' })
export class ServerInfo {
  @Field(() => String, { description: 'Of the program, as in 0.1.0.' })
  version!: string

  @Field(() => Backend, {
    nullable: true,
    description: 'The backend a search takes here, or null while it is still being tried.',
  })
  backend!: Backend | null

  @Field(() => SignInProvider, { nullable: true, description: 'Null where people sign in here alone.' })
  signInProvider!: SignInProvider | null
}

@Resolver()
export class ServerInfoResolver {
  @Query(() => ServerInfo, { description: 'What this server is: what a client asks first. Open to everyone.' })
  server(@Ctx() { house }: Context): ServerInfo {
    const { oidc } = house.config
    const signInProvider = oidc && { name: oidc.name, url: OIDC_PATH }
    return { version: VERSION, backend: house.runner.backend, signInProvider }
  }
}
