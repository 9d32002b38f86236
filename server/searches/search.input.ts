// What a client may say to start a search: the keys of schema/settings.ts, read off its rules, and a name.
import { searchSettingsSchema, type SearchSettingsInput } from '@cellboard/schema/settings'
import { Field, InputType, registerEnumType } from 'type-graphql'
import { addSettingsFields } from '../graphql/settings-input.js'

export enum SearchMethod {
  STACNAS = 'STACNAS',
  DARTS = 'DARTS',
  RANDOM = 'RANDOM',
}
registerEnumType(SearchMethod, {
  name: 'SearchMethod',
  description: 'How to search.',
  valuesConfig: {
    STACNAS: { description: 'Two stages: a cluster for every edge, then an operator of it.' },
    DARTS: { description: 'One stage with all candidates.' },
    RANDOM: { description: 'Random cells, each trained; the best on validation images is the result.' },
  },
})

@InputType({
  description: 'Settings of a search; every default is the published one. The rules are schema/settings.ts.',
})
export class SearchInput {
  @Field(() => String, { nullable: true, description: 'What to call it; a name is made where it is absent.' })
  name?: string

  @Field(() => SearchMethod, { nullable: true, description: searchSettingsSchema.shape.method.description! })
  method?: SearchMethod
}

/** The input with the settings it may carry, none of them checked yet. */
export type GivenSearch = SearchInput & { [key in Exclude<keyof SearchSettingsInput, 'method'>]?: unknown }

addSettingsFields(SearchInput, searchSettingsSchema, ['method'])
