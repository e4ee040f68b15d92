/** The frame around every page: navigation, the site, the account. */
import Button from '@momentum-design/components/react/button/index.js'
import Icon from '@momentum-design/components/react/icon/index.js'
import { onlineManager } from '@tanstack/react-query'
import { type ReactNode, useRef, useSyncExternalStore } from 'react'
import { Link, useRoute } from 'wouter'
import { signOut, useChooseSite, useSession, useShownSite } from '../data/session.ts'
import { useWords } from '../language/use-words.ts'
import { MirrorStatus } from '../mirror/mirror-status.tsx'
import { Choice } from '../ui/choice.tsx'
import { useNoFileOpens } from '../ui/file-drop.tsx'
import type { IconName } from '../ui/icon-names.ts'
import { Notice } from '../ui/notice.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { Appearance } from './appearance.tsx'
import { AttentionBadge } from './attention.tsx'
import { ServiceLost } from './service-lost.tsx'
import { useClosing } from './use-closing.ts'

const places = [
  { name: 'overview', path: '', icon: 'home-bold' },
  { name: 'rooms', path: '/rooms', icon: 'people-bold' },
  { name: 'rotations', path: '/rotations', icon: 'refresh-bold' },
  { name: 'history', path: '/history', icon: 'recents-bold' },
  { name: 'settings', path: '/settings', icon: 'settings-bold' },
] as const satisfies readonly { name: string; path: string; icon: IconName }[]

export function Frame({ children }: { children: ReactNode }) {
  const words = useWords()
  const site = useShownSite()
  useNoFileOpens()
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {words.app.skip}
      </a>
      <header className="top">
        <Link href="" className="brand">
          <img src="/console/mark.svg" alt="" width="28" height="28" />
          Roomkey
        </Link>
        <SiteChoice />
        <Account />
      </header>
      {site !== undefined && (
        <nav className="places" aria-label={words.app.navigation}>
          <div>
            {places.map(place => (
              <Place key={place.name} {...place} />
            ))}
          </div>
        </nav>
      )}
      <main id="main" tabIndex={-1}>
        <Offline />
        <ServiceLost />
        <MirrorStatus />
        {children}
      </main>
      <Toasts />
    </div>
  )
}

function Place({ name, path, icon }: (typeof places)[number]) {
  const words = useWords()
  const [here] = useRoute(path === '' ? '/' : `${path}/*?`)
  return (
    <Link href={path} aria-current={here ? 'page' : undefined}>
      <Icon name={icon} size={1.25} lengthUnit="rem" />
      <span>{words.app.places[name]}</span>
      {name === 'rotations' && <AttentionBadge />}
    </Link>
  )
}

function SiteChoice() {
  const { sites } = useSession()
  const site = useShownSite()
  const chooseSite = useChooseSite()
  const words = useWords()
  if (site === undefined) return <span />
  if (sites.length === 1) return <span className="site-name">{site.siteUrl}</span>
  const options = sites.map(({ siteUrl }) => ({ value: siteUrl, label: siteUrl }))
  return <Choice bare label={words.app.site} value={site.siteUrl} options={options} onChange={chooseSite} />
}

function Account() {
  const { who } = useSession()
  const words = useWords()
  const menu = useRef<HTMLDetailsElement>(null)
  useClosing(menu)
  return (
    <details className="account" ref={menu}>
      <summary aria-label={words.app.account(who.name)}>
        <span aria-hidden="true">{initials(who.name)}</span>
      </summary>
      <div className="card menu">
        <p>
          <strong>{who.name}</strong>
          <br />
          <span className="quiet">{words.roles[who.role]}</span>
        </p>
        <Appearance />
        <Button variant="secondary" prefixIcon="sign-out-bold" onClick={() => void signOut()}>
          {words.app.signOut}
        </Button>
        <p className="quiet small">
          Roomkey {who.version} · <a href="/docs">{words.app.reference}</a>
        </p>
      </div>
    </details>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(word => word !== '')
  return words
    .slice(0, 2)
    .map(word => word.charAt(0).toUpperCase())
    .join('')
}

const wantedOffline: IconName[] = ['warning-bold', 'refresh-bold', 'cancel-bold', 'error-legacy-bold']

function Offline() {
  const words = useWords()
  const online = useSyncExternalStore(
    onChange => onlineManager.subscribe(onChange),
    () => onlineManager.isOnline(),
  )
  return (
    <div role="status" className="offline">
      {!online && <Notice tone="warning">{words.states.offline}</Notice>}
      {/* Without a network no icon can be fetched any more. */}
      <span hidden>
        {wantedOffline.map(name => (
          <Icon key={name} name={name} />
        ))}
      </span>
    </div>
  )
}
