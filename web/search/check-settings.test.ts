// The form's own checking: the same rules as the server's, told at the field.
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { expect, it } from 'vitest'
import { checkSettings, inSpace, QUICK_LOOK, type FormValues } from './check-settings.js'
import { applies } from './applies.js'
import { publishedText } from './published-text.js'
import { linesFromText } from '../settings/setting-fields.js'
import { clustersText, SETTING_FIELDS } from './search-fields.js'
import { SPACE_EXAMPLE } from './space-example.js'
import { lineOf } from './space-input.js'
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
  expect(input).toMatchObject({ epochs: 3, augment: false, clusters: linesFromText(text) })
  expect(clustersText(linesFromText(text))).toBe(text.trim())
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
})

it('takes a form to another space in which it still holds', () => {
  const moved = inSpace({ ...QUICK_LOOK, clusters: 'nor_conv_1x1' }, 'darts')
  expect(moved).toMatchObject({ space: 'darts', stage1Cells: '3', stage2Cells: '3', channels: '8' })
  expect(checkSettings(moved).problems).toEqual({})
  expect(checkSettings(inSpace(QUICK_LOOK, 'custom')).problems).toEqual({})
  expect(inSpace({ ...QUICK_LOOK, spaceText: 'network: none' }, 'custom')).toMatchObject({ stage1Cells: '1' })
})

it('names what is taken for an empty field, by method, space and data set', () => {
  const taken = (values: FormValues) =>
    (['epochs', 'trainShare', 'gradientClip', 'stage1Cells', 'optimisation'] as const).map((name) =>
      publishedText(name, values),
    )
  expect(taken({})).toEqual(['80', '1', '3', '14', 'one-level'])
  expect(taken({ method: 'darts' })).toEqual(['50', '0.5', '5', '8', 'first-order'])
  expect(taken({ space: 'nas-bench-201' })[3]).toBe('5')
  expect(taken({ space: 'custom', spaceText: SPACE_EXAMPLE })[3]).toBe('8')
  expect(publishedText('images', { dataset: 'digits' })).toBe('all 3823')
  expect(publishedText('depthChoices', {})).toBe('8, 11, 14, 17, 20')
  expect(publishedText('channels', { space: 'custom', spaceText: 'network: none of them' })).toBe('')
  expect(publishedText('epochs', { space: 'custom', spaceText: 'network: none of them', method: 'darts' })).toBe('50')
})

it('shows and sends only what means something beside the rest', () => {
  expect(applies('stage2Cells', {})).toBe(true)
  expect(applies('stage2Cells', { method: 'darts' })).toBe(false)
  expect(applies('clusters', { clustering: 'k-means' })).toBe(false)
  expect(applies('alphaRate', { method: 'random' })).toBe(false)
  expect(applies('stopRatio', { earlyStop: 'skips' })).toBe(false)
  const { input } = checkSettings({ method: 'darts', clustering: 'average-linkage', depth: 'auto', stage2Cells: '20' })
  expect(input).toEqual({ method: 'darts' })
})

it('starts one search for each of several seeds', () => {
  expect(checkSettings({ seed: '' })).toMatchObject({ seeds: [], input: {} })
  expect(checkSettings({ seed: '1, 2 3' })).toMatchObject({ seeds: [1, 2, 3], input: { seed: 1 } })
  expect(checkSettings({ seed: '1, 1' }).problems.seed).toMatch(/each seed once, but received 1 twice/)
  expect(checkSettings({ seed: '1, -2' }).problems.seed).toMatch(/received -2/)
  expect(checkSettings({ seed: '1, two' }).problems.seed).toBe('Expected a number, but received two.')
})

it('begins a space of one’s own with an example that holds, and tells the line of what is wrong', () => {
  const begun = inSpace({}, 'custom')
  expect(checkSettings(begun).problems).toEqual({})
  const text = SPACE_EXAMPLE.replace('[none, max_pool_3x3', '[none, maxpool')
  const { problems } = checkSettings({ ...begun, spaceText: text })
  expect(problems.spaceText).toMatch(/^Line \d+: Expected an operator .*maxpool.* max_pool_3x3/)
  expect(text.split('\n')[lineOf(problems.spaceText)! - 1]).toContain('maxpool')
  expect(checkSettings({ space: 'custom' }).problems.spaceText).toMatch(/Expected a space file/)
  expect(checkSettings({ ...begun, space: 'darts' }).input).toEqual({ space: 'darts' })
})
