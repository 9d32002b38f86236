// The engine's version, as its package says.
import { existsSync, readFileSync } from 'node:fs'

/** package.json lies beside the sources, and above what they are built into. */
const PLACES = ['package.json', '../package.json'].map((place) => new URL(place, import.meta.url))

export const engineVersion = (): string =>
  (
    JSON.parse(
      readFileSync(
        PLACES.find((place) => existsSync(place))!,
        'utf8',
      ),
    ) as { version: string }
  ).version
