/** The dialogs that connect the service to Webex and disconnect it. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../data/call.ts'
import { connectionPath, readConnectionAgain } from '../data/webex-connection.ts'
import { useWords } from '../language/use-words.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { wordsForError } from '../ui/states.tsx'

/** @param clientId the integration that is used where none is given. */
export function SignInSheet({ clientId, onClose }: { clientId: string | null; onClose(): void }) {
  const text = useWords().target
  const [given, setGiven] = useState({ clientId: '', clientSecret: '' })
  const redirectUri = `${location.origin}${connectionPath}/callback`
  const both = given.clientId.trim() !== '' && given.clientSecret.trim() !== ''
  const neither = given.clientId.trim() === '' && given.clientSecret.trim() === ''
  const begin = useMutation({
    mutationFn: () => {
      const integration = { clientId: given.clientId.trim(), clientSecret: given.clientSecret.trim() }
      return call<{ url: string }>('POST', `${connectionPath}/sign-in`, both ? integration : {})
    },
    onSuccess: ({ url }) => location.assign(url),
  })
  return (
    <Sheet
      title={text.signIn}
      onClose={onClose}
      actions={
        <ActionButton
          disabled={!(both || (neither && clientId !== null))}
          busy={begin.isPending || begin.isSuccess}
          onClick={() => begin.mutate()}
        >
          {text.goToWebex}
        </ActionButton>
      }
    >
      <p>{text.signInAbout}</p>
      <p className="quiet">{text.redirect}</p>
      <p className="id break">
        <code>{redirectUri}</code>
        <CopyButton text={redirectUri} label={text.copyRedirect} small />
      </p>
      <label className="field">
        {text.clientId}
        <input
          value={given.clientId}
          autoComplete="off"
          onChange={event => setGiven({ ...given, clientId: event.target.value })}
        />
        {clientId !== null && <span className="break">{text.knownIntegration(clientId)}</span>}
      </label>
      <label className="field">
        {text.clientSecret}
        <input
          type="password"
          value={given.clientSecret}
          autoComplete="off"
          onChange={event => setGiven({ ...given, clientSecret: event.target.value })}
        />
      </label>
      <Fault error={begin.error} />
    </Sheet>
  )
}

export function PasteSheet({ onClose }: { onClose(): void }) {
  const text = useWords().target
  const [token, setToken] = useState('')
  const paste = useMutation({
    mutationFn: () => call('PUT', connectionPath, { token: token.trim() }),
    onSuccess: () => readConnectionAgain().then(onClose),
  })
  return (
    <Sheet
      title={text.paste}
      onClose={onClose}
      actions={
        <ActionButton disabled={token.trim() === ''} busy={paste.isPending} onClick={() => paste.mutate()}>
          {text.connect}
        </ActionButton>
      }
    >
      <p>{text.pasteAbout}</p>
      <label className="field">
        {text.token}
        <input
          data-first
          type="password"
          value={token}
          autoComplete="off"
          onChange={event => setToken(event.target.value)}
        />
        <span>{text.tokenEnds}</span>
      </label>
      <Fault error={paste.error} />
    </Sheet>
  )
}

export function DisconnectSheet({ onClose }: { onClose(): void }) {
  const text = useWords().target
  const end = useMutation({
    mutationFn: () => call('DELETE', connectionPath),
    onSuccess: () => readConnectionAgain().then(onClose),
  })
  return (
    <Sheet
      title={text.disconnectTitle}
      onClose={onClose}
      actions={
        <ActionButton color="negative" busy={end.isPending} onClick={() => end.mutate()}>
          {text.disconnect}
        </ActionButton>
      }
    >
      <p>{text.disconnectAbout}</p>
      <Fault error={end.error} />
    </Sheet>
  )
}

function Fault({ error }: { error: unknown }) {
  const words = useWords()
  if (error === null) return null
  return (
    <Notice tone="bad" role="alert">
      {wordsForError(error, words)}
    </Notice>
  )
}
