import Button from '@momentum-design/components/react/button/index.js'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TokenAnswer } from '../../../src/wire/tokens.ts'
import { call } from '../api/call.ts'
import { client } from '../api/client.ts'
import { Mark } from '../parts/marks.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { Broken, Waiting, wordsForError } from '../parts/states.tsx'
import { useFormat } from '../shell/format.ts'
import { useWords } from '../shell/preferences.tsx'
import { useSession } from '../shell/session.tsx'
import { NewTokenSheet } from './new-token-sheet.tsx'

export function Tokens() {
  const words = useWords()
  const text = words.settings
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<TokenAnswer | null>(null)
  const tokens = useQuery({
    queryKey: ['tokens'],
    queryFn: () => call<{ items: TokenAnswer[] }>('GET', '/api/tokens'),
  })
  return (
    <section className="card stack">
      <div className="page-head">
        <div>
          <h2>{text.tokens}</h2>
          <p className="quiet">{text.tokensAbout}</p>
        </div>
        <Button variant="secondary" prefixIcon="plus-bold" onClick={() => setMaking(true)}>
          {text.newToken}
        </Button>
      </div>
      {tokens.isPending && <Waiting />}
      {tokens.error && <Broken error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.data && (
        <div className="table-box">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{text.tokenName}</th>
                <th scope="col">{text.role}</th>
                <th scope="col">{text.created}</th>
                <th scope="col">{text.expires}</th>
                <th scope="col">{text.state}</th>
                <th scope="col">
                  <span className="unseen">{text.revoke}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {tokens.data.items.map(token => (
                <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {making && <NewTokenSheet onClose={() => setMaking(false)} />}
      {revoking && <RevokeSheet token={revoking} onClose={() => setRevoking(null)} />}
    </section>
  )
}

function TokenRow({ token, onRevoke }: { token: TokenAnswer; onRevoke(): void }) {
  const words = useWords()
  const text = words.settings
  const format = useFormat()
  const { who } = useSession()
  const { id, name, role, createdAt, expiresAt, revokedAt } = token
  const expired = expiresAt !== null && Date.parse(expiresAt) <= Date.now()
  const ended = revokedAt !== null || expired
  return (
    <tr>
      <td>
        {name} {id === who.tokenId && <Mark tone="accent">{text.own}</Mark>}
      </td>
      <td>{words.roles[role as keyof typeof words.roles]}</td>
      <td>{format.date(createdAt)}</td>
      <td>{expiresAt === null ? text.never : format.date(expiresAt)}</td>
      <td>
        <Mark tone={ended ? 'plain' : 'good'}>
          {revokedAt !== null ? text.revoked : expired ? text.expired : text.active}
        </Mark>
      </td>
      <td className="number">
        {!ended && (
          <Button variant="tertiary" size={28} aria-label={text.revokeOf(name)} onClick={onRevoke}>
            {text.revoke}
          </Button>
        )}
      </td>
    </tr>
  )
}

function RevokeSheet({ token, onClose }: { token: TokenAnswer; onClose(): void }) {
  const words = useWords()
  const revoke = useMutation({
    mutationFn: () => call('DELETE', `/api/tokens/${token.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['tokens'] })
      onClose()
    },
  })
  return (
    <Sheet
      title={words.settings.revokeTitle(token.name)}
      onClose={onClose}
      actions={
        <Button color="negative" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
          {words.settings.revoke}
        </Button>
      }
    >
      <p>{words.settings.revokeAbout}</p>
      {revoke.error && (
        <p role="alert" className="bad-text">
          {wordsForError(revoke.error, words)}
        </p>
      )}
    </Sheet>
  )
}
