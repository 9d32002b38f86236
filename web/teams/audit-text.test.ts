// Sentences of the audit log.
import { expect, test } from 'vitest'
import { auditText } from './audit-text.js'

test('what was done, changed and refused', () => {
  expect(auditText({ action: 'startSearch', detail: {} })).toBe('started a search')
  expect(auditText({ action: 'setRole', detail: { from: 'viewer', to: 'owner' } })).toBe(
    'changed a role: viewer → owner',
  )
  expect(auditText({ action: 'invite', detail: { refused: 'Expected the role owner.' } })).toBe(
    'was refused: invited somebody',
  )
  expect(auditText({ action: 'somethingNew', detail: {} })).toBe('somethingNew')
})
