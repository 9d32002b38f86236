// Flags come out of a schema: every key has one, values are read as the schema means them, and what is wrong is answered helpfully.
import { resolveSettings, searchSettingsSchema } from '@cellboard/schema/settings'
import { describe, expect, test } from 'vitest'
import { checkFlags, describeFlags, flagsOf, readFlags } from './cli-flags.js'

const FLAGS = flagsOf(searchSettingsSchema)
const settings = (...args: string[]) => checkFlags(searchSettingsSchema, readFlags(args, FLAGS))

describe('the flags of a search', () => {
  test('are the keys of the schema, each with its description', () => {
    expect(FLAGS.map(({ key }) => key)).toEqual(Object.keys(searchSettingsSchema.shape))
    const help = describeFlags(FLAGS)
    for (const { name, description } of FLAGS) {
      expect(help).toContain(name)
      expect(description, `${name} says nothing about itself`).not.toBe('')
    }
  })

  test('none given: the defaults of the schema', () => {
    expect(settings()).toEqual(searchSettingsSchema.parse({}))
  })

  test('numbers, names, booleans, lists of numbers and clusters', () => {
    const given = settings(
      ...['--dataset=digits', '--stage1-cells', '3', '--weight-rate', '1e-1', '--no-augment', '--depth-choices', '5,8'],
      '--clusters',
      'max_pool_3x3,avg_pool_3x3;skip_connect;sep_conv_3x3,sep_conv_5x5;dil_conv_3x3, dil_conv_5x5',
    )
    expect(given).toMatchObject({
      dataset: 'digits',
      stage1Cells: 3,
      weightRate: 0.1,
      augment: false,
      depthChoices: [5, 8],
    })
    expect(resolveSettings(given).clusters).toEqual([
      ['max_pool_3x3', 'avg_pool_3x3'],
      ['skip_connect'],
      ['sep_conv_3x3', 'sep_conv_5x5'],
      ['dil_conv_3x3', 'dil_conv_5x5'],
    ])
  })
})

describe('what is not understood', () => {
  test.each([
    ['a flag that is not known', ['--epoch', '3'], /no flag --epoch\. Did you mean --epochs/],
    ['a name that is not known', ['--dataset', 'cifar'], /Did you mean cifar10 or cifar100\?/],
    ['an operator that is not known', ['--clusters', 'skip_conect;max_pool_3x3'], /Did you mean skip_connect\?/],
    ['a word where a number belongs', ['--epochs', 'many'], /Expected a number after --epochs, but received many\./],
    ['a gap in a list of numbers', ['--depth-choices', '8,,11'], /Expected a number after --depth-choices/],
    ['a broken number', ['--epochs', '1.5'], /Expected a whole number for --epochs, but received 1\.5\./],
    ['a number out of range', ['--seed', '-1'], /Expected at least 0 for --seed, but received -1\./],
    ['nothing where a value belongs', ['--epochs'], /Expected a value after --epochs\./],
    ['a value where none belongs', ['--augment=3'], /Expected nothing after --augment/],
    ['a flag given twice', ['--seed', '1', '--seed', '2'], /once, but received it twice/],
    ['a word that is no flag', ['darts'], /Expected only flags, but received darts\./],
    ['a rule between two settings', ['--images', '10'], /--batch: Expected at most the 10 images/],
  ])('%s', (_, args, sentence) => {
    expect(() => settings(...args)).toThrow(sentence)
  })
})
