/** The sites that the connection to Webex reaches, to be read. */
import Button from '@momentum-design/components/react/button/index.js'
import { useMutation } from '@tanstack/react-query'
import { mirrorSite, useWebexSites } from '../data/mirror.ts'
import { useChooseSite } from '../data/session.ts'
import { useConnection } from '../data/webex-connection.ts'
import { useWords } from '../language/use-words.ts'
import { Badge } from '../ui/badge.tsx'
import { Notice } from '../ui/notice.tsx'
import { Broken, Waiting, wordsForError } from '../ui/states.tsx'

export function ChooseSites() {
  const text = useWords().mirror
  const connected = useConnection().data?.by ?? null
  const sites = useWebexSites()
  if (connected === null) return null
  return (
    <section className="card stack" aria-labelledby="webex-sites">
      <div>
        <h2 id="webex-sites">{text.sitesTitle}</h2>
        <p className="quiet">{text.sitesAbout}</p>
      </div>
      {sites.isPending && <Waiting lines={2} about={text.asking} />}
      {sites.error && <Broken error={sites.error} onRetry={() => void sites.refetch()} />}
      {sites.data?.length === 0 && <p>{text.noSites}</p>}
      {sites.data !== undefined && sites.data.length > 0 && (
        <ul className="site-choices">
          {sites.data.map(site => (
            <Site key={site.siteUrl} {...site} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Site({ siteUrl, mirrored }: { siteUrl: string; mirrored: boolean }) {
  const words = useWords()
  const text = words.mirror
  const chooseSite = useChooseSite()
  const read = useMutation({ mutationFn: () => mirrorSite(siteUrl), onSuccess: () => chooseSite(siteUrl, '') })
  return (
    <li>
      <span>{siteUrl}</span>
      {mirrored ? (
        <Badge tone="good">{text.beingRead}</Badge>
      ) : (
        <Button
          size={28}
          softDisabled={read.isPending}
          aria-label={`${text.read}: ${siteUrl}`}
          onClick={() => read.mutate()}
        >
          {text.read}
        </Button>
      )}
      {read.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(read.error, words)}
        </Notice>
      )}
    </li>
  )
}
