import Button from '@momentum-design/components/react/button/index.js'
import { useState } from 'react'
import type { TokenAnswer } from '../../../src/wire/tokens.ts'
import { call } from '../data/call.ts'
import { client } from '../data/client.ts'
import { keys } from '../data/keys.ts'
import { useSession } from '../data/session.ts'
import { useTokens } from '../data/use-tokens.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { Badge } from '../ui/badge.tsx'
import { ConfirmSheet } from '../ui/confirm-sheet.tsx'
import { Broken, Waiting } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { NewTokenSheet } from './new-token-sheet.tsx'

/** Who may use the service. Tokens that have ended are shown on request. */
export function Tokens() {
  const words = useWords()
  const text = words.tokens
  const format = useFormat()
  const { who } = useSession()
  const [creating, setCreating] = useState(false)
  const [ended, setEnded] = useState(false)
  const [revoking, setRevoking] = useState<TokenAnswer | null>(null)
  const [withMade, setWithMade] = useState(false)
  const tokens = useTokens()
  const all = tokens.data ?? []
  const nameOf = (id: string) => all.find(token => token.id === id)?.name ?? id
  const columns: Column<TokenAnswer>[] = [
    {
      head: text.purpose,
      cell: ({ id, name, email, madeBy }) => (
        <>
          {name} {id === who.tokenId && <Badge tone="accent">{text.own}</Badge>}
          {email && <span className="quiet small under break">{email}</span>}
          {madeBy && <span className="quiet small under break">{text.madeWith(nameOf(madeBy))}</span>}
        </>
      ),
    },
    { head: text.role, cell: ({ role }) => words.roles[role as keyof typeof words.roles] },
    { head: text.created, className: 'time', cell: ({ createdAt }) => format.date(createdAt) },
    {
      head: text.expires,
      className: 'time',
      cell: ({ expiresAt }) => (expiresAt === null ? text.never : format.date(expiresAt)),
    },
    {
      head: text.state,
      cell: token => (
        <Badge tone={hasEnded(token) ? 'plain' : 'good'}>
          {token.revokedAt !== null ? text.revoked : isExpired(token) ? text.expired : text.active}
        </Badge>
      ),
    },
    {
      head: words.actions,
      quietHead: true,
      cell: token =>
        !hasEnded(token) && (
          <div className="actions row-actions">
            <Button
              variant="tertiary"
              size={28}
              aria-label={text.revokeOf(token.name)}
              onClick={() => setRevoking(token)}
            >
              {text.revoke}
            </Button>
          </div>
        ),
    },
  ]
  const made = revoking === null ? [] : madeWith(all, revoking.id).filter(token => !hasEnded(token))
  const shown = ended ? all : all.filter(token => !hasEnded(token))
  return (
    <section className="card stack">
      <div className="page-head">
        <div>
          <h2>{text.title}</h2>
          <p className="quiet">{text.about}</p>
        </div>
        <Button variant="secondary" prefixIcon="plus-bold" onClick={() => setCreating(true)}>
          {text.add}
        </Button>
      </div>
      {tokens.isPending && <Waiting />}
      {tokens.error && <Broken error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.data && (
        <div className="table-box">
          <Table columns={columns} rows={shown} keyOf={({ id }) => id} />
        </div>
      )}
      {all.some(hasEnded) && (
        <label className="tick-line">
          <input type="checkbox" checked={ended} onChange={event => setEnded(event.target.checked)} />
          {text.showEnded(all.filter(hasEnded).length)}
        </label>
      )}
      {creating && <NewTokenSheet onClose={() => setCreating(false)} />}
      {revoking && (
        <ConfirmSheet
          title={text.revokeTitle(revoking.name)}
          about={text.revokeAbout}
          action={text.revoke}
          onYes={async () => {
            await call('DELETE', `/api/tokens/${revoking.id}${withMade && made.length > 0 ? '?made=true' : ''}`)
            await client.invalidateQueries({ queryKey: keys.tokens })
          }}
          onClose={() => {
            setRevoking(null)
            setWithMade(false)
          }}
        >
          {made.length > 0 && (
            <label className="tick-line">
              <input type="checkbox" checked={withMade} onChange={event => setWithMade(event.target.checked)} />
              {text.revokeMade(made.map(({ name }) => name).join(', '))}
            </label>
          )}
        </ConfirmSheet>
      )}
    </section>
  )
}

/** What was made with a token, and with that. */
function madeWith(tokens: TokenAnswer[], id: string, seen = new Set([id])): TokenAnswer[] {
  return tokens
    .filter(token => token.madeBy === id && !seen.has(token.id))
    .flatMap(token => [token, ...madeWith(tokens, token.id, seen.add(token.id))])
}

function isExpired({ expiresAt }: TokenAnswer): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now()
}

function hasEnded(token: TokenAnswer): boolean {
  return token.revokedAt !== null || isExpired(token)
}
