// Files fall into the group of what one does with them, and none is lost.
import { expect, it } from 'vitest'
import { fileGroups, sizeText } from './file-groups.js'

it('groups the files of a training, and loses none', () => {
  const names = [
    'card.json',
    'saved-model/variables/variables.index',
    'weights.bin',
    'model.json',
    'model.onnx',
    'genotype.py',
    'cell-normal.pdf',
    'something else',
  ]
  const groups = fileGroups(names.map((name) => ({ name })))
  expect(groups.map(({ title, files }) => [title, ...files.map((file) => file.name)])).toEqual([
    ['TensorFlow.js', 'weights.bin', 'model.json'],
    ['SavedModel', 'saved-model/variables/variables.index'],
    ['ONNX', 'model.onnx'],
    ['Genotype', 'genotype.py'],
    ['Drawings', 'cell-normal.pdf'],
    ['Card', 'card.json'],
    ['Others', 'something else'],
  ])
})

it('tells sizes in two digits at least', () => {
  expect([0, 999, 1000, 2345, 99_500, 14_400_000, 3.2e9].map(sizeText)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '2.3 kB',
    '100 kB',
    '14 MB',
    '3.2 GB',
  ])
})
