// `bench`: prepares, then runs one benchmark by name; its line of JSON is the last on standard output.
import { join } from 'node:path'
import { prepare } from './prepare.mjs'
import { ROOT } from './paths.mjs'
import { inForeground } from './start.mjs'

export async function bench(args) {
  await prepare(['packages', 'tensorflow', 'tests', 'web'])
  return inForeground(join(ROOT, 'test', 'dist', 'bench', 'main.js'), args)
}
