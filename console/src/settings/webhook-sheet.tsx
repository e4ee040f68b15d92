import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { WebhookAnswer } from '../../../src/wire/webhooks.ts'
import { call } from '../data/call.ts'
import { client } from '../data/client.ts'
import { keys } from '../data/keys.ts'
import { useSite } from '../data/session.ts'
import { useWords } from '../language/use-words.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Notice } from '../ui/notice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { wordsForError } from '../ui/states.tsx'

/** Adds a webhook, or changes the name, URL and secret of one. Its event and site cannot be changed. */
export function WebhookSheet({ webhook, onClose }: { webhook?: WebhookAnswer; onClose(): void }) {
  const words = useWords()
  const text = words.webhooks
  const { siteUrl } = useSite()
  const [name, setName] = useState(webhook?.name ?? '')
  const [targetUrl, setTargetUrl] = useState(webhook?.targetUrl ?? '')
  const [secret, setSecret] = useState('')
  const [event, setEvent] = useState('updated')
  const [site, setSite] = useState('this')
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), targetUrl: targetUrl.trim(), ...(secret !== '' && { secret }) }
      if (webhook) return call('PUT', `/v1/webhooks/${encodeURIComponent(webhook.id)}`, body)
      const filter = site === 'this' ? { filter: `siteUrl=${siteUrl}` } : {}
      return call('POST', '/v1/webhooks', { ...body, resource: 'rooms', event, ...filter })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.webhooks })
      onClose()
    },
  })
  return (
    <Sheet
      title={webhook ? text.changeTitle : text.add}
      onClose={onClose}
      actions={
        <ActionButton
          disabled={name.trim() === '' || targetUrl.trim() === ''}
          busy={save.isPending}
          onClick={() => save.mutate()}
        >
          {webhook ? words.save : text.addAction}
        </ActionButton>
      }
    >
      <label className="field">
        {text.name}
        <input data-first value={name} maxLength={256} onChange={event => setName(event.target.value)} />
      </label>
      <label className="field">
        {text.address}
        <input
          type="url"
          value={targetUrl}
          maxLength={2048}
          placeholder="https://"
          onChange={event => setTargetUrl(event.target.value)}
        />
        <span>{text.addressAbout}</span>
      </label>
      {!webhook && (
        <div className="form-row">
          <Choice
            label={text.event}
            value={event}
            options={Object.entries(text.events).map(([value, label]) => ({ value, label }))}
            onChange={setEvent}
          />
          <Choice
            label={text.site}
            value={site}
            options={[
              { value: 'this', label: siteUrl },
              { value: 'every', label: text.everySite },
            ]}
            onChange={setSite}
          />
        </div>
      )}
      <label className="field">
        {text.secret}
        <input
          type="password"
          autoComplete="new-password"
          value={secret}
          maxLength={512}
          onChange={event => setSecret(event.target.value)}
        />
        <span>{webhook ? text.secretKept : text.secretAbout}</span>
      </label>
      {save.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(save.error, words)}
        </Notice>
      )}
    </Sheet>
  )
}
