// An address and what it shows say the same.
import { expect, test } from 'vitest'
import { filterOf, isPlain, orderOf, parametersOf, viewOf, type View } from './view.js'

const read = (text: string) => viewOf(new URLSearchParams(text))

test('a view survives its address, and what is not known is not said', () => {
  const view: View = {
    kind: 'TRAINING',
    text: 'a b&c',
    state: 'FAILED',
    tag: 'paper/1',
    project: 'project-2',
    order: 'accuracy',
    bin: true,
  }
  expect(viewOf(new URLSearchParams(parametersOf(view)))).toEqual(view)
  expect(parametersOf(read('kind=nonsense&order=best&state=gone&bin=2'))).toEqual({})
})

test('only all runs, newest first, are put in place by themselves', () => {
  expect(isPlain(read(''))).toBe(true)
  expect(isPlain(read('kind=search'))).toBe(true)
  expect(isPlain(read('text=x'))).toBe(false)
  expect(isPlain(read('order=name'))).toBe(false)
})

test('what is asked of the API', () => {
  expect(filterOf(read('kind=search&tag=paper&state=running'))).toEqual({
    trashed: false,
    kinds: ['SEARCH'],
    states: ['RUNNING'],
    tags: { all: ['paper'] },
  })
  expect(orderOf(read('kind=training&order=accuracy'))).toMatchObject({ by: 'METRIC', name: 'test-accuracy' })
  expect(orderOf(read(''))).toEqual({ by: 'CREATED_AT', direction: 'DESC' })
})
