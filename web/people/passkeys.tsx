// One's own passkeys: adding one, taking one away.
import {
  browserSupportsWebAuthn,
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
} from '@simplewebauthn/browser'
import { useState } from 'react'
import { useQuery } from 'urql'
import { agoText } from '../charts/number-text.js'
import { graphql } from '../graphql.js'
import { Confirm } from './confirm.js'
import { FormEnd, FormField } from './form-field.js'
import { programText } from './program-text.js'
import { useDeed } from './use-deed.js'

const PASSKEYS = graphql(`
  query Passkeys {
    viewer {
      passkeys {
        id
        name
        lastUsedAt
      }
    }
  }
`)

const ASK = graphql(`
  mutation AskNewPasskey {
    askNewPasskey {
      id
      options
    }
  }
`)

const ADD = graphql(`
  mutation AddPasskey($challenge: ID!, $response: Json!, $name: String!) {
    addPasskey(challenge: $challenge, response: $response, name: $name) {
      id
    }
  }
`)

const REMOVE = graphql(`
  mutation RemovePasskey($id: ID!) {
    removePasskey(id: $id)
  }
`)

/** What a browser says where no passkey was made (Web Authentication, section 5.1.3), in words that help. */
function refusalText({ name, message }: Error): string {
  if (name === 'InvalidStateError') return 'This device holds a passkey for you already.'
  if (name === 'NotAllowedError') return 'No passkey was made: it was cancelled, or took too long. Try again.'
  if (name === 'SecurityError')
    return 'Passkeys need the address of this server by name, over https or on this machine.'
  return `No passkey was made: ${message}`
}

export function Passkeys() {
  const [{ data }, askList] = useQuery({ query: PASSKEYS })
  const ask = useDeed(ASK)
  const add = useDeed(ADD)
  const remove = useDeed(REMOVE)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [name, setName] = useState(programText(navigator.userAgent))
  const askAgain = () => askList({ requestPolicy: 'network-only' })
  const create = async () => {
    const asked = await ask.run({})
    if (!asked) return
    const { id, options } = asked.askNewPasskey
    try {
      const response = await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
      setRefusal(null)
      if (await add.run({ challenge: id, response, name })) askAgain()
    } catch (error) {
      setRefusal(refusalText(error as Error))
    }
  }
  const problem = ask.problem ?? add.problem ?? refusal
  const passkeys = data?.viewer?.passkeys ?? []
  return (
    <section className="card" aria-labelledby="passkeys-title">
      <div className="card-head">
        <h2 id="passkeys-title">Passkeys</h2>
        <span className="quiet">sign in with this device, without a password</span>
      </div>
      <ul className="lines">
        {passkeys.map((passkey) => (
          <li key={passkey.id}>
            <span className="line-main">
              <b>{passkey.name}</b>
              <br />
              <span className="quiet">
                {passkey.lastUsedAt ? `used ${agoText(Date.parse(passkey.lastUsedAt), Date.now())}` : 'never used'}
              </span>
            </span>
            <Confirm
              action="Remove"
              label={`Remove ${passkey.name}`}
              title={`Remove “${passkey.name}”?`}
              onConfirm={() => remove.run({ id: passkey.id })}
              onDone={askAgain}
              problem={remove.problem}
            >
              Nobody can sign in with it any more.
            </Confirm>
          </li>
        ))}
      </ul>
      {browserSupportsWebAuthn() && (
        <form
          className="plain-form"
          onSubmit={(event) => {
            event.preventDefault()
            void create()
          }}
        >
          <FormField label="Name of the passkey" value={name} onText={setName} problem={add.fields.name} required />
          <FormEnd disabled={ask.busy || add.busy} problem={problem}>
            Add a passkey
          </FormEnd>
        </form>
      )}
    </section>
  )
}
