import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../data/call.ts'
import { client } from '../data/client.ts'
import { keys } from '../data/keys.ts'
import { useSession } from '../data/session.ts'
import { useWords } from '../language/use-words.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Choice } from '../ui/choice.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { wordsForError } from '../ui/states.tsx'

const dayMs = 24 * 60 * 60 * 1000

/** Creates a token with the permissions of one's own, or fewer. */
export function NewTokenSheet({ onClose }: { onClose(): void }) {
  const words = useWords()
  const text = words.tokens
  const { who } = useSession()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<string>(who.role)
  const [scopes, setScopes] = useState<string[]>(who.scopes)
  const [days, setDays] = useState('90')
  const [ownToken, setOwnToken] = useState('')
  const create = useMutation({
    mutationFn: () =>
      call<{ token: string }>('POST', '/api/tokens', {
        name: name.trim(),
        role,
        scopes,
        ...(email.trim() !== '' && { email: email.trim() }),
        ...(who.sites !== null && { sites: who.sites }),
        ...(ownToken.trim() !== '' && { ownToken: ownToken.trim() }),
        ...(days !== '' && { expiresAt: new Date(Date.now() + Number(days) * dayMs).toISOString() }),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tokens }),
  })
  if (create.data !== undefined) {
    return (
      <Sheet
        key="created"
        title={text.createdTitle}
        onClose={onClose}
        leave={words.close}
        actions={<CopyButton text={create.data.token} label={text.copy} />}
      >
        <Notice tone="warning">{text.copyNow}</Notice>
        <p className="big-id small-id">{create.data.token}</p>
      </Sheet>
    )
  }
  return (
    <Sheet
      wide
      title={text.add}
      onClose={onClose}
      actions={
        <ActionButton
          disabled={name.trim() === '' || scopes.length === 0}
          busy={create.isPending}
          onClick={() => create.mutate()}
        >
          {text.create}
        </ActionButton>
      }
    >
      <div className="form-row">
        <label className="field">
          {text.purpose}
          <input data-first value={name} maxLength={128} onChange={event => setName(event.target.value)} />
        </label>
        <label className="field">
          {text.email}
          <input type="email" value={email} maxLength={320} onChange={event => setEmail(event.target.value)} />
        </label>
      </div>
      <div className="form-row">
        <Choice
          label={text.role}
          value={role}
          options={Object.entries(words.roles).map(([value, label]) => ({ value, label }))}
          onChange={setRole}
        />
        <label className="field">
          {text.days}
          <input type="number" min={1} max={3650} value={days} onChange={event => setDays(event.target.value)} />
        </label>
      </div>
      <label className="field">
        {text.ownToken}
        <input
          type="password"
          autoComplete="off"
          value={ownToken}
          maxLength={512}
          onChange={event => setOwnToken(event.target.value)}
        />
        <span className="quiet small">{text.ownTokenAbout}</span>
      </label>
      <fieldset className="ticks">
        <legend>{text.scopes}</legend>
        {who.scopes.map(scope => (
          <label key={scope} className="tick-line">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={event =>
                setScopes(event.target.checked ? [...scopes, scope] : scopes.filter(each => each !== scope))
              }
            />
            <span>
              {words.scopes[scope]}
              <code className="quiet under">{scope}</code>
            </span>
          </label>
        ))}
      </fieldset>
      {create.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(create.error, words)}
        </Notice>
      )}
    </Sheet>
  )
}
