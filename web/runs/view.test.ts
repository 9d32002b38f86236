// An address and what it shows say the same.
import { expect, test } from 'vitest'
import {
  changed,
  columnsOf,
  isPlain,
  isWhole,
  orderBy,
  ordersOf,
  orderTitle,
  parametersOf,
  questionOf,
  viewOf,
  type View,
} from './view.js'

const read = (text: string) => viewOf(new URLSearchParams(text))

test('a view survives its address, and what is not known is not said', () => {
  const view: View = {
    kind: 'TRAINING',
    text: 'a b&c',
    state: 'FAILED',
    tag: 'paper/1',
    project: 'project-2',
    bin: true,
    where: ['setting:weightDecay = 0.0003', 'metric.max:test-accuracy >= 0.94'],
    order: { by: 'metric:test-accuracy', descends: true },
    columns: ['setting:batch', 'metric:loss'],
    after: 'a-cursor',
    before: '',
  }
  expect(read(parametersOf(view).toString())).toEqual(view)
  expect(read(parametersOf({ ...view, columns: [] }).toString()).columns).toEqual([])
  expect(parametersOf(read('kind=nonsense&order=best&state=gone&bin=2')).toString()).toBe('')
})

test('only all runs, newest first, from the first page on, are put in place by themselves', () => {
  for (const plain of ['', 'kind=search', 'column=setting:batch']) expect(isPlain(read(plain)), plain).toBe(true)
  for (const not of ['text=x', 'order=name', 'after=c', 'where=setting:batch = 1'])
    expect(isPlain(read(not)), not).toBe(false)
  expect(isWhole(read('order=name'))).toBe(true)
})

test('another filter begins at the first page', () => {
  expect(changed(read('after=c&tag=a'), { tag: 'b' })).toMatchObject({ after: '', tag: 'b' })
})

test('what is asked of the API', () => {
  const { filter, order, problems } = questionOf(read('kind=search&tag=paper&state=running&where=setting:batch >= 32'))
  expect(filter).toEqual({
    trashed: false,
    kinds: ['SEARCH'],
    states: ['RUNNING'],
    tags: { all: ['paper'] },
    settings: [{ name: 'batch', min: 32 }],
  })
  expect(order).toEqual({ by: 'CREATED_AT', direction: 'DESC' })
  expect(problems).toEqual([])
  expect(questionOf(read('where=nonsense')).problems).toEqual([
    'Expected a condition such as setting:batch >= 32 in the address, but received "nonsense".',
  ])
  expect(questionOf(read('after=c'))).toMatchObject({ first: 50, after: 'c' })
  expect(questionOf(read('before=c'))).toMatchObject({ last: 50, before: 'c' })
  expect(questionOf(read('column=setting:batch')).withSettings).toBe(true)
})

test('every column that is shown is ordered by the value that it shows', () => {
  for (const kind of ['', 'kind=search', 'kind=training', 'column=metric.max:accuracy&column=setting:batch'])
    for (const column of columnsOf(read(kind))) {
      const by = { setting: 'SETTING', metric: 'METRIC' }[column.of]
      const view = read(kind)
      const key = ordersOf(view).find((one) => orderTitle(one).includes(column.name))!
      const { order } = questionOf({ ...view, order: key })
      expect(order).toMatchObject({ by, name: column.name, ...('pick' in column && { pick: column.pick }) })
    }
})

test('a header turns the order round; accuracies begin with the greatest, losses and names with the least', () => {
  expect(orderBy(read(''), 'metric:test-accuracy').descends).toBe(true)
  expect(orderBy(read('order=-metric:test-accuracy'), 'metric:test-accuracy').descends).toBe(false)
  for (const by of ['metric:train-loss', 'name', 'setting:batch']) expect(orderBy(read(''), by).descends).toBe(false)
})
