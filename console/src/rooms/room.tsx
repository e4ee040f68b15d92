import Button from '@momentum-design/components/react/button/index.js'
import Toggle from '@momentum-design/components/react/toggle/index.js'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'wouter'
import type { TenancyAnswer } from '../../../src/wire/history.ts'
import type { RoomAnswer } from '../../../src/wire/rooms.ts'
import { call } from '../data/call.ts'
import { client } from '../data/client.ts'
import { keys } from '../data/keys.ts'
import { useSite } from '../data/session.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { Badge, StrengthBadge } from '../ui/badge.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { Broken, Waiting, wordsForError } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { showToast } from '../ui/toasts.tsx'
import { NoId } from './no-id.tsx'
import { RefreshSheet } from './refresh-sheet.tsx'

export function Room() {
  const words = useWords()
  const { siteUrl } = useSite()
  const { personId } = useParams<{ personId: string }>()
  const path = `/api/sites/${encodeURIComponent(siteUrl)}/rooms/${encodeURIComponent(decodeURIComponent(personId))}`
  const room = useQuery({ queryKey: [...keys.room, path], queryFn: () => call<RoomAnswer>('GET', path) })
  const above = (
    <Link href="/rooms" className="back">
      ← {words.app.places.rooms}
    </Link>
  )
  if (room.data === undefined) {
    return (
      <Page title={words.room.title} above={above}>
        {room.error ? <Broken error={room.error} onRetry={() => void room.refetch()} /> : <Waiting />}
      </Page>
    )
  }
  return <RoomView key={path} room={room.data} path={path} above={above} />
}

function RoomView({ room, path, above }: { room: RoomAnswer; path: string; above: React.ReactNode }) {
  const words = useWords()
  const text = words.room
  const format = useFormat()
  const [refreshing, setRefreshing] = useState(false)
  const mirrored = useSite().recordHolder === 'mirrored'
  const { guessability, personalMeetingRoomId: id, personalMeetingRoomLink: link, since } = room
  return (
    <Page
      title={room.displayName}
      above={above}
      badge={room.suspended && <Badge tone="bad">{words.rooms.suspended}</Badge>}
      actions={
        id !== null && (
          <>
            {link && <CopyButton text={link} label={text.copyLink} />}
            {!mirrored && (
              <Button prefixIcon="refresh-bold" onClick={() => setRefreshing(true)}>
                {text.refresh}
              </Button>
            )}
          </>
        )
      }
    >
      <div className="columns">
        <section className="card">
          <h2>{text.idTitle}</h2>
          {id === null ? (
            <p>
              <NoId room={room} />
            </p>
          ) : (
            <>
              <p className="big-id">{id}</p>
              <p className="quiet break">{link}</p>
              {guessability && (
                <p>
                  <StrengthBadge strength={guessability.strength} />{' '}
                  {words.say(guessability.reason, guessability.message ?? null)}
                </p>
              )}
              {since && <p className="quiet">{text.since(format.dateTime(since))}</p>}
              {mirrored && since === null && <p className="quiet">{words.mirror.sinceUnknown}</p>}
              {mirrored && room.readAt && <p className="quiet">{words.mirror.readAt(format.dateTime(room.readAt))}</p>}
            </>
          )}
        </section>
        <section className="card">
          <h2>{text.person}</h2>
          <dl className="facts">
            <dt>{text.email}</dt>
            <dd>{room.email}</dd>
            {room.username && (
              <>
                <dt>{text.username}</dt>
                <dd>{room.username}</dd>
              </>
            )}
            {room.department && (
              <>
                <dt>{words.rooms.department}</dt>
                <dd>{room.department}</dd>
              </>
            )}
          </dl>
          <RoomSwitches room={room} path={path} />
        </section>
      </div>
      <Tenancies path={path} />
      {refreshing && <RefreshSheet room={room} onClose={() => setRefreshing(false)} />}
    </Page>
  )
}

function RoomSwitches({ room, path }: { room: RoomAnswer; path: string }) {
  const words = useWords()
  const { recordHolder } = useSite()
  const change = useMutation({
    mutationFn: (values: { suspended?: boolean; pinned?: boolean }) => call<RoomAnswer>('PATCH', path, values),
    onSuccess: (changed, { suspended }) => {
      client.setQueryData([...keys.room, path], changed)
      void client.invalidateQueries({ queryKey: keys.rooms })
      if (suspended === undefined) return
      const said = suspended ? words.room.isSuspended : words.room.isOpenAgain
      showToast(said(changed.displayName), {
        label: words.undoIt,
        onClick: () => change.mutate({ suspended: !suspended }),
      })
    },
  })
  return (
    <div className="stack room-switches">
      <Toggle
        label={words.room.pin}
        helpText={words.room.pinAbout}
        checked={room.pinned}
        onChange={() => change.mutate({ pinned: !room.pinned })}
      />
      {recordHolder === 'held' && (
        <Toggle
          label={words.room.suspend}
          helpText={words.room.suspendAbout}
          checked={room.suspended}
          onChange={() => change.mutate({ suspended: !room.suspended })}
        />
      )}
      {change.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(change.error, words)}
        </Notice>
      )}
    </div>
  )
}

function Tenancies({ path }: { path: string }) {
  const words = useWords()
  const text = words.room
  const format = useFormat()
  const history = useQuery({
    queryKey: [...keys.room, path, 'history'],
    queryFn: () => call<{ items: TenancyAnswer[] }>('GET', `${path}/history`),
  })
  const columns: Column<TenancyAnswer>[] = [
    {
      head: words.rooms.id,
      cell: ({ personalMeetingRoomId, until }) => (
        <>
          <code>{personalMeetingRoomId ?? '—'}</code> {until === null && <Badge tone="accent">{text.now}</Badge>}
        </>
      ),
    },
    { head: words.history.from, className: 'time', cell: ({ from }) => format.dateTime(from) },
    {
      head: words.history.until,
      className: 'time',
      cell: ({ until }) => (until === null ? '' : format.dateTime(until)),
    },
    {
      head: words.history.by,
      cell: ({ tokenName }) => tokenName ?? words.history.noToken,
    },
  ]
  return (
    <section className="card">
      <h2>{text.history}</h2>
      {history.error && <Broken error={history.error} onRetry={() => void history.refetch()} />}
      {history.isPending && <Waiting lines={3} />}
      {history.data?.items.length === 0 && <p className="quiet">{text.noHistory}</p>}
      {history.data !== undefined && history.data.items.length > 0 && (
        <div className="table-box">
          <Table columns={columns} rows={history.data.items} keyOf={({ change, from }) => `${change} ${from}`} />
        </div>
      )}
    </section>
  )
}
