// The cells that have a name: what a training's genotype may be called by.
import { PUBLISHED_GENOTYPES } from '@cellboard/engine/facts'
import { Query, Resolver } from 'type-graphql'

@Resolver()
export class PublishedResolver {
  @Query(() => [String], { description: 'Names that TrainingInput.genotype knows: published cells.' })
  publishedGenotypes(): string[] {
    return Object.keys(PUBLISHED_GENOTYPES)
  }
}
