// Where setup keeps things: this clone, what it knows about the clone, and the cache that a person's clones share.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The clone's top folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/** Stamps of this clone: what was built from which sources. Never committed; may be deleted at any time. */
export const STATE = join(ROOT, '.cellboard')

/** Downloads, built addons and measured durations, shared by all clones of one person. May be deleted at any time. */
export const cacheFolder = (env = process.env) =>
  join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'cellboard')

/** The package whose addon is built here. */
export const TFJS_NODE = join(ROOT, 'node_modules', '@tensorflow', 'tfjs-node-gpu')
