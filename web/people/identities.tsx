// As whom a provider knows one: linking it to one's account, unlinking it. Absent where there is neither a provider nor such a link.
import { useQuery } from 'urql'
import { useSearchParams } from 'react-router'
import { agoText } from '../charts/number-text.js'
import { graphql } from '../graphql.js'
import { Confirm } from './confirm.js'
import { useDeed } from './use-deed.js'

const IDENTITIES = graphql(`
  query Identities {
    server {
      signInProvider {
        name
      }
    }
    viewer {
      identities {
        id
        issuer
        subject
        createdAt
      }
    }
  }
`)

const ASK = graphql(`
  mutation AskIdentity {
    askIdentity
  }
`)

const UNLINK = graphql(`
  mutation UnlinkIdentity($id: ID!) {
    unlinkIdentity(id: $id)
  }
`)

export function Identities() {
  const [{ data }, again] = useQuery({ query: IDENTITIES })
  const [parameters] = useSearchParams()
  const ask = useDeed(ASK)
  const unlink = useDeed(UNLINK)
  const provider = data?.server.signInProvider
  const identities = data?.viewer?.identities ?? []
  if (!provider && identities.length === 0) return null
  const link = async () => {
    const asked = await ask.run({})
    if (asked) location.assign(asked.askIdentity)
  }
  const problem = ask.problem ?? parameters.get('problem')
  return (
    <section className="card" aria-labelledby="identities-title">
      <div className="card-head">
        <h2 id="identities-title">Sign in by a provider</h2>
      </div>
      <ul className="lines">
        {identities.map(({ id, issuer, subject, createdAt }) => (
          <li key={id}>
            <span className="line-main">
              <b>{new URL(issuer).host}</b>
              <br />
              <span className="quiet">
                as {subject}, linked {agoText(Date.parse(createdAt), Date.now())}
              </span>
            </span>
            <Confirm
              action="Unlink"
              label={`Unlink ${new URL(issuer).host}`}
              title={`Unlink ${new URL(issuer).host}?`}
              onConfirm={() => unlink.run({ id })}
              onDone={() => again({ requestPolicy: 'network-only' })}
              problem={unlink.problem}
            >
              You can no longer sign in there as “{subject}”.
            </Confirm>
          </li>
        ))}
      </ul>
      <div className="form-end">
        {provider && (
          <button type="button" className="button button-quiet" disabled={ask.busy} onClick={() => void link()}>
            Link {provider.name}
          </button>
        )}
        {problem && (
          <span className="problem" role="alert">
            {problem}
          </span>
        )}
      </div>
    </section>
  )
}
