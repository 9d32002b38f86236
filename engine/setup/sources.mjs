// Whether what was built is still current: a fingerprint of the sources, kept in a stamp beside the clone.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, STATE } from './paths.mjs'

const BUILT_OR_FOREIGN = new Set(['node_modules', 'dist'])

/** A fingerprint of all files below these paths: names, sizes and times, which costs milliseconds. */
export function fingerprint(paths, root = ROOT) {
  const hash = createHash('sha256').update(process.version)
  const visit = (path) => {
    const facts = statSync(join(root, path), { throwIfNoEntry: false })
    if (!facts) return
    if (facts.isDirectory())
      for (const name of readdirSync(join(root, path)).sort()) {
        if (!BUILT_OR_FOREIGN.has(name)) visit(join(path, name))
      }
    else hash.update(`${path} ${facts.size} ${facts.mtimeMs}\n`)
  }
  for (const path of paths) visit(path)
  return hash.digest('hex')
}

export function readStamp(name, state = STATE) {
  try {
    return JSON.parse(readFileSync(join(state, `${name}.json`), 'utf8'))
  } catch {
    return null
  }
}

export function writeStamp(name, facts, state = STATE) {
  mkdirSync(state, { recursive: true })
  writeFileSync(join(state, `${name}.json`), JSON.stringify(facts))
}

export const removeStamp = (name, state = STATE) => rmSync(join(state, `${name}.json`), { force: true })

/** Whether all that package-lock.json asks for on this machine is what npm noted last that it installed. */
export function packagesAreCurrent(root = ROOT) {
  try {
    const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages
    const wanted = read('package-lock.json')
    const installed = read(join('node_modules', '.package-lock.json'))
    return Object.entries(wanted).every(([path, entry]) => {
      if (!path.includes('node_modules/')) return true
      if (entry.link) return existsSync(join(root, path))
      const there = installed[path]
      return there ? there.version === entry.version : Boolean(entry.optional || entry.peer)
    })
  } catch {
    return false
  }
}
