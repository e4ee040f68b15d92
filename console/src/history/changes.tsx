import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { ChangeAnswer, RoomChangeAnswer } from '../../../src/wire/history.ts'
import { call } from '../data/call.ts'
import { keys } from '../data/keys.ts'
import { useSite } from '../data/session.ts'
import { usePages } from '../data/use-pages.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { More } from '../ui/more.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Broken, Empty, Waiting } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'

export function Changes() {
  const words = useWords()
  const text = words.history
  const { siteUrl } = useSite()
  const path = `/api/sites/${encodeURIComponent(siteUrl)}/changes`
  const list = usePages<ChangeAnswer>([...keys.changes, siteUrl], path)
  if (list.error) return <Broken error={list.error} onRetry={() => void list.refetch()} />
  if (list.isPending) return <Waiting lines={8} />
  if (list.items.length === 0) {
    return (
      <Empty icon="recents-bold" title={text.noChanges}>
        {text.noChangesAbout}
      </Empty>
    )
  }
  return (
    <div className="card table-box">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{text.when}</th>
            <th scope="col">{text.by}</th>
            <th scope="col">{text.rooms}</th>
          </tr>
        </thead>
        {list.items.map(change => (
          <Change key={change.change} change={change} path={path} />
        ))}
      </table>
      <More list={list} />
    </div>
  )
}

function Change({ change, path }: { change: ChangeAnswer; path: string }) {
  const words = useWords()
  const text = words.history
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const rotation = change.rotationId
  return (
    <tbody>
      <tr>
        <td className="time">{format.dateTime(change.at)}</td>
        <td>
          {rotation === null ? (
            (change.tokenName ?? text.noToken)
          ) : (
            <Link href={`/rotations/${rotation}`}>{text.rotation(rotation)}</Link>
          )}
        </td>
        <td>
          <button
            type="button"
            className="plain-button"
            aria-expanded={open}
            aria-label={`${text.roomCount(change.rooms, format.integer)}. ${text.show(format.dateTime(change.at))}`}
            onClick={() => setOpen(!open)}
          >
            {text.roomCount(change.rooms, format.integer)} <span aria-hidden="true">{open ? '▴' : '▾'}</span>
          </button>
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={3}>
            <RoomChanges path={`${path}/${change.change}`} />
          </td>
        </tr>
      )}
    </tbody>
  )
}

function RoomChanges({ path }: { path: string }) {
  const words = useWords()
  const text = words.history
  const change = useQuery({
    queryKey: ['change', path],
    queryFn: () => call<{ items: RoomChangeAnswer[] }>('GET', path),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const columns: Column<RoomChangeAnswer>[] = [
    {
      head: words.rooms.person,
      cell: ({ personId, email }) => <Link href={`/rooms/${encodeURIComponent(personId)}`}>{email}</Link>,
    },
    { head: text.oldId, cell: ({ oldPersonalMeetingRoomId: id }) => <code className="break">{id ?? '—'}</code> },
    {
      head: text.newId,
      className: 'to',
      cell: ({ newPersonalMeetingRoomId: id }) => <code className="break">{id ?? '—'}</code>,
    },
  ]
  if (change.error) return <Broken error={change.error} onRetry={() => void change.refetch()} />
  if (change.data === undefined) return <Waiting lines={3} />
  return (
    <ScrollArea label={text.rooms}>
      <Table columns={columns} rows={change.data.items} keyOf={({ personId }) => personId} />
    </ScrollArea>
  )
}
