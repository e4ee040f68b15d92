/**
 * Every page and state of the console, each by name with the steps to it: for pictures of them all, and for finding
 * faults in them. States that last only a moment, or take a day to arise, are shown by changing one answer of the real
 * service.
 */
import type { Page, Route } from 'playwright'
import type { Which } from './console-world.ts'

export interface Scene {
  name: string
  service: Which
  /** Signed in unless this says otherwise. */
  signedOut?: boolean
  open(page: Page): Promise<void>
}

type Json = Record<string, unknown>

const john = '/rooms/Y2lzY29zcGFyazovL3VzL1BFT1BMRS83MTZlOWQxYy1jYTQ0LTRmZ'

/** A page that is shown as soon as it is opened. */
const at = (path: string) => async (page: Page) => {
  await page.goto(path)
  await page.locator('h1').waitFor()
}

/** A page, and what to do on it. */
const then = (path: string, act: (page: Page) => Promise<void>) => async (page: Page) => {
  await at(path)(page)
  await act(page)
}

const click = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()

/** Changes the service's answers to one call on their way. */
const changed = (url: RegExp, change: (body: Json) => Json, open: Scene['open']) => async (page: Page) => {
  await page.route(url, async (route: Route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    const response = await route.fetch()
    await route.fulfill({ response, json: change((await response.json()) as Json) })
  })
  await open(page)
}

const rotation =
  (number: number, change: Json, open: Scene['open'] = at(`/rotations/${number}`)) =>
  async (page: Page) => {
    await page.route(/\/events$/, route => route.abort())
    await changed(new RegExp(`/api/.*/rotations/${number}$`), body => ({ ...body, ...change }), open)(page)
  }

const connected = (open: Scene['open']) =>
  changed(
    /\/api\/webex-connection$/,
    body => ({
      ...body,
      by: 'signIn',
      who: { name: 'Brenda Song', email: 'brenda.song@example.com' },
      scopes: ['meeting:admin_preferences_read', 'meeting:admin_preferences_write'],
      since: soon(-3600),
      until: soon(90 * 86_400),
    }),
    open,
  )

/** The overview of a site that is read from Webex. */
const mirrored = (sync: Json) => async (page: Page) => {
  const target = 'https://webexapis.com/v1'
  const read = {
    oldestReadAt: soon(-840),
    newestReadAt: soon(-3),
    freshness: 'read 14 minutes ago',
    freshnessMessage: null,
  }
  const rest = {
    siteUrl: 'example.webex.com',
    target,
    listed: 48_200,
    oddEntries: 0,
    missing: 0,
    known: 48_200,
    rooms: 48_200,
  }
  const reasons = {
    failed: 0,
    listedAt: soon(-900),
    roomsPerMinute: null,
    secondsLeft: null,
    stopReason: null,
    stopMessage: null,
  }
  await page.route('**/api/sites/*/sync', route => route.fulfill({ json: { ...rest, ...read, ...reasons, ...sync } }))
  await changed(
    /\/api\/sites$/,
    body => ({ items: (body.items as Json[]).map(site => ({ ...site, recordHolder: 'mirrored', target })) }),
    then('/', opened => opened.locator('.mirror').waitFor()),
  )(page)
}

const never = async (page: Page, url: string | RegExp) => page.route(url, () => undefined)
const failing = async (page: Page, url: string | RegExp) =>
  page.route(url, route =>
    route.fulfill({
      status: 500,
      json: {
        title: 'Something went wrong on the server.',
        errors: [
          {
            detail: 'The request failed for a reason that is not in it; the trackingId finds it in the log.',
            message: { code: 'unexpected', params: {} },
          },
        ],
      },
    }),
  )

const full = (name: string, open: Scene['open']): Scene => ({ name, service: 'full', open })
const empty = (name: string, open: Scene['open']): Scene => ({ name, service: 'empty', open })

const counts = { pending: 620, sent: 100, unsure: 0, done: 311, refused: 17, held: 0, left: 152 }
const refused = [
  {
    reason: 'Personal meeting room ID is being used by someone else.',
    message: { code: 'idTaken', params: {} },
    count: 12,
  },
  { reason: 'Person was not found on this site.', message: { code: 'noPerson', params: {} }, count: 5 },
]

