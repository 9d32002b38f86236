// The version of the product, as its package says.
import { createRequire } from 'node:module'

// Found by the package's own name, so that it is the same from source and from dist.
export const VERSION = (createRequire(import.meta.url)('@cellboard/server/package.json') as { version: string }).version
