// The form's own checking: the same rules as the server's, told at the field.
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { expect, it } from 'vitest'
import { checkSettings, inSpace, QUICK_LOOK } from './check-settings.js'
import { clustersFromText, clustersText, publishedText, SETTING_FIELDS } from './setting-fields.js'
import { SETTING_GROUPS } from './setting-groups.js'

it('shows every setting, in one group, with a description', () => {
  const grouped = SETTING_GROUPS.flatMap((group) => group.settings)
  expect([...grouped].sort()).toEqual(Object.keys(searchSettingsSchema.shape).sort())
  expect(SETTING_FIELDS.every((field) => field.description !== '')).toBe(true)
})

it('leaves an empty form to the published defaults', () => {
  const { input, settings } = checkSettings({ epochs: '', images: '' })
  expect(input).toEqual({})
  expect(settings).toEqual(searchSettingsSchema.parse({}))
})

it('turns text into numbers, and lines into clusters', () => {
  const text = 'nor_conv_3x3, nor_conv_1x1\nskip_connect\navg_pool_3x3\n'
  const { input } = checkSettings({ space: 'nas-bench-201', epochs: '3', augment: false, clusters: text })
  expect(input).toMatchObject({ epochs: 3, augment: false, clusters: clustersFromText(text) })
  expect(clustersText(clustersFromText(text))).toBe(text.trim())
})

it('tells what is wrong at its field', () => {
  expect(checkSettings({ epochs: '0' }).problems.epochs).toBeTruthy()
  expect(checkSettings({ epochs: 'ten' }).problems.epochs).toBe('Expected a number, but received ten.')
  expect(checkSettings({ stage1Cells: '1' }).problems.stage1Cells).toMatch(/at least 3 cells/)
  expect(checkSettings({ dataset: 'digits', images: '10' }).problems.batch).toMatch(/at most the 10 images/)
  expect(checkSettings({ weightRateEnd: '1' }).input).toBeNull()
})

it('offers a quick look that is right, and names what is taken for an empty field', () => {
  const { settings } = checkSettings(QUICK_LOOK)
  expect(resolveSettings(settings!)).toMatchObject({ dataset: 'digits', channels: 8, stage1Cells: 1 })
  expect(publishedText('stage1Cells', 'darts', 'cifar10')).toBe('14')
  expect(publishedText('images', 'darts', 'digits')).toBe('all 3823')
})

it('takes a form to another space in which it still holds', () => {
  const moved = inSpace({ ...QUICK_LOOK, clusters: 'nor_conv_1x1' }, 'darts')
  expect(moved).toMatchObject({ space: 'darts', stage1Cells: '3', stage2Cells: '3', channels: '8' })
  expect(checkSettings(moved).problems).toEqual({})
})
