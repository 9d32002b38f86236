// Says on standard error what is being done and how long it still takes; learns the durations of this machine.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheFolder } from './paths.mjs'

/** Seconds on two cores and an ordinary line; the last measured ones take their place. */
const TYPICAL_SECONDS = {
  packages: 30,
  tensorflow: 60,
  engine: 6,
  'server+web': 10,
  types: 20,
  format: 6,
  lint: 20,
  tests: 240,
}

const durationsFile = (env) => join(cacheFolder(env), 'durations.json')

function measuredSeconds(env) {
  try {
    return JSON.parse(readFileSync(durationsFile(env), 'utf8'))
  } catch {
    return {}
  }
}

function remember(key, seconds, env) {
  try {
    const durations = { ...measuredSeconds(env), [key]: Math.max(1, Math.round(seconds)) }
    mkdirSync(dirname(durationsFile(env)), { recursive: true })
    writeFileSync(durationsFile(env), JSON.stringify(durations))
  } catch {
    // A cache that cannot be written costs a better guess next time, nothing else.
  }
}

/** "8 s", "2 min", "1 h 5 min": as exact as one wants to know it. */
export function inWords(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/**
 * Shows steps one after the other: a live line on a terminal, else one plain line at the beginning of each.
 * `planned` are the keys of all steps to come, so that each line can say how long everything still takes.
 */
export function createProgress(planned = [], stream = process.stderr, env = process.env) {
  const expected = { ...TYPICAL_SECONDS, ...measuredSeconds(env) }
  const open = [...planned]
  const write = (text) => stream.write(text)

  /** `live: false` for work that writes to the terminal itself. */
  async function step(key, title, work, { live = stream.isTTY } = {}) {
    if (open.includes(key)) open.splice(open.indexOf(key), 1)
    const after = open.reduce((sum, next) => sum + (expected[next] ?? 5), 0)
    const began = Date.now()
    const passed = () => (Date.now() - began) / 1000
    const left = () => {
      const here = (expected[key] ?? 5) - passed()
      return here + after > 0 ? `about ${inWords(Math.max(1, here) + after)} left` : 'longer than usual'
    }
    const draw = () => write(`\r\x1b[K${title} (${left()})`)
    if (!live) write(`${title} (${left()})\n`)
    else draw()
    const timer = live && setInterval(draw, 500)
    try {
      const result = await work()
      remember(key, passed(), env)
      if (live) write(`\r\x1b[K${title}: done in ${inWords(passed())}\n`)
      return result
    } catch (error) {
      if (live) write(`\r\x1b[K${title}: failed\n`)
      throw error
    } finally {
      clearInterval(timer)
    }
  }
  return { step }
}
