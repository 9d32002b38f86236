// Checks what stands in the form with the server's own rules, and turns it into what startSearch takes.
import { searchSettingsSchema } from '@cellboard/schema/settings'
import { spaceOf, SpaceFileError } from '@cellboard/schema/space-of'
import type { SpaceName } from '@cellboard/schema/spaces'
import { checkForm } from '../settings/check-form.js'
import type { FormValues as Values } from '../settings/setting-fields.js'
import { applies } from './applies.js'
import { SETTING_FIELDS, type SettingName } from './search-fields.js'
import { SPACE_EXAMPLE } from './space-example.js'

export type FormValues = Values<SettingName>

/** What stands in the form, without what means nothing beside the rest of it. */
export function checkSettings(values: FormValues) {
  const meant = Object.entries(values).filter(([name]) => applies(name as SettingName, values))
  const shown: FormValues = Object.fromEntries(meant)
  return checkForm(searchSettingsSchema, SETTING_FIELDS, shown)
}

/** Smallest depth of the form's space; 1 while its file is not whole. */
function leastDepth({ space, spaceText }: FormValues): number {
  try {
    return spaceOf({ space: space as SpaceName, spaceText: String(spaceText ?? '') }).minCells
  } catch (error) {
    if (error instanceof SpaceFileError) return 1
    throw error
  }
}

/** Goes to another space: depths it cannot have become its least, and clusters of the old one's operators are forgotten. */
export function inSpace(values: FormValues, space: SpaceName): FormValues {
  const { clusters: _, ...rest } = values
  const moved: FormValues = { ...rest, space }
  if (space === 'custom') moved.spaceText = values.spaceText || SPACE_EXAMPLE
  const minCells = leastDepth(moved)
  for (const key of ['stage1Cells', 'stage2Cells', 'clusteringCells', 'finalCells'] as const)
    if (moved[key] && Number(moved[key]) < minCells) moved[key] = String(minCells)
  return moved
}

/** Settings that end in minutes, to see a whole search at once. */
export const QUICK_LOOK: FormValues = {
  dataset: 'digits',
  space: 'nas-bench-201',
  epochs: '6',
  images: '1024',
  batch: '64',
  channels: '8',
  stage1Cells: '1',
  stage2Cells: '1',
  trainShare: '0.8',
}
