// `test`: prepares, then runs everything that must hold, and ends with one line: `N passed, N failed`, and what was skipped.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { run } from './child.mjs'
import { prepare } from './prepare.mjs'
import { ROOT } from './paths.mjs'
import { createProgress } from './progress.mjs'
import { inForeground } from './start.mjs'

const tool = (path) => join(ROOT, 'node_modules', path)

/** What holds for the whole house without running it; each counts as one. */
const CHECKS = [
  { key: 'types', title: 'Checking types', script: tool('typescript/bin/tsc'), args: ['-b'] },
  { key: 'format', title: 'Checking the format', script: tool('prettier/bin/prettier.cjs'), args: ['--check', '.'] },
  {
    key: 'lint',
    title: 'Reading for mistakes',
    script: tool('eslint/bin/eslint.js'),
    args: ['--config', 'test/eslint.config.js', '.'],
  },
]

/** Tests by outcome, out of vitest's report; a file that could not be read at all counts as one failure. */
export function tally(report) {
  const outcome = { passed: 0, failed: 0, skipped: [] }
  for (const file of report.testResults) {
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) outcome.failed++
    for (const test of file.assertionResults)
      if (test.status === 'passed') outcome.passed++
      else if (test.status === 'failed') outcome.failed++
      else outcome.skipped.push(`${relative(ROOT, file.name)}: ${test.fullName.trim()}`)
  }
  return outcome
}

export const lastLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`

async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'cellboard-tests-'))
  try {
    const report = join(folder, 'report.json')
    const code = await inForeground(tool('vitest/vitest.mjs'), [
      ...['run', '--config', 'test/vitest.config.ts', '--passWithNoTests=false'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...args,
    ])
    const outcome = tally(JSON.parse(readFileSync(report, 'utf8')))
    // Vitest also fails for what happened outside of any test, for example an error nobody caught.
    if (code !== 0 && outcome.failed === 0) outcome.failed = 1
    return outcome
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** With arguments (a file, `-t name`) only those tests run, without the checks. */
export async function check(args) {
  await prepare(['packages', 'tensorflow', 'server', 'web'])
  const found = { passed: 0, failed: 0 }
  const progress = createProgress([...CHECKS.map(({ key }) => key), 'tests'])
  for (const { key, title, script, args: checkArgs } of args.length > 0 ? [] : CHECKS) {
    const { code, output } = await progress.step(key, title, () =>
      run(process.execPath, [script, ...checkArgs], { cwd: ROOT }),
    )
    found[code === 0 ? 'passed' : 'failed']++
    if (code !== 0) process.stdout.write(`\nFAILED: ${title.toLowerCase()}\n${output}\n\n`)
  }
  process.chdir(ROOT)
  const tests = await progress.step('tests', 'Running the tests', () => runTests(args), { live: false })
  for (const name of tests.skipped) process.stdout.write(`skipped: ${name}\n`)
  const all = { ...tests, passed: tests.passed + found.passed, failed: tests.failed + found.failed }
  process.stdout.write(`${lastLine(all)}\n`)
  return all.failed === 0 ? 0 : 1
}
