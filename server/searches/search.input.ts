// What a client may say to start a search: the keys of schema/settings.ts and a name. A contract test holds the two together.
import { Field, Float, InputType, Int, registerEnumType } from 'type-graphql'

export enum SearchMethod {
  STACNAS = 'STACNAS',
}
registerEnumType(SearchMethod, { name: 'SearchMethod' })

const TEXT = () => String
const WHOLE = () => Int
const NUMBER = () => Float
const OPTIONAL = { nullable: true } as const

@InputType({
  description: 'Settings of a search; every default is the published one. The rules are schema/settings.ts.',
})
export class SearchInput {
  @Field(TEXT, OPTIONAL) name?: string
  @Field(() => SearchMethod, OPTIONAL) method?: SearchMethod
  @Field(TEXT, { nullable: true, description: 'darts or nas-bench-201' }) space?: string
  @Field(TEXT, { nullable: true, description: 'digits, fashion-mnist, cifar10 or cifar100' }) dataset?: string
  @Field(WHOLE, OPTIONAL) seed?: number
  @Field(WHOLE, OPTIONAL) images?: number
  @Field(NUMBER, OPTIONAL) trainShare?: number
  @Field(WHOLE, OPTIONAL) batch?: number
  @Field(WHOLE, OPTIONAL) epochs?: number
  @Field(WHOLE, OPTIONAL) channels?: number
  @Field(WHOLE, OPTIONAL) stage1Cells?: number
  @Field(WHOLE, OPTIONAL) stage2Cells?: number
  @Field(() => [[String]], OPTIONAL) clusters?: string[][]
  @Field(TEXT, OPTIONAL) singletons?: string
  @Field(TEXT, OPTIONAL) ranking?: string
  @Field(NUMBER, OPTIONAL) weightRate?: number
  @Field(NUMBER, OPTIONAL) weightRateEnd?: number
  @Field(TEXT, OPTIONAL) schedule?: string
  @Field(NUMBER, OPTIONAL) momentum?: number
  @Field(NUMBER, OPTIONAL) weightDecay?: number
  @Field(NUMBER, OPTIONAL) gradientClip?: number
  @Field(NUMBER, OPTIONAL) alphaRate?: number
  @Field(NUMBER, OPTIONAL) alphaBeta1?: number
  @Field(NUMBER, OPTIONAL) alphaBeta2?: number
  @Field(NUMBER, OPTIONAL) alphaDecay?: number
  @Field(NUMBER, OPTIONAL) alphaInit?: number
  @Field(() => Boolean, OPTIONAL) augment?: boolean
  @Field(TEXT, OPTIONAL) backend?: string
}
