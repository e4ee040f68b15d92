import { useState } from 'react'
import type { ActAnswer } from '../../../src/wire/history.ts'
import { query } from '../data/call.ts'
import { useSession, useSite } from '../data/session.ts'
import { usePages } from '../data/use-pages.ts'
import { useTokens } from '../data/use-tokens.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { Choice } from '../ui/choice.tsx'
import { More } from '../ui/more.tsx'
import { Broken, Empty, Waiting } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { detailInWords, Subject } from './audit-log-words.tsx'

type Scope = 'site' | 'service'

/** Administrative actions: who did what, and when. */
export function AuditLog() {
  const words = useWords()
  const text = words.history
  const { siteUrl } = useSite()
  const { who } = useSession()
  const [scope, setScope] = useState<Scope>('site')
  const path = `/api/audit-events${query({ siteUrl: scope === 'site' ? siteUrl : null })}`
  const list = usePages<ActAnswer>(['audit-log', path], path)
  return (
    <>
      {who.sites === null && (
        <div className="narrow-field">
          <Choice
            label={text.scope}
            value={scope}
            options={Object.entries(text.scopes).map(([value, label]) => ({ value, label }))}
            onChange={value => setScope(value as Scope)}
          />
        </div>
      )}
      {list.error && <Broken error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Waiting lines={6} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty icon="recents-bold" title={text.emptyLog}>
          {text.emptyLogAbout}
        </Empty>
      )}
      {list.items.length > 0 && (
        <div className="card table-box">
          <AuditLogTable entries={list.items} />
          <More list={list} />
        </div>
      )}
    </>
  )
}

function AuditLogTable({ entries }: { entries: ActAnswer[] }) {
  const words = useWords()
  const text = words.history
  const format = useFormat()
  const tokenNames = useTokenNames()
  const columns: Column<ActAnswer>[] = [
    { head: text.when, className: 'time', cell: ({ at }) => format.dateTime(at) },
    {
      head: text.by,
      cell: ({ tokenName }) => tokenName ?? text.noToken,
    },
    { head: text.what, cell: ({ action }) => words.auditActions[action as keyof typeof words.auditActions] ?? action },
    { head: text.about, cell: entry => <Subject entry={entry} tokenNames={tokenNames} words={words} /> },
    { head: text.detail, className: 'break quiet', cell: entry => detailInWords(entry, words) },
  ]
  return <Table columns={columns} rows={entries} keyOf={({ id }) => id} />
}

/** The names of all tokens by ID: an entry about a token has only the ID. */
function useTokenNames(): Map<string, string> {
  const tokens = useTokens()
  return new Map(tokens.data?.map(({ id, name }) => [id, name]))
}
