import { useState } from 'react'
import type { ActAnswer } from '../../../src/wire/history.ts'
import { query } from '../api/call.ts'
import { Choice } from '../parts/choice.tsx'
import { Broken, Empty, Waiting } from '../parts/states.tsx'
import { useFormat } from '../shell/format.ts'
import { useWords } from '../shell/preferences.tsx'
import { useSession, useSite } from '../shell/session.tsx'
import { More } from './more.tsx'
import { usePages } from './use-pages.ts'

type Scope = 'site' | 'service'

export function Acts() {
  const words = useWords()
  const text = words.history
  const { siteUrl } = useSite()
  const { who } = useSession()
  const [scope, setScope] = useState<Scope>('site')
  const path = `/api/audit-events${query({ siteUrl: scope === 'site' ? siteUrl : null })}`
  const list = usePages<ActAnswer>(['acts', path], path)
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
        <Empty icon="recents-bold" title={text.noActs}>
          {text.noActsAbout}
        </Empty>
      )}
      {list.items.length > 0 && (
        <div className="card table-box">
          <ActTable acts={list.items} />
          <More list={list} />
        </div>
      )}
    </>
  )
}

function ActTable({ acts }: { acts: ActAnswer[] }) {
  const words = useWords()
  const text = words.history
  const format = useFormat()
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{text.when}</th>
          <th scope="col">{text.by}</th>
          <th scope="col">{text.what}</th>
          <th scope="col">{text.about}</th>
          <th scope="col">{text.detail}</th>
        </tr>
      </thead>
      <tbody>
        {acts.map(({ id, at, tokenName, action, subject, detail }) => (
          <tr key={id}>
            <td>{format.dateTime(at)}</td>
            <td>{tokenName ?? text.noToken}</td>
            <td>{words.acts[action as keyof typeof words.acts] ?? action}</td>
            <td className="break">{subject}</td>
            <td className="break small">{inWords(detail)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function inWords(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.length : String(value)}`)
    .join(', ')
}
