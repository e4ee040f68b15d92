import Button from '@momentum-design/components/react/button/index.js'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SiteAnswer } from '../../../src/wire/sites.ts'
import { call } from '../data/call.ts'
import { client } from '../data/client.ts'
import { keys } from '../data/keys.ts'
import { useWords } from '../language/use-words.ts'
import { ChooseSites } from '../mirror/choose-sites.tsx'
import { WebexConnection } from '../settings/webex-connection.tsx'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { wordsForError } from '../ui/states.tsx'

/** The first page of a service that has no site yet: one of Webex is read, or one of Roomkey's own is added. */
export function NoSite() {
  const words = useWords()
  const [siteUrl, setSiteUrl] = useState('')
  const add = useMutation({
    mutationFn: () => call<SiteAnswer>('POST', '/api/sites', { siteUrl: siteUrl.trim() }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.sites }),
  })
  const off = siteUrl.trim() === '' || add.isPending
  return (
    <Page title={words.noSite.title}>
      <p className="lead">{words.noSite.about}</p>
      <WebexConnection />
      <ChooseSites />
      <section className="card stack" aria-labelledby="own-site">
        <div>
          <h2 id="own-site">{words.noSite.heading}</h2>
          <p className="quiet">{words.noSite.ownAbout}</p>
        </div>
        <form
          className="narrow stack"
          onSubmit={event => {
            event.preventDefault()
            if (!off) add.mutate()
          }}
        >
          <label className="field">
            {words.noSite.label}
            <input
              value={siteUrl}
              placeholder="example.webex.com"
              autoComplete="off"
              spellCheck={false}
              onChange={event => setSiteUrl(event.target.value)}
            />
          </label>
          {add.error && (
            <Notice tone="bad" role="alert">
              {wordsForError(add.error, words)}
            </Notice>
          )}
          <Button type="submit" variant="secondary" softDisabled={off}>
            {words.noSite.action}
          </Button>
        </form>
      </section>
    </Page>
  )
}
