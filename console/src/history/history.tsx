import { useSearchParams } from 'wouter'
import { useWords } from '../language/use-words.ts'
import { Page } from '../ui/page.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { AuditLog } from './audit-log.tsx'
import { Changes } from './changes.tsx'
import { IdSearch } from './id-search.tsx'

const tabs = { changes: Changes, ids: IdSearch, log: AuditLog } as const
type Tab = keyof typeof tabs

/** Changes of rooms, past holders of an ID, and the audit log. */
export function History() {
  const words = useWords()
  const [parameters, setParameters] = useSearchParams()
  const asked = parameters.get('tab') ?? 'changes'
  const tab: Tab = asked in tabs ? (asked as Tab) : 'changes'
  const View = tabs[tab]
  return (
    <Page title={words.app.places.history}>
      <Tabs
        label={words.app.places.history}
        tabs={words.history.tabs}
        chosen={tab}
        onChoose={next => setParameters({ tab: next }, { replace: true })}
      >
        <View />
      </Tabs>
    </Page>
  )
}
