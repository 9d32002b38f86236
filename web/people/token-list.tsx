// Tokens of somebody: what they may, when they were used, and how to take them back.
import { agoText, clockText } from '../charts/number-text.js'
import { graphql } from '../graphql.js'
import { Confirm } from './confirm.js'
import { useDeed } from './use-deed.js'

const REVOKE = graphql(`
  mutation RevokeToken($id: ID!) {
    revokeToken(id: $id) {
      id
    }
  }
`)

export interface TokenFacts {
  readonly id: string
  readonly name: string
  readonly beginning: string
  readonly scopes: readonly string[]
  readonly project: string | null
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

function stateOf({ revokedAt, expiresAt, lastUsedAt }: TokenFacts, now: number): string {
  if (revokedAt) return 'revoked'
  if (expiresAt && Date.parse(expiresAt) <= now) return 'expired'
  const used = lastUsedAt ? `used ${agoText(Date.parse(lastUsedAt), now)}` : 'never used'
  return `${used} · until ${expiresAt ? clockText(Date.parse(expiresAt)) : 'revoked'}`
}

export function TokenList({ tokens, onChange }: { tokens: readonly TokenFacts[]; onChange: () => void }) {
  const { problem, run } = useDeed(REVOKE)
  const now = Date.now()
  if (tokens.length === 0) return <p className="quiet">No tokens so far.</p>
  return (
    <ul className="lines">
      {tokens.map((token) => (
        <li key={token.id}>
          <span className="line-main">
            <b>{token.name}</b> <code>{token.beginning}…</code>
            <br />
            <span className="quiet">
              {token.scopes.map((scope) => scope.toLowerCase()).join(', ')}
              {token.project && ' · one project'} · {stateOf(token, now)}
            </span>
          </span>
          {!token.revokedAt && (
            <Confirm
              action="Revoke"
              label={`Revoke ${token.name}`}
              title={`Revoke “${token.name}”?`}
              onConfirm={() => run({ id: token.id })}
              onDone={onChange}
              problem={problem}
            >
              Programs that ask with it are refused from now on; lines that it holds open close.
            </Confirm>
          )}
        </li>
      ))}
    </ul>
  )
}
