// Who is asking, as the API shows it.
import { Field, ID, ObjectType } from 'type-graphql'

@ObjectType()
export class Viewer {
  @Field(() => ID)
  id!: string

  @Field(() => String)
  name!: string
}

@ObjectType()
export class SignInPayload {
  @Field(() => String, { description: 'Shown once; send it as `Authorization: Bearer`.' })
  token!: string

  @Field(() => Viewer)
  viewer!: Viewer
}
