/** Above every page of a mirrored site: how fresh it is, and how far the reading has come. */
import Button from '@momentum-design/components/react/button/index.js'
import Progressbar from '@momentum-design/components/react/progressbar/index.js'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { client } from '../data/client.ts'
import { keys } from '../data/keys.ts'
import { type SyncAnswer, showWhatWasRead, startReading, stopReading, useSync } from '../data/mirror.ts'
import { useShownSite } from '../data/session.ts'
import { useMayConnect } from '../data/webex-connection.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { Notice } from '../ui/notice.tsx'
import { Broken, wordsForError } from '../ui/states.tsx'

/** The pages are read again this often while rooms come in: auditing a large site takes a while. */
const pagesPollMs = 10_000

export function MirrorStatus() {
  const site = useShownSite()
  if (site?.recordHolder !== 'mirrored') return null
  return <Status key={site.siteUrl} siteUrl={site.siteUrl} />
}

function Status({ siteUrl }: { siteUrl: string }) {
  const words = useWords()
  const sync = useSync(siteUrl)
  usePagesFollow(sync.data)
  if (sync.error) return <Broken error={sync.error} onRetry={() => void sync.refetch()} />
  if (sync.data === undefined) return null
  return (
    <section className="card stack mirror" aria-label={words.mirror.title}>
      <Summary sync={sync.data} />
      {sync.data.stopReason !== null && (
        <Notice tone="warning">{words.sayFault(sync.data.stopReason, sync.data.stopMessage)}</Notice>
      )}
      <Shrunk sync={sync.data} />
    </section>
  )
}

function Summary({ sync }: { sync: SyncAnswer }) {
  const words = useWords()
  const text = words.mirror
  const format = useFormat()
  const { rooms, unread, phase, state } = sync
  const read = rooms - unread
  return (
    <>
      <div className="mirror-line">
        <p>
          <strong>{text.of(new URL(sync.target).host)}</strong>
          <span className="quiet">
            {state === 'stopped' ? text.stopped : state === 'waiting' ? text.waiting : text.reading}
            {' · '}
            {words.say(sync.freshness, sync.freshnessMessage)}
          </span>
        </p>
        <Control sync={sync} />
      </div>
      {phase === 'list' && sync.listedAt === null && (
        <p className="quiet" role="status">
          {text.listing(format.integer(sync.listed))}
        </p>
      )}
      {unread > 0 && (
        <Progressbar
          label={text.readOf(format.integer(read), format.integer(rooms))}
          helpText={
            sync.secondsLeft === null || sync.roomsPerMinute === null
              ? ''
              : text.pace(format.integer(sync.roomsPerMinute), format.duration(sync.secondsLeft))
          }
          value={String(rooms === 0 ? 0 : Math.floor((read / rooms) * 100))}
          dataAriaLabel={text.title}
        />
      )}
    </>
  )
}

/** Stops and starts the reading; for those who may use the connection. */
function Control({ sync: { siteUrl, state } }: { sync: SyncAnswer }) {
  const words = useWords()
  const allowed = useMayConnect()
  const change = useMutation({
    mutationFn: () => (state === 'stopped' ? startReading(siteUrl, false) : stopReading(siteUrl)),
    onSuccess: answer => client.setQueryData([...keys.sync, siteUrl], answer),
  })
  if (!allowed) return null
  return (
    <>
      {change.error && <p role="alert">{wordsForError(change.error, words)}</p>}
      <Button variant="secondary" size={28} softDisabled={change.isPending} onClick={() => change.mutate()}>
        {state === 'stopped' ? words.mirror.start : words.mirror.stop}
      </Button>
    </>
  )
}

/** A list that has lost many people is believed only when somebody says so. */
function Shrunk({ sync: { siteUrl, phase, missing, known } }: { sync: SyncAnswer }) {
  const words = useWords()
  const text = words.mirror
  const format = useFormat()
  const allowed = useMayConnect()
  const accept = useMutation({
    mutationFn: () => startReading(siteUrl, true),
    onSuccess: answer => client.setQueryData([...keys.sync, siteUrl], answer),
  })
  if (phase !== 'shrunk') return null
  return (
    <Notice
      tone="warning"
      role="alert"
      action={
        allowed && (
          <Button variant="secondary" softDisabled={accept.isPending} onClick={() => accept.mutate()}>
            {text.acceptShrink}
          </Button>
        )
      }
    >
      {text.shrunk(format.integer(missing), format.integer(known))}
      {accept.error && ` ${wordsForError(accept.error, words)}`}
    </Notice>
  )
}

/** While rooms are being read, the pages show them soon after. */
function usePagesFollow(sync: SyncAnswer | undefined): void {
  const shown = useRef({ newest: sync?.newestReadAt, at: 0 })
  useEffect(() => {
    if (sync === undefined || sync.newestReadAt === shown.current.newest) return
    const isFirst = shown.current.newest === undefined
    if (!isFirst && Date.now() - shown.current.at < pagesPollMs && sync.unread > 0) return
    shown.current = { newest: sync.newestReadAt, at: Date.now() }
    if (!isFirst) showWhatWasRead()
  }, [sync])
}
