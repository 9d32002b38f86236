// What the published method takes where nothing was said: loaded when somebody unfolds the table of settings.
import type { ResolvedSearchSettings } from '@cellboard/schema/settings'
import type { NetworkName } from '@cellboard/schema/spaces'
import type { ResolvedTrainingSettings } from '@cellboard/schema/training-settings'

export type Published = () => Promise<Record<string, unknown>>

export const publishedSearch =
  ({ method, optimisation, space, spaceText, dataset }: ResolvedSearchSettings): Published =>
  async () => {
    const { resolveSettings, searchSettingsSchema } = await import('@cellboard/schema/settings')
    const asked = searchSettingsSchema.safeParse({ method, optimisation, space, spaceText, dataset })
    return asked.success ? { ...resolveSettings(asked.data) } : {}
  }

export const publishedTraining =
  ({ genotype, dataset, dataPath, preset, imageSize }: ResolvedTrainingSettings, network: NetworkName): Published =>
  async () => {
    const { resolveTrainingSettings, trainingSettingsSchema } = await import('@cellboard/schema/training-settings')
    const asked = trainingSettingsSchema.safeParse({ genotype, dataset, dataPath, preset, imageSize })
    return asked.success ? { ...resolveTrainingSettings(asked.data, network) } : {}
  }
