import Button from '@momentum-design/components/react/button/index.js'
import { useMutation } from '@tanstack/react-query'
import type { DeliveryAnswer, WebhookAnswer } from '../../../src/wire/webhooks.ts'
import { call } from '../data/call.ts'
import { client } from '../data/client.ts'
import { usePages } from '../data/use-pages.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Badge, type Tone } from '../ui/badge.tsx'
import { More } from '../ui/more.tsx'
import { Notice } from '../ui/notice.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { Broken, Waiting, wordsForError } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'

const tones: Record<DeliveryAnswer['status'], Tone> = { delivered: 'good', waiting: 'fair', kept: 'bad' }
const pollMs = 3000

/** The deliveries of a webhook, with buttons to send them again. */
export function DeliveriesSheet({
  webhook,
  mayWrite,
  onClose,
}: {
  webhook: WebhookAnswer
  mayWrite: boolean
  onClose(): void
}) {
  const words = useWords()
  const text = words.webhooks
  const format = useFormat()
  const path = `/api/webhooks/${encodeURIComponent(webhook.id)}`
  const key = ['deliveries', webhook.id]
  const list = usePages<DeliveryAnswer>(key, `${path}/deliveries`, pollMs)
  const replay = useMutation({
    mutationFn: (deliveryId: string | null) =>
      call<{ replayed: number }>('POST', `${path}/replay`, deliveryId === null ? {} : { deliveryId }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  })
  const columns: Column<DeliveryAnswer>[] = [
    {
      head: text.change,
      cell: ({ change, rooms, siteUrl }) => (
        <>
          {text.changeNumber(change)} · {words.history.roomCount(rooms, format.integer)}
          <span className="quiet small under">{siteUrl}</span>
        </>
      ),
    },
    {
      head: text.state,
      cell: ({ status, deliveredAt, nextAt }) => {
        const at = status === 'delivered' ? deliveredAt : nextAt
        return (
          <>
            <Badge tone={tones[status]}>{text.deliveryStates[status]}</Badge>
            {at !== null && <span className="quiet small under">{format.dateTime(at)}</span>}
          </>
        )
      },
    },
    { head: text.attempts, number: true, cell: ({ attempts }) => format.integer(attempts) },
    {
      head: text.lastError,
      className: 'break',
      cell: ({ lastError, lastErrorMessage, status }) =>
        lastError !== null && status !== 'delivered' && words.say(lastError, lastErrorMessage),
    },
    {
      head: words.actions,
      quietHead: true,
      cell: ({ id, change }) =>
        mayWrite && (
          <div className="actions row-actions">
            <Button variant="tertiary" size={28} aria-label={text.replayOf(change)} onClick={() => replay.mutate(id)}>
              {text.replay}
            </Button>
          </div>
        ),
    },
  ]
  const undelivered = list.items.some(({ status }) => status !== 'delivered')
  return (
    <Sheet
      wide
      title={text.deliveriesOf(webhook.name)}
      onClose={onClose}
      leave={words.close}
      actions={
        mayWrite &&
        undelivered && (
          <ActionButton prefixIcon="refresh-bold" busy={replay.isPending} onClick={() => replay.mutate(null)}>
            {text.replayAll}
          </ActionButton>
        )
      }
    >
      {list.isPending && <Waiting />}
      {list.error && <Broken error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && <p className="quiet">{text.noDeliveries}</p>}
      <div role="status">{replay.data && <Notice tone="good">{text.replayed(replay.data.replayed)}</Notice>}</div>
      {replay.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(replay.error, words)}
        </Notice>
      )}
      {list.items.length > 0 && (
        <ScrollArea label={text.deliveries}>
          <Table columns={columns} rows={list.items} keyOf={({ id }) => id} />
          <More list={list} />
        </ScrollArea>
      )}
    </Sheet>
  )
}
