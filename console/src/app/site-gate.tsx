/**
 * Every page of a site has the site in its path, so that a link says which site it is about:
 * `/sites/example.webex.com/rotations/1`. Links within the pages leave the beginning out.
 */
import { type ReactNode, useEffect } from 'react'
import { Link, Redirect, Router, useLocation, useRoute, useSearch } from 'wouter'
import type { SiteAnswer } from '../../../src/wire/sites.ts'
import { pathOfSite, SiteContext, useSession } from '../data/session.ts'
import { useWords } from '../language/use-words.ts'
import { clearSelection } from '../rooms/selection.ts'
import { Page } from '../ui/page.tsx'
import { Frame } from './frame.tsx'
import { NoSite } from './no-site.tsx'

const lastSite = 'roomkey.site'

export function SiteGate({ children }: { children: ReactNode }) {
  const { sites } = useSession()
  const [named, parameters] = useRoute('/sites/:siteUrl/*?')
  const wanted = parameters?.siteUrl?.toLowerCase()
  const site = sites.find(({ siteUrl }) => siteUrl === wanted)
  if (named && site !== undefined && parameters !== null) {
    return (
      <Router base={`/sites/${parameters.siteUrl}`}>
        <Sited key={site.siteUrl} site={site}>
          {children}
        </Sited>
      </Router>
    )
  }
  return (
    <Frame>
      {sites.length === 0 ? <NoSite /> : named ? <ChooseSite unknown={wanted ?? ''} path="" /> : <WithoutSite />}
    </Frame>
  )
}

function Sited({ site, children }: { site: SiteAnswer; children: ReactNode }) {
  useEffect(() => localStorage.setItem(lastSite, site.siteUrl), [site])
  // Whoever is selected on one site is somebody else on the next.
  useEffect(() => clearSelection, [])
  return (
    <SiteContext value={site}>
      <Frame>{children}</Frame>
    </SiteContext>
  )
}

/**
 * A path that names no site, as they were once. Only where there is one site is it clear what is meant. The start, and
 * the way back from Webex, lead to the site that was looked at last.
 */
function WithoutSite() {
  const { sites } = useSession()
  const [location] = useLocation()
  const search = useSearch()
  const path = `${location === '/' ? '' : location}${search === '' ? '' : `?${search}`}`
  const last = sites.find(({ siteUrl }) => siteUrl === localStorage.getItem(lastSite)) ?? sites[0]!
  if (sites.length === 1 || location === '/' || new URLSearchParams(search).has('webex'))
    return <Redirect to={pathOfSite(last.siteUrl) + path} replace />
  return <ChooseSite path={path} />
}

function ChooseSite({ path, unknown }: { path: string; unknown?: string }) {
  const { sites } = useSession()
  const text = useWords().chooseSite
  return (
    <Page title={text.title}>
      <p className="lead">{unknown === undefined ? text.about : text.unknown(unknown)}</p>
      <section className="card">
        <ul className="site-choices">
          {sites.map(({ siteUrl }) => (
            <li key={siteUrl}>
              <Link href={pathOfSite(siteUrl) + path}>{siteUrl}</Link>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  )
}
