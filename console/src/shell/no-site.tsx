import Button from '@momentum-design/components/react/button/index.js'
import Input from '@momentum-design/components/react/input/index.js'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SiteAnswer } from '../../../src/wire/sites.ts'
import { call } from '../api/call.ts'
import { client } from '../api/client.ts'
import { Page } from '../parts/page.tsx'
import { Empty, wordsForError } from '../parts/states.tsx'
import { useWords } from './preferences.tsx'

/** The first page of a service that has nothing yet. */
export function NoSite() {
  const words = useWords()
  const [siteUrl, setSiteUrl] = useState('')
  const add = useMutation({
    mutationFn: () => call<SiteAnswer>('POST', '/api/sites', { siteUrl: siteUrl.trim() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sites'] }),
  })
  return (
    <Page title={words.noSite.title}>
      <Empty icon="plus-bold" title={words.noSite.heading}>
        {words.noSite.about}
      </Empty>
      <div className="card narrow stack">
        <Input
          label={words.noSite.label}
          placeholder="example.webex.com"
          value={siteUrl}
          helpText={add.error ? wordsForError(add.error, words) : ''}
          helpTextType={add.error ? 'error' : 'default'}
          onInput={event => setSiteUrl((event.target as { value: string }).value)}
        />
        <Button disabled={siteUrl.trim() === '' || add.isPending} onClick={() => add.mutate()}>
          {words.noSite.action}
        </Button>
      </div>
    </Page>
  )
}