/** Until when a rotation waits, relative to now. */
const soon = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()

/** Gives an empty site a file with people, and waits for what would come of it. */
const givenPeople = (name: string, buffer: Buffer) =>
  then('/rooms', async page => {
    await page.locator('.empty').waitFor()
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })
    await page.locator('dialog :is(table, .notice)').first().waitFor()
  })

const peopleWithFaults = Buffer.from(
  `${[
    'Mail,Given name,Surname,Enabled,Favourite colour',
    'ada@example.com,Ada,Lovelace,True,red',
    'ben@example.com,Ben,Bell,True,blue',
    'cyd@example.com,Cyd,Cole,False,green',
    'not an address,Dan,Dale,True,red',
    'ada@example.com,Ada,Again,True,red',
  ].join('\r\n')}\r\n`,
)

/** Runs in the page: lets a file go over it. */
const dropFile = `(() => {
  const data = new DataTransfer()
  data.items.add(new File(['email\\n'], 'people.csv', { type: 'text/csv' }))
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
})()`

export const scenes: Scene[] = [
  { name: 'sign-in', service: 'full', signedOut: true, open: at('/') },
  {
    name: 'sign-in-refused',
    service: 'full',
    signedOut: true,
    open: then('/', async page => {
      await page.locator('input').first().fill('rk_wrong')
      await page.keyboard.press('Enter')
      await page.locator('[role=alert]:not(:empty)').waitFor({ state: 'attached' })
    }),
  },

  full(
    'overview',
    then('/', page => page.locator('.chart').first().waitFor()),
  ),
  full('overview-loading', async page => {
    await never(page, '**/api/audit?*')
    await at('/')(page)
  }),
  full(
    'account-menu',
    then('/', async page => {
      await page.locator('.chart').first().waitFor()
      await page.locator('.account summary').click()
    }),
  ),

  full(
    'rooms',
    then('/rooms', page => page.locator('a.person').first().waitFor()),
  ),
  full(
    'rooms-selected',
    then('/rooms', async page => {
      await page.locator('a.person').first().waitFor()
      for (const index of [1, 2, 4]) await page.locator('td.tick input').nth(index).check()
    }),
  ),
  full(
    'rooms-found',
    then('/rooms?q=brenda&pinned=false', page => page.locator('a.person').first().waitFor()),
  ),
  full(
    'rooms-nobody',
    then('/rooms?q=nobody-has-this-name', page => page.locator('.empty').waitFor()),
  ),
  full('rooms-paste', then('/rooms', click(/Paste|einfügen/))),
  full('rooms-loading', async page => {
    await never(page, '**/rooms?*')
    await at('/rooms')(page)
  }),
  full('rooms-error', async page => {
    await failing(page, '**/rooms?*')
    await at('/rooms')(page)
    await page.locator('.broken').waitFor()
  }),
  full('offline', async page => {
    await at('/rooms')(page)
    await page.locator('a.person').first().waitFor()
    await page.context().setOffline(true)
    await page.locator('.notice').waitFor()
  }),
  full('service-gone', async page => {
    await at('/history')(page)
    await page.route(/\/(api|healthz)/, route => route.abort())
    await page.locator('a[href$="/settings"]').click()
    await page.locator('.broken').first().waitFor()
  }),

  full(
    'room',
    then(john, page => page.locator('.big-id').waitFor()),
  ),
  full(
    'room-refresh',
    then(john, async page => {
      await page.locator('.big-id').waitFor()
      await click(/^(New ID|Neue ID)$/)(page)
    }),
  ),
  full(
    'room-refused',
    then(john, async page => {
      await page.locator('.big-id').waitFor()
      await click(/^(New ID|Neue ID)$/)(page)
      await page.locator('dialog input').fill('brenda song!')
      await click(/Assign new ID|Neue ID vergeben/)(page)
      await page.getByText(/may only contain|darf nur aus/).waitFor()
    }),
  ),
  full(
    'room-missing',
    then('/rooms/nobody', page => page.locator('.broken').waitFor()),
  ),

  full(
    'rotations',
    then('/rotations', page => page.locator('table').waitFor()),
  ),
  full('rotation-new', at('/rotations/new')),
  full(
    'rotation-new-choices',
    then('/rotations/new?who=olderThan', page => page.locator('input[value=template]').check()),
  ),
  full(
    'rotation-new-unmatched',
    then('/rotations/new?who=csv', async page => {
      const buffer = Buffer.from('email\njohn.andersen@example.com\njon.andersen@example.com\n')
      await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer })
      await click(/Create plan|Plan erstellen/)(page)
      await page.locator('.notice input[type=checkbox]').check()
    }),
  ),
  full(
    'rotation-new-csv',
    then('/rotations/new?who=csv', async page => {
      const buffer = Buffer.from('email,personalMeetingRoomId\njohn.andersen@example.com,harbour-7\n')
      await page.locator('input[type=file]').setInputFiles({ name: 'new-ids.csv', mimeType: 'text/csv', buffer })
      await page.locator('input[value=csv][name=kind]').waitFor()
    }),
  ),
  full(
    'rotation-new-refused',
    then('/rotations/new', async page => {
      await page.locator('input[value=template]').check()
      await page.locator('.pick-more input').fill('{colour}')
      await click(/Create plan|Plan erstellen/)(page)
      await page.locator('.notice.bad').waitFor()
    }),
  ),
  full('rotation-planning', rotation(3, { state: 'planning', planHash: null, counts: { ...counts, pending: 41_000 } })),
  full(
    'rotation-failed',
    rotation(3, {
      state: 'failed',
      planHash: null,
      counts: { pending: 0, sent: 0, unsure: 0, done: 0, refused: 0, held: 0, left: 0 },
      stopReason: 'The token of the administrator who started this has expired or was revoked; use another one.',
      stopMessage: { code: 'tokenEnded', params: {} },
    }),
  ),
  full(
    'rotation-planned',
    then('/rotations/3', page => page.locator('.stacking').waitFor()),
  ),
  full(
    'rotation-warned',
    then('/rotations/4', page => page.locator('.stacking').waitFor()),
  ),
  full(
    'rotation-approval-mine',
    rotation(3, { approval: 'needed', plannedBy: 'first administrator', plannedByYou: true }),
  ),
  full('rotation-approval-asked', rotation(3, { approval: 'needed', plannedBy: 'Brenda Song', plannedByYou: false })),
  full(
    'rotation-approved',
    rotation(3, { approval: 'given', plannedBy: 'Brenda Song', approvedBy: 'John Andersen', approvedAt: soon(-3600) }),
  ),
  full('rotation-start', then('/rotations/3', click(/^(Start|Starten)$/))),
  full('rotation-discard', then('/rotations/3', click(/^(Discard|Verwerfen)$/))),
  full('rotation-rehearse', then('/rotations/3', click(/^(Rehearse|Proben)$/))),
  full(
    'rotation-rehearsed',
    then('/rotations/2', async page => {
      await page.goto('/rotations/3')
      await click(/^(Rehearse|Proben)$/)(page)
      const sheet = page.getByRole('dialog')
      await sheet.locator('select').selectOption('harsh')
      await sheet.locator('summary').click()
      await sheet.getByRole('button', { name: /^(Rehearse|Proben)$/ }).click()
      await sheet.locator('.metric-row').waitFor({ timeout: 60_000 })
    }),
  ),
  full('rotation-waiting', page =>
    rotation(3, { state: 'running', startedAt: soon(-600), counts, refused, waitingUntil: soon(45) })(page),
  ),
  full(
    'rotation-stopped',
    rotation(3, {
      state: 'stopped',
      startedAt: soon(-600),
      counts: { ...counts, sent: 0, unsure: 100 },
      refused,
      stopReason: '68 of 311 rooms were refused; check the reasons, then resume or plan again.',
      stopMessage: { code: 'stoppedTooManyRefused', params: { refused: 68, count: 311 } },
    }),
  ),
  full('rotation-pausing', page =>
    rotation(3, { state: 'running', pausing: true, startedAt: soon(-600), counts, refused })(page),
  ),
  full('rotation-lost', page =>
    rotation(3, { state: 'running', startedAt: soon(-600), counts, refused }, async opened => {
      await at('/rotations/3')(opened)
      await opened.route(/healthz/, route => route.abort())
      await opened.getByText(/^(No answer from Roomkey|Roomkey antwortet seit)/).waitFor()
    })(page),
  ),
  full('rotation-held', page =>
    rotation(3, {
      state: 'finished',
      target: 'webex',
      startedAt: soon(-600),
      finishedAt: soon(-60),
      counts: { ...counts, pending: 0, sent: 0, done: 40_930, refused: 0, held: 70 },
      held: [
        {
          reason: 'The room had another ID than planned when its turn came, so it was left as it is.',
          message: { code: 'heldChanged', params: {} },
          count: 70,
        },
      ],
    })(page),
  ),
  full(
    'rotation-undone',
    rotation(
      1,
      { undone: { by: 2, state: 'finished', rooms: 9999 } },
      then('/rotations/1', page => page.locator('.stacking').waitFor()),
    ),
  ),
  full(
    'rotation-finished',
    then('/rotations/1', page => page.locator('.stacking').waitFor()),
  ),
  full(
    'rotation-with-refusals',
    then('/rotations/2', page => page.locator('.stacking').waitFor()),
  ),
  full(
    'rotation-verified',
    then('/rotations/1', async page => {
      await click(/Verify (now|again)|(Jetzt|Erneut) nachprüfen/)(page)
      await page.locator('.notice.good').waitFor()
    }),
  ),
  full(
    'rotation-undo',
    then('/rotations/2', async page => {
      await click(/Undo rotation|Rückgängig machen/)(page)
      await page.locator('dialog .stacking').waitFor()
    }),
  ),
  {
    name: 'rotation-running',
    service: 'slow',
    async open(page) {
      await at('/rotations')(page)
      await page.goto(`/rotations/${await page.evaluate<number>(startOne)}`)
      await page.getByText(/^(Rooms per minute|Räume je Minute)$/).waitFor({ timeout: 30_000 })
    },
  },

  full(
    'history-changes',
    then('/history', page => page.locator('table').waitFor()),
  ),
  full(
    'history-change-open',
    then('/history', async page => {
      await page.locator('.plain-button').first().click()
      await page.locator('tbody table').waitFor()
    }),
  ),
  full(
    'history-id',
    then('/history?tab=ids&id=john.andersen', page => page.locator('table').waitFor()),
  ),
  full(
    'history-id-never',
    then('/history?tab=ids&id=nobody-had-this', page => page.locator('.empty').waitFor()),
  ),
  full(
    'history-log',
    then('/history?tab=log', page => page.locator('table').waitFor()),
  ),

  full(
    'settings',
    then('/settings', page => page.locator('table').nth(1).waitFor()),
  ),
  full(
    'settings-bad-prefix',
    then('/settings', page => page.locator('.form-row input').first().fill('1-')),
  ),
  full('webex-sign-in', then('/settings', click(/Sign in to Webex|Bei Webex anmelden/))),
  full('webex-token', then('/settings', click(/Paste a token|Token einfügen/))),
  full('webex-connected', connected(at('/settings'))),
  full(
    'webex-sites',
    connected(async page => {
      const items = [
        { siteUrl: 'acme.webex.com', mirrored: false },
        { siteUrl: 'example.webex.com', mirrored: true },
      ]
      await page.route('**/api/webex-connection/sites', route => route.fulfill({ json: { items } }))
      await at('/settings')(page)
      await page.getByText('acme.webex.com').waitFor()
    }),
  ),
  full(
    'mirror-reading',
    mirrored({ state: 'reading', phase: 'rooms', unread: 45_890, roomsPerMinute: 300, secondsLeft: 9178 }),
  ),
  full('mirror-shrunk', mirrored({ state: 'stopped', phase: 'shrunk', missing: 3120, known: 48_200, unread: 0 })),
  full('webex-disconnect', connected(then('/settings', click(/^(Disconnect|Trennen)$/)))),
  full('rotation-new-webex', connected(at('/rotations/new'))),
  full('token-new', then('/settings', click(/New token|Neues Token/))),
  full('token-created', async page => {
    await page.route('**/api/tokens', route =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 201, json: { token: 'rk_4N7xQm2VtYc8sK1pZ6wJ9bR3hD5fG0aL' } })
        : route.fallback(),
    )
    await at('/settings')(page)
    await click(/New token|Neues Token/)(page)
    await page.locator('dialog input').first().fill('Monitoring')
    await click(/Create token|Token ausstellen/)(page)
    await page.locator('dialog .big-id').waitFor()
  }),
  full('token-revoke', then('/settings', click(/Revoke Nightly audit|Nightly audit widerrufen/))),
  full('webhook-new', then('/settings', click(/New webhook|Neuer Webhook/))),
  full('webhook-change', then('/settings', click(/Edit Room signs|Room signs bearbeiten/))),
  full('webhook-delete', then('/settings', click(/Delete Room signs|Room signs löschen/))),
  full(
    'webhook-deliveries',
    then('/settings', async page => {
      await click(/Deliveries to Intranet directory|Zustellungen an Intranet directory/)(page)
      await page.locator('dialog table').waitFor()
    }),
  ),
  full('webhook-disabled', async page => {
    const disable = (body: Json) => ({
      items: (body.items as Json[]).map((each, index) => (index === 0 ? { ...each, status: 'inactive' } : each)),
    })
    await changed(/\/v1\/webhooks$/, disable, at('/settings'))(page)
    await page.locator('.badge.bad').waitFor()
  }),

  empty('no-site', async page => {
    await page.route('**/api/sites', route =>
      route.request().method() === 'GET' ? route.fulfill({ json: { items: [] } }) : route.fallback(),
    )
    await at('/')(page)
  }),
  empty(
    'empty-overview',
    then('/', page => page.locator('.empty').waitFor()),
  ),
  empty(
    'empty-rooms',
    then('/rooms', page => page.locator('.empty').waitFor()),
  ),
  empty('people-preview', givenPeople('people.csv', peopleWithFaults)),
  empty(
    'people-refused',
    givenPeople('people.csv', Buffer.from('email,Vorname\nx@example.com,J\u00fcrgen\n', 'latin1')),
  ),
  full(
    'people-or-rotation',
    then('/rooms', async page => {
      await page.locator('table').waitFor()
      await page.evaluate(dropFile)
      await page.locator('dialog h2').waitFor()
    }),
  ),
  full(
    'people-over-page',
    then('/rooms', async page => {
      await page.locator('table').waitFor()
      await page.evaluate(dropFile.replace("'drop'", "'dragover'"))
      await page.locator('.drop-hint').waitFor()
    }),
  ),
  empty(
    'empty-rotations',
    then('/rotations', page => page.locator('.empty').waitFor()),
  ),
  empty(
    'empty-history',
    then('/history', page => page.locator('.empty').waitFor()),
  ),
  empty('empty-settings', at('/settings')),
]

/** Runs in the page: plans a rotation of everybody and starts it, unless one is running; returns its number. */
const startOne = `(async () => {
  const path = '/api/sites/example.webex.com/rotations'
  const headers = { 'x-roomkey-console': '1', 'content-type': 'application/json' }
  const { items } = await (await fetch(path, { headers })).json()
  const running = items.find(({ state }) => state === 'running')
  if (running) return running.number
  const body = JSON.stringify({
    people: { who: 'everyone' }, ids: { kind: 'random', prefix: '', bits: 60 }, canary: 0, freeze: false,
  })
  const { number } = await (await fetch(path, { method: 'POST', headers, body })).json()
  for (;;) {
    const { state } = await (await fetch(path + '/' + number, { headers })).json()
    if (state === 'planned') break
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  await fetch(path + '/' + number + '/start', { method: 'POST', headers: { 'x-roomkey-console': '1' } })
  return number
})()`
