// How the methods of a search are called.
import type { Method } from '@cellboard/schema/settings'

export const METHOD_TITLES: Readonly<Record<Method, string>> = {
  stacnas: 'StacNAS',
  darts: 'DARTS',
  random: 'Random search',
}
