// Whether a path leads into a folder, links resolved: a server reads only what was put into its data folder.
import { realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'

/** The real path of what `path` names, relative to `folder` unless it is absolute; or why it may not be read. */
export function insideFolder(folder: string, path: string): { path: string | null; problem?: string } {
  const refuse = (problem: string) => ({ path: null, problem })
  // A path that leads out is refused before one looks: whether something is there is none of a client's affair.
  if (!isWithin(resolve(folder), resolve(folder, path)))
    return refuse(`Expected a path in the data folder of this server (${folder}), but "${path}" leads out of it.`)
  const real = realPath(resolve(folder, path))
  if (real === null)
    return refuse(
      `Expected a folder or file in the data folder of this server, but there is no ${resolve(folder, path)}.`,
    )
  if (!isWithin(realPath(folder) ?? folder, real))
    return refuse(
      `Expected a path in the data folder of this server (${folder}), but a link of "${path}" leads out of it.`,
    )
  return { path: real }
}

export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null // missing, or behind a folder that may not be read
  }
}
