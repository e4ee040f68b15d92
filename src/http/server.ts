/** Assembles the service: every plugin and route, in order. */

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger } from 'fastify'
import type { WebhookDispatcherSettings } from '../notifications/webhooks/webhook-dispatcher.ts'
import type { TokenFor } from '../rotations/target/sign-in.ts'
import type { Store } from '../store/store.ts'
import type { WebexConnection } from '../webex/sign-in/connection.ts'
import type { Faults } from '../wire/faults.ts'
import { authenticate } from './access/auth.ts'
import { decideSiteBeforeBody } from './access/decide-site.ts'
import { InternalCallers } from './access/internal-callers.ts'
import { limitCalls, type RateLimit } from './access/limits.ts'
import { proof } from './access/proof.ts'
import { session } from './access/session.ts'
import type { SignInLink } from './access/sign-in-link.ts'
import { TargetRoutes } from './access/target-routes.ts'
import type { Api, App } from './app.ts'
import { audit } from './audit/audit.ts'
import { AuditCache } from './audit/audit-cache.ts'
import { auditTable } from './audit/audit-table.ts'
import { auditEvents } from './audit-log/audit-events.ts'
import { consolePages } from './console-pages.ts'
import { type FaultEnvironment, injectFaults } from './faults/inject-faults.ts'
import { history } from './history/history.ts'
import { refuseTooManyFields } from './limits/body-size.ts'
import { limitConnections } from './limits/connections.ts'
import { WorkLimits } from './limits/work-limits.ts'
import { keepMirrors } from './mirror/keep-mirrors.ts'
import { sync } from './mirror/sync.ts'
import { webexSites } from './mirror/webex-sites.ts'
import { compressAnswers } from './plumbing/compression.ts'
import { allowOrigins } from './plumbing/cors.ts'
import { ignoreTypesOfEmptyBodies } from './plumbing/empty-body.ts'
import { answerErrors } from './plumbing/errors.ts'
import { health } from './plumbing/health.ts'
import { answerBrokenRequests, serverOptions } from './plumbing/http-options.ts'
import { answerWrongMethods } from './plumbing/method-not-allowed.ts'
import { metrics } from './plumbing/metrics.ts'
import { describeApi, openapi } from './plumbing/openapi.ts'
import { reference } from './plumbing/reference.ts'
import { readRequestText } from './plumbing/request-text.ts'
import { addSecurityHeaders } from './plumbing/security-headers.ts'
import { refuseWhileStopping } from './plumbing/shutdown.ts'
import { trackRequests } from './plumbing/tracking.ts'
import { pruneHourly } from './pruning.ts'
import { GuessWatch } from './rooms/guess-watch.ts'
import { lookup } from './rooms/lookup.ts'
import { rooms } from './rooms/rooms.ts'
import { rotationActions } from './rotations/actions.ts'
import { affectedMeetings } from './rotations/affected-meetings.ts'
import { rotationFiles } from './rotations/files.ts'
import { rotationApi } from './rotations/rotation-api.ts'
import { rotations } from './rotations/routes.ts'
import { rotationStrengths } from './rotations/strengths.ts'
import { rotationTimeline } from './rotations/timeline.ts'
import { type ServiceClock, wallClock } from './service-clock.ts'
import { departments } from './sites/departments.ts'
import { examples } from './sites/id-rule-examples.ts'
import { importPeople } from './sites/import-people.ts'
import { siteLock } from './sites/site-lock.ts'
import { sites } from './sites/sites.ts'
import { applyFaults } from './testing/apply-faults.ts'
import { showHabits } from './testing/habits/show-habits.ts'
import { testing } from './testing/routes.ts'
import { signInRoutes } from './testing/sign-in/routes.ts'
import type { TestControl } from './testing/test-control.ts'
import { tokens } from './tokens/tokens.ts'
import { allPreferences } from './webex/all-preferences.ts'
import { audio } from './webex/audio.ts'
import { changePeople } from './webex/change-people.ts'
import { commonSettings } from './webex/common-settings.ts'
import { listPeople } from './webex/list-people.ts'
import { createMeeting } from './webex/meetings/create-meeting.ts'
import { listMeetings } from './webex/meetings/list-meetings.ts'
import { oneMeeting } from './webex/meetings/one-meeting.ts'
import { onePerson } from './webex/one-person.ts'
import { personalRoom } from './webex/personal-room.ts'
import { refreshRoomIds } from './webex/refresh-room-ids.ts'
import { ignoreNullFields } from './webex/requests/null-fields.ts'
import { readQueryFields } from './webex/requests/query-fields.ts'
import { scheduling } from './webex/scheduling.ts'
import { tokenExpiry } from './webex/token-expiry.ts'
import { userSites } from './webex/user-sites.ts'
import { video } from './webex/video.ts'
import { webhooks } from './webex/webhooks.ts'
import { webexConnection } from './webex-connection/webex-connection.ts'
import { webexSignIn } from './webex-connection/webex-sign-in.ts'
import { deliveries } from './webhooks/deliveries.ts'
import { dispatchWebhooks } from './webhooks/dispatch-webhooks.ts'

