import Button from '@momentum-design/components/react/button/index.js'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { WebhookAnswer } from '../../../src/wire/webhooks.ts'
import { call } from '../data/call.ts'
import { client } from '../data/client.ts'
import { keys } from '../data/keys.ts'
import { useSession } from '../data/session.ts'
import { usePages } from '../data/use-pages.ts'
import { useWords } from '../language/use-words.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Badge } from '../ui/badge.tsx'
import { ConfirmSheet } from '../ui/confirm-sheet.tsx'
import { More } from '../ui/more.tsx'
import { Notice } from '../ui/notice.tsx'
import { Broken, Waiting, wordsForError } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { DeliveriesSheet } from './deliveries-sheet.tsx'
import { WebhookSheet } from './webhook-sheet.tsx'

type OpenSheet = { what: 'change' | 'deliveries' | 'remove'; webhook: WebhookAnswer } | { what: 'add' } | null

/** The webhooks that are called when the ID of a room changes. */
export function Webhooks() {
  const words = useWords()
  const text = words.webhooks
  const { who } = useSession()
  const mayWrite = who.scopes.includes('spark:webhooks_write')
  const list = usePages<WebhookAnswer>(keys.webhooks, '/v1/webhooks')
  const [openSheet, setOpenSheet] = useState<OpenSheet>(null)
  const close = () => setOpenSheet(null)
  const columns: Column<WebhookAnswer>[] = [
    {
      head: text.name,
      cell: ({ name, targetUrl }) => (
        <>
          {name}
          <span className="quiet small under break">{targetUrl}</span>
        </>
      ),
    },
    {
      head: text.event,
      cell: ({ resource, event, filter }) => (
        <>
          {resource === 'rooms' ? (text.events[event as keyof typeof text.events] ?? event) : text.never}
          <span className="quiet small under">{filter?.replace(/^siteUrl=/i, '') ?? text.everySite}</span>
        </>
      ),
    },
    {
      head: text.state,
      cell: ({ status }) => (
        <>
          <Badge tone={status === 'active' ? 'good' : 'bad'}>{text.states[status]}</Badge>
          {status === 'inactive' && <span className="quiet small under reason">{text.inactiveAbout}</span>}
        </>
      ),
    },
    {
      head: words.actions,
      quietHead: true,
      cell: webhook => (
        <Actions webhook={webhook} mayWrite={mayWrite} onOpen={what => setOpenSheet({ what, webhook })} />
      ),
    },
  ]
  return (
    <section className="card stack">
      <div className="page-head">
        <div>
          <h2>{text.title}</h2>
          <p className="quiet">{text.about}</p>
        </div>
        {mayWrite && (
          <Button variant="secondary" prefixIcon="plus-bold" onClick={() => setOpenSheet({ what: 'add' })}>
            {text.add}
          </Button>
        )}
      </div>
      {list.isPending && <Waiting />}
      {list.error && <Broken error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && <p className="quiet">{text.none}</p>}
      {list.items.length > 0 && (
        <div className="table-box">
          <Table columns={columns} rows={list.items} keyOf={({ id }) => id} />
          <More list={list} />
        </div>
      )}
      {openSheet?.what === 'add' && <WebhookSheet onClose={close} />}
      {openSheet?.what === 'change' && <WebhookSheet webhook={openSheet.webhook} onClose={close} />}
      {openSheet?.what === 'deliveries' && (
        <DeliveriesSheet webhook={openSheet.webhook} mayWrite={mayWrite} onClose={close} />
      )}
      {openSheet?.what === 'remove' && (
        <ConfirmSheet
          title={text.removeTitle(openSheet.webhook.name)}
          about={text.removeAbout}
          action={text.remove}
          onYes={async () => {
            await call('DELETE', `/v1/webhooks/${encodeURIComponent(openSheet.webhook.id)}`)
            await client.invalidateQueries({ queryKey: keys.webhooks })
          }}
          onClose={close}
        />
      )}
    </section>
  )
}

interface ActionsProps {
  webhook: WebhookAnswer
  mayWrite: boolean
  onOpen(what: 'change' | 'deliveries' | 'remove'): void
}

function Actions({ webhook, mayWrite, onOpen }: ActionsProps) {
  const words = useWords()
  const text = words.webhooks
  const { id, name, targetUrl, status } = webhook
  const activate = useMutation({
    mutationFn: () =>
      call<WebhookAnswer>('PUT', `/v1/webhooks/${encodeURIComponent(id)}`, { name, targetUrl, status: 'active' }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.webhooks }),
  })
  return (
    <>
      <div className="actions row-actions">
        {status === 'inactive' && mayWrite && (
          <ActionButton variant="secondary" size={28} busy={activate.isPending} onClick={() => activate.mutate()}>
            {text.activate}
          </ActionButton>
        )}
        <Button variant="tertiary" size={28} aria-label={text.deliveriesOf(name)} onClick={() => onOpen('deliveries')}>
          {text.deliveries}
        </Button>
        {mayWrite && (
          <>
            <Button variant="tertiary" size={28} aria-label={text.changeOf(name)} onClick={() => onOpen('change')}>
              {words.change}
            </Button>
            <Button variant="tertiary" size={28} aria-label={text.removeOf(name)} onClick={() => onOpen('remove')}>
              {text.remove}
            </Button>
          </>
        )}
      </div>
      {activate.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(activate.error, words)}
        </Notice>
      )}
    </>
  )
}
