// Makes a token, and shows its secret this once.
import { SCOPE_TEXTS, SCOPES, type Scope } from '@cellboard/schema/people'
import { useState } from 'react'
import { graphql } from '../graphql.js'
import { ChoiceField, FormEnd, FormField } from './form-field.js'
import { SecretBox } from './secret-box.js'
import { useDeed } from './use-deed.js'

const CREATE = graphql(`
  mutation CreateToken($input: TokenInput!) {
    createToken(input: $input) {
      secret
      token {
        id
      }
    }
  }
`)

const DAYS = [7, 30, 90, 366]

interface NewTokenProps {
  projects: readonly { readonly id: string; readonly name: string; readonly team: { readonly name: string } }[]
  serviceAccount?: string
  onMade: () => void
}

export function NewToken({ projects, serviceAccount, onMade }: NewTokenProps) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Scope[]>(['read'])
  const [project, setProject] = useState('')
  const [days, setDays] = useState('90')
  const [secret, setSecret] = useState<string | null>(null)
  const { busy, problem, fields, run } = useDeed(CREATE)
  const make = async () => {
    const input = {
      name,
      scopes: scopes.map((scope) => scope.toUpperCase() as Uppercase<Scope>),
      project: project || null,
      expiresInDays: Number(days),
      serviceAccount: serviceAccount ?? null,
    }
    const data = await run({ input })
    if (!data) return
    setSecret(data.createToken.secret)
    setName('')
    onMade()
  }
  return (
    <form
      className="plain-form"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <FormField
        label="What it is for"
        value={name}
        onText={setName}
        problem={fields.name}
        required
        placeholder="nightly script"
      />
      <ChoiceField
        label="Project"
        value={project}
        choices={[
          { value: '', text: 'all that I see' },
          ...projects.map(({ id, name, team }) => ({ value: id, text: `${team.name} / ${name}` })),
        ]}
        onChoice={setProject}
      />
      <ChoiceField
        label="Ends after"
        value={days}
        choices={DAYS.map((n) => ({ value: String(n), text: `${n} days` }))}
        onChoice={setDays}
      />
      <fieldset className="scopes">
        <legend>It may</legend>
        {SCOPES.map((scope) => (
          <label key={scope} className="switch">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={(event) =>
                setScopes(event.target.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))
              }
            />
            <span>
              <b>{scope}</b> <span className="quiet">{SCOPE_TEXTS[scope]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {secret && (
        <SecretBox
          label="Copy it now."
          note="It is not shown again. Send it as Authorization: Bearer."
          secret={secret}
        />
      )}
      <FormEnd disabled={busy || scopes.length === 0} problem={problem}>
        Make a token
      </FormEnd>
    </form>
  )
}