export interface ServerDeps {
  store: Store
  /** Calls a minute per token; null for no limit. */
  rateLimit: RateLimit
  /** Addresses and networks, separated by commas, whose X-Forwarded headers are trusted; absent for none. */
  trustProxy?: string
  /** The origins of pages elsewhere that may call with a token; absent for none. */
  origins?: string[]
  /** How webhooks are sent; absent where this service does not send them. */
  webhookSettings?: WebhookDispatcherSettings
  /** Where the log goes; absent for none. */
  logger?: FastifyBaseLogger
  /** The faults to inject; absent for none. */
  faults?: { script: Faults; environment: FaultEnvironment }
  /** What time it is for the service; absent for the machine's clock. */
  clock?: ServiceClock
  /** What tests may do to it, under /_roomkey; absent for a service that is not for tests. */
  control?: TestControl
  /** The single-use sign-in link for the console; absent for none. */
  signInLink?: SignInLink
  /** This machine's connection to Webex; absent where it keeps none. */
  webex?: WebexConnection
  /** This machine's tokens for rotations of other services; absent where it has none. */
  tokenFor?: TokenFor
  /** The share of what a target allows, above 0 and up to 1, at which this service reads mirrors; absent where it reads none. */
  syncShare?: number
  /** What proves to the commands of this machine that it is this service; absent for one that nobody knows. */
  secret?: string
}

/** Builds the service over an open store. It does not listen yet, and closing it leaves the store open. */
export async function buildServer({
  store,
  rateLimit,
  trustProxy,
  origins = [],
  webhookSettings,
  logger,
  faults,
  clock = wallClock,
  control,
  signInLink,
  webex,
  tokenFor,
  syncShare,
  secret,
}: ServerDeps): Promise<App> {
  const app: App = Fastify(serverOptions(logger, trustProxy)).withTypeProvider<TypeBoxTypeProvider>()
  app.decorate('clock', clock)

  limitConnections(app)
  trackRequests(app)
  addSecurityHeaders(app)
  allowOrigins(app, origins)
  compressAnswers(app)
  answerErrors(app)
  answerBrokenRequests(app)
  ignoreTypesOfEmptyBodies(app)
  refuseTooManyFields(app)
  readRequestText(app)
  refuseWhileStopping(app)
  await describeApi(app)
  control?.names.learn(app)
  control?.recorded.record(app)
  const limits = await limitCalls(app, store, rateLimit)
  const callers = new InternalCallers()
  authenticate({ app, store }, limits, callers)
  decideSiteBeforeBody(app, store)
  if (faults !== undefined) injectFaults({ app, store }, faults.script, faults.environment)
  if (control !== undefined) {
    applyFaults({ app, store }, control)
    showHabits(app, control.habits)
  }
  const refuseOtherMethods = answerWrongMethods(app)
  const watch = new GuessWatch({ app, store })
  metrics({ app }, watch)

  await app.register(
    async scope => {
      readQueryFields(scope)
      ignoreNullFields(scope)
      const webex: Api = { app: scope as App, store }
      refreshRoomIds(webex)
      allPreferences(webex)
      personalRoom(webex)
      audio(webex)
      video(webex)
      scheduling(webex)
      userSites(webex)
      commonSettings(webex)
      tokenExpiry(webex)
      listPeople(webex)
      onePerson(webex)
      changePeople(webex)
      listMeetings(webex)
      createMeeting(webex)
      oneMeeting(webex)
      webhooks(webex, webhookSettings?.allowPrivate ?? false)
    },
    { prefix: '/v1' },
  )

  const own: Api = { app, store }
  const audits = new AuditCache(own)
  const work = new WorkLimits()
  sites(own)
  siteLock(own)
  rooms(own, audits)
  history(own)
  auditEvents(own)
  tokens(own)
  lookup(own, limits, watch)
  deliveries(own)
  audit(own, audits, work)
  departments(own)
  importPeople(own, work)
  auditTable(own, work)
  const routes = new TargetRoutes({ app, store, callers, webex, tokenFor })
  const rotating = rotationApi(own, routes, work)
  rotations(rotating)
  rotationActions(rotating)
  rotationTimeline(rotating)
  rotationStrengths(rotating)
  rotationFiles(rotating)
  affectedMeetings(rotating)
  sync(rotating)
  if (syncShare !== undefined) keepMirrors(rotating, syncShare)
  app.decorate('stopRotations', () => rotating.active.stopAll())
  app.addHook('preClose', () => rotating.active.stopAll())
  if (webex !== undefined) {
    webexConnection(own, webex)
    webexSignIn(own, webex, limits)
    webexSites(rotating)
  }
  examples(own)
  session(own, limits, signInLink)
  proof(own, secret)
  health(own)
  if (control !== undefined) {
    control.onRestore(() => audits.clear())
    control.onRestore(() => rotating.counts.clear())
    testing(app, control)
    signInRoutes(app, control.signIn)
  }
  openapi(app)
  reference(app)
  consolePages(app)

  pruneHourly(own)
  if (webhookSettings !== undefined) {
    const dispatcher = dispatchWebhooks(own, webhookSettings)
    control?.clock.add(dispatcher)
  }
  // Routes that take tables are added in scopes of their own.
  await app.after()
  refuseOtherMethods()
  await app.ready()
  return app
}
