/** The service, assembled: every plugin and route, in order. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify'
import type { Store } from '../store/store.ts'
import type { WebexConnection } from '../webex/connection.ts'
import type { AnnouncerSettings } from '../webhooks/announcer.ts'
import type { Faults } from '../wire/faults.ts'
import { audit } from './admin/audit.ts'
import { auditEvents } from './admin/audit-events.ts'
import { deliveries } from './admin/deliveries.ts'
import { departments } from './admin/departments.ts'
import { examples } from './admin/examples.ts'
import { history } from './admin/history.ts'
import { rehearsals } from './admin/rehearsals.ts'
import { rooms } from './admin/rooms.ts'
import { rotationDeeds } from './admin/rotation-deeds.ts'
import { rotationFiles } from './admin/rotation-files.ts'
import { rotations } from './admin/rotations.ts'
import { siteLock } from './admin/site-lock.ts'
import { sites } from './admin/sites.ts'
import { tokens } from './admin/tokens.ts'
import { webexConnection } from './admin/webex-connection.ts'
import { webexSignIn } from './admin/webex-sign-in.ts'
import { announceChanges } from './announce-changes.ts'
import { authenticate } from './auth.ts'
import { consolePages } from './console.ts'
import { answerErrors } from './errors.ts'
import { type FaultWorld, goWrong } from './faults.ts'
import { guardAnswers } from './guards.ts'
import { health } from './health.ts'
import type { Invitation } from './invitation.ts'
import { KeptAudits } from './kept-audits.ts'
import { limitCalls, type RateLimit } from './limits.ts'
import { lookup } from './lookup.ts'
import { answerWrongMethods } from './method-not-allowed.ts'
import { metrics } from './metrics.ts'
import { describeApi, openapi } from './openapi.ts'
import { OwnCallers } from './own-callers.ts'
import { answerBrokenRequests, serverOptions } from './protocol.ts'
import { reference } from './reference.ts'
import { RotationRuns } from './rotation-runs.ts'
import { RotationTargets, type TokenFor } from './rotation-target.ts'
import { session } from './session.ts'
import { refuseWhileStopping } from './stopping.ts'
import { trackRequests } from './tracking.ts'
import { allPreferences } from './webex/all-preferences.ts'
import { audio } from './webex/audio.ts'
import { changePeople } from './webex/change-people.ts'
import { commonSettings } from './webex/common-settings.ts'
import { listPeople } from './webex/list-people.ts'
import { onePerson } from './webex/one-person.ts'
import { personalRoom } from './webex/personal-room.ts'
import { refreshRoomIds } from './webex/refresh-room-ids.ts'
import { scheduling } from './webex/scheduling.ts'
import { userSites } from './webex/user-sites.ts'
import { video } from './webex/video.ts'
import { webhooks } from './webex/webhooks.ts'

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

declare module 'fastify' {
  interface FastifyInstance {
    /** Stops rotations after the batches under way. To be called before the service closes, while they can still end well. */
    stopRotations(): Promise<void>
  }
}

/** What a route needs. */
export interface Api {
  app: App
  store: Store
}

export interface ServerDeps {
  store: Store
  /** Calls a minute per token; null for no limit. */
  rateLimit: RateLimit
  /** Addresses and networks, separated by commas, whose X-Forwarded headers count; absent for nobody's. */
  trustProxy?: string
  /** How webhooks are told of changes; absent where this service is not to tell them. */
  announce?: AnnouncerSettings
  /** Where the log goes; absent for none. */
  logger?: FastifyBaseLogger
  /** What goes wrong on purpose; absent for nothing. */
  faults?: { script: Faults; world: FaultWorld }
  /** What signs in to the console without a token, once; absent for none. */
  invitation?: Invitation
  /** This machine's connection to Webex; absent where it keeps none. */
  webex?: WebexConnection
  /** This machine's tokens for rotations of other services; absent where it has none. */
  tokenFor?: TokenFor
}

/** Builds the service over an open store. It does not listen yet, and closing it leaves the store open. */
export async function buildServer({
  store,
  rateLimit,
  trustProxy,
  announce,
  logger,
  faults,
  invitation,
  webex,
  tokenFor,
}: ServerDeps): Promise<App> {
  const app: App = Fastify(serverOptions(logger, trustProxy)).withTypeProvider<TypeBoxTypeProvider>()

  trackRequests(app)
  guardAnswers(app)
  answerErrors(app)
  answerBrokenRequests(app)
  refuseWhileStopping(app)
  await describeApi(app)
  const limits = await limitCalls(app, store, rateLimit)
  const callers = new OwnCallers()
  authenticate(app, store, limits, callers)
  if (faults !== undefined) goWrong({ app, store }, faults.script, faults.world)
  const refuseOtherMethods = answerWrongMethods(app)
  metrics({ app })

  await app.register(
    async scope => {
      const webex: Api = { app: scope as App, store }
      refreshRoomIds(webex)
      allPreferences(webex)
      personalRoom(webex)
      audio(webex)
      video(webex)
      scheduling(webex)
      userSites(webex)
      commonSettings(webex)
      listPeople(webex)
      onePerson(webex)
      changePeople(webex)
      webhooks(webex, announce?.allowPrivate ?? false)
    },
    { prefix: '/v1' },
  )

  const own: Api = { app, store }
  const audits = new KeptAudits(store.db)
  sites(own)
  siteLock(own)
  rooms(own, audits)
  history(own)
  auditEvents(own)
  tokens(own)
  lookup(own, limits)
  deliveries(own)
  audit(own, audits)
  departments(own)
  const targets = new RotationTargets({ app, store, callers, webex, tokenFor })
  const runs = new RotationRuns(own, targets)
  rotations(own, runs)
  rotationDeeds(own, runs)
  rehearsals(own, runs)
  rotationFiles(own, runs)
  app.decorate('stopRotations', () => runs.stopAll())
  app.addHook('preClose', () => runs.stopAll())
  if (webex !== undefined) {
    webexConnection(own, webex)
    webexSignIn(own, webex, limits)
  }
  examples(own)
  session(own, limits, invitation)
  health(own)
  openapi(app)
  reference(app)
  consolePages(app)

  if (announce !== undefined) announceChanges(app, store, announce)
  refuseOtherMethods()
  await app.ready()
  return app
}
