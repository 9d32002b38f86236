// What is known of every setting of searches and trainings: whether it is a number, a switch or a choice.
import { searchSettingsSchema } from '@cellboard/schema/settings'
import { trainingSettingsSchema } from '@cellboard/schema/training-settings'
import { settingFields, type SettingField } from '../settings/setting-fields.js'

let fields: ReadonlyMap<string, readonly SettingField[]> | undefined

function read(): ReadonlyMap<string, readonly SettingField[]> {
  const found = new Map<string, SettingField[]>()
  for (const rules of [searchSettingsSchema, trainingSettingsSchema])
    for (const field of settingFields(rules, {}, {})) found.set(field.name, [...(found.get(field.name) ?? []), field])
  return found
}

/** Of searches, of trainings, or of both; none for a setting that only logged runs have. */
export const fieldsOf = (setting: string): readonly SettingField[] => (fields ??= read()).get(setting) ?? []
export const settingNames = (): string[] => [...(fields ??= read()).keys()]
