import IconProvider from '@momentum-design/components/react/iconprovider/index.js'
import ThemeProvider from '@momentum-design/components/react/themeprovider/index.js'
import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { client } from '../data/client.ts'
import { Waiting } from '../ui/states.tsx'
import { PreferencesProvider, usePreferences } from './preferences.tsx'
import { SessionGate } from './session-gate.tsx'
import { SiteGate } from './site-gate.tsx'

const Overview = lazy(() => import('../overview/overview.tsx').then(({ Overview }) => ({ default: Overview })))
const Rooms = lazy(() => import('../rooms/rooms.tsx').then(({ Rooms }) => ({ default: Rooms })))
const Room = lazy(() => import('../rooms/room.tsx').then(({ Room }) => ({ default: Room })))
const Rotations = lazy(() =>
  import('../rotations/list/rotations.tsx').then(({ Rotations }) => ({ default: Rotations })),
)
const NewRotation = lazy(() =>
  import('../rotations/new/new-rotation.tsx').then(({ NewRotation }) => ({ default: NewRotation })),
)
const Rotation = lazy(() => import('../rotations/page/rotation.tsx').then(({ Rotation }) => ({ default: Rotation })))
const History = lazy(() => import('../history/history.tsx').then(({ History }) => ({ default: History })))
const Settings = lazy(() => import('../settings/settings.tsx').then(({ Settings }) => ({ default: Settings })))

export function App() {
  return (
    <PreferencesProvider>
      <Themed />
    </PreferencesProvider>
  )
}

function Themed() {
  const { themeClass } = usePreferences()
  return (
    <ThemeProvider themeclass={themeClass}>
      <IconProvider
        iconSet="custom-icons"
        url="/console/icons"
        fileExtension="svg"
        cacheStrategy="in-memory-cache"
        cacheName="icons"
      >
        <QueryClientProvider client={client}>
          <SessionGate>
            <SiteGate>
              <Suspense fallback={<Waiting />}>
                <Pages />
              </Suspense>
            </SiteGate>
          </SessionGate>
        </QueryClientProvider>
      </IconProvider>
    </ThemeProvider>
  )
}

function Pages() {
  return (
    <Switch>
      <Route path="/" component={Overview} />
      <Route path="/rooms" component={Rooms} />
      <Route path="/rooms/:personId" component={Room} />
      <Route path="/rotations" component={Rotations} />
      <Route path="/rotations/new" component={NewRotation} />
      <Route path="/rotations/:number" component={Rotation} />
      <Route path="/history" component={History} />
      <Route path="/settings" component={Settings} />
      <Redirect to="" replace />
    </Switch>
  )
}
