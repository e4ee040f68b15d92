/** The connection to Webex: its state, and how to make or end it. */
import Button from '@momentum-design/components/react/button/index.js'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { useConnection, useMayConnect, type WebexConnectionAnswer } from '../data/webex-connection.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { Badge } from '../ui/badge.tsx'
import { Broken, Waiting } from '../ui/states.tsx'
import { DisconnectSheet, PasteSheet, SignInSheet } from './webex-sheets.tsx'

type OpenSheet = 'signIn' | 'paste' | 'disconnect'

export function WebexConnection() {
  const text = useWords().target
  const allowed = useMayConnect()
  const connection = useConnection()
  if (!allowed) return null
  return (
    <section className="card stack" aria-labelledby="webex">
      <div>
        <h2 id="webex">{text.title}</h2>
        <p className="quiet">{text.about}</p>
      </div>
      {connection.isPending && <Waiting lines={2} />}
      {connection.error && <Broken error={connection.error} onRetry={() => void connection.refetch()} />}
      {connection.data && <Connection connection={connection.data} />}
    </section>
  )
}

function Connection({ connection }: { connection: WebexConnectionAnswer }) {
  const text = useWords().target
  const [openSheet, setOpenSheet] = useState<OpenSheet | null>(null)
  const [parameters, setParameters] = useSearchParams()
  const { by } = connection
  const close = () => setOpenSheet(null)
  const open = (sheet: OpenSheet) => {
    // The outcome of the last sign-in is no longer of interest.
    setParameters({}, { replace: true })
    setOpenSheet(sheet)
  }
  return (
    <>
      <Outcome outcome={parameters.get('webex')} />
      <Facts connection={connection} />
      {by === 'token' && <p className="quiet">{text.tokenEnds}</p>}
      {by === 'environment' ? (
        <p className="quiet">{text.environmentAbout}</p>
      ) : (
        <div className="actions">
          <Button variant={by === null ? 'primary' : 'secondary'} onClick={() => open('signIn')}>
            {text.signIn}
          </Button>
          <Button variant="secondary" onClick={() => open('paste')}>
            {text.paste}
          </Button>
          {by !== null && (
            <Button variant="secondary" color="negative" onClick={() => open('disconnect')}>
              {text.disconnect}
            </Button>
          )}
        </div>
      )}
      {openSheet === 'signIn' && <SignInSheet clientId={connection.clientId} onClose={close} />}
      {openSheet === 'paste' && <PasteSheet onClose={close} />}
      {openSheet === 'disconnect' && <DisconnectSheet onClose={close} />}
    </>
  )
}

/** The outcome of a sign-in, once Webex has sent the browser back. */
function Outcome({ outcome }: { outcome: string | null }) {
  const { outcomes } = useWords().target
  if (outcome === null || !(outcome in outcomes)) return null
  const good = outcome === 'connected'
  return (
    <p role={good ? 'status' : 'alert'} className={good ? 'notice' : 'notice bad'}>
      {outcomes[outcome as keyof typeof outcomes]}
    </p>
  )
}

function Facts({
  connection: { url, by, who, scopes, since, until, tokenUntil },
}: {
  connection: WebexConnectionAnswer
}) {
  const words = useWords()
  const text = words.target
  const format = useFormat()
  return (
    <dl className="facts">
      <dt>{words.tokens.state}</dt>
      <dd>{by === null ? <Badge tone="plain">{text.none}</Badge> : <Badge tone="good">{text.connected[by]}</Badge>}</dd>
      <dt>{text.api}</dt>
      <dd>
        <code>{url}</code>
      </dd>
      {(by === 'signIn' || by === 'token') && (
        <>
          <dt>{text.who}</dt>
          <dd>{who === null ? text.unknownWho : `${who.name} (${who.email})`}</dd>
        </>
      )}
      {since !== null && (
        <>
          <dt>{text.since}</dt>
          <dd>{format.dateTime(since)}</dd>
        </>
      )}
      {by === 'token' && (
        <>
          <dt>{text.tokenUntil}</dt>
          <dd>{tokenUntil === null ? text.unknownEnd : format.dateTime(tokenUntil)}</dd>
        </>
      )}
      {until !== null && (
        <>
          <dt>{text.until}</dt>
          <dd>{format.dateTime(until)}</dd>
        </>
      )}
      {scopes !== null && (
        <>
          <dt>{text.scopes}</dt>
          <dd>
            {scopes.map(scope => (
              <div key={scope}>
                <code>{scope}</code>
              </div>
            ))}
          </dd>
        </>
      )}
    </dl>
  )
}
