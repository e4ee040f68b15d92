import Button from '@momentum-design/components/react/button/index.js'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { HoldingAnswer } from '../../../src/wire/history.ts'
import { call, query } from '../data/call.ts'
import { useSite } from '../data/session.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { Badge } from '../ui/badge.tsx'
import { Broken, Empty, Waiting } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'

interface Found {
  at: string
  holder: HoldingAnswer | null
  items: HoldingAnswer[]
}

/** Finds who had an ID at a given time, for example the ID in the link of an old invitation. */
export function IdSearch() {
  const words = useWords()
  const text = words.history
  const { siteUrl } = useSite()
  const [parameters, setParameters] = useSearchParams()
  const id = idOf(parameters.get('id') ?? '')
  const at = parameters.get('at') ?? ''
  const [typed, setTyped] = useState({ id, at })
  const found = useQuery({
    queryKey: ['id', siteUrl, id, at],
    queryFn: () =>
      call<Found>(
        'GET',
        `/api/sites/${encodeURIComponent(siteUrl)}/ids/${encodeURIComponent(id)}${query({ at: at && new Date(at).toISOString() })}`,
      ),
    enabled: id !== '',
  })

  function search(event: FormEvent) {
    event.preventDefault()
    setParameters({ tab: 'ids', id: idOf(typed.id), ...(typed.at && { at: typed.at }) }, { replace: true })
  }

  return (
    <>
      <form className="card form-row" onSubmit={search}>
        <label className="field">
          {text.id}
          <input
            value={typed.id}
            placeholder={text.idHint}
            maxLength={512}
            required
            onChange={event => setTyped({ ...typed, id: event.target.value })}
          />
        </label>
        <label className="field">
          {text.at}
          <input
            type="datetime-local"
            value={typed.at}
            onChange={event => setTyped({ ...typed, at: event.target.value })}
          />
        </label>
        <Button type="submit" prefixIcon="search-bold">
          {text.find}
        </Button>
      </form>
      {found.error && <Broken error={found.error} onRetry={() => void found.refetch()} />}
      {found.isFetching && found.data === undefined && <Waiting />}
      {found.data?.items.length === 0 && (
        <Empty icon="search-bold" title={text.neverTitle}>
          {text.never}
        </Empty>
      )}
      {found.data !== undefined && found.data.items.length > 0 && (
        <Holders id={id} now={at === ''} found={found.data} />
      )}
    </>
  )
}

/** The ID, out of a whole link if one was pasted. */
function idOf(text: string): string {
  return text
    .trim()
    .replace(/^.*\/meet\//, '')
    .replace(/[/?#].*$/, '')
    .slice(0, 64)
}

function Holders({ id, now, found }: { id: string; now: boolean; found: Found }) {
  const words = useWords()
  const text = words.history
  const format = useFormat()
  const columns: Column<HoldingAnswer>[] = [
    {
      head: words.rooms.person,
      cell: ({ personId, displayName, email }) => (
        <>
          <Link href={`/rooms/${encodeURIComponent(personId)}`}>{displayName}</Link>
          <span className="quiet small under">{email}</span>
        </>
      ),
    },
    { head: text.from, className: 'time', cell: ({ from }) => format.dateTime(from) },
    {
      head: text.until,
      className: 'time',
      cell: ({ until }) => (until === null ? <Badge tone="accent">{text.now}</Badge> : format.dateTime(until)),
    },
    {
      head: text.by,
      cell: ({ tokenName }) => tokenName ?? text.noToken,
    },
  ]
  return (
    <section className="card">
      <p role="status" className="lead">
        {found.holder === null ? text.nobody(id, now) : text.holder(found.holder.displayName, id, now)}
      </p>
      <h2>{text.holders}</h2>
      <div className="table-box">
        <Table columns={columns} rows={found.items} keyOf={({ personId, from }) => `${personId} ${from}`} />
      </div>
    </section>
  )
}
