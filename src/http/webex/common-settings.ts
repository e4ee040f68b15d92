/**
 * Get and Update Meeting Common Settings Configuration: Roomkey uses one of these settings; the rest is stored only.
 */
import { isDeepStrictEqual } from 'node:util'
import Type, { type Static } from 'typebox'
import type { Site } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { CommonSettings, CommonSettingsPatch } from '../../wire/common-settings.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { text } from '../../wire/text.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import type { Caller } from '../access/caller.ts'
import { configRead, configWrite } from '../access/scopes.ts'
import { refuseMirrored, siteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { defaultSite } from './preference-subject.ts'

const path = '/admin/meeting/config/commonSettings'

const Query = Type.Object(
  { siteUrl: Type.Optional(text("The site. Default: the administrator's preferred site.")) },
  { additionalProperties: false },
)

export function commonSettings({ app, store }: Api): void {
  app.get(
    path,
    {
      config: { access: configRead },
      schema: {
        summary: 'Get Meeting Common Settings Configuration',
        tags: ['Sites'],
        querystring: Query,
        response: { 200: CommonSettings, '4xx': ErrorAnswer },
      },
    },
    async request => settingsOf(await siteOf(store.db, callerOf(request), request.query)),
  )

  app.patch(
    path,
    {
      config: { access: configWrite },
      schema: {
        summary: 'Update Meeting Common Settings Configuration',
        description:
          "Changes only the given settings. `siteUrl` is Roomkey's addition: on Webex, the site is always the preferred one.",
        tags: ['Sites'],
        querystring: Query,
        body: CommonSettingsPatch,
        response: { 200: CommonSettings, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const site = await siteOf(store.db, caller, request.query)
      const before = settingsOf(site)
      const after = patched(before, request.body)
      refuseContradictions(request.body, before, after)

      const { siteOptions, telephonyConfig: _readOnly, ...settings } = request.body
      await store.write('changeCommonSettings', {
        ...actorOf(request),
        siteId: site.site_id,
        siteUrl: site.url,
        allowCustomUrl: siteOptions?.allowCustomPersonalRoomURL ?? null,
        settings,
      })
      return after
    },
  )
}

async function siteOf(db: Db, caller: Caller, { siteUrl }: Static<typeof Query>): Promise<Site> {
  const site = siteUrl === undefined ? await defaultSite(db, caller, caller.email) : await siteFor(db, caller, siteUrl)
  refuseMirrored(site)
  return site
}

function settingsOf(site: Site): CommonSettings {
  const stored: CommonSettingsPatch = site.common_settings === null ? {} : JSON.parse(site.common_settings)
  const settings = patched(defaults, stored)
  return { ...settings, siteOptions: { allowCustomPersonalRoomURL: site.allow_custom_url === 1 } }
}

function patched(settings: CommonSettings, patch: CommonSettingsPatch): CommonSettings {
  const { passwordCriteria, ...security } = patch.securityOptions ?? {}
  return {
    ...settings,
    siteOptions: { ...settings.siteOptions, ...patch.siteOptions },
    defaultSchedulerOptions: { ...settings.defaultSchedulerOptions, ...patch.defaultSchedulerOptions },
    scheduleMeetingOptions: { ...settings.scheduleMeetingOptions, ...patch.scheduleMeetingOptions },
    securityOptions: {
      ...settings.securityOptions,
      ...security,
      passwordCriteria: { ...settings.securityOptions.passwordCriteria, ...passwordCriteria },
    },
  }
}

/** The dependencies between settings that the official descriptions state. What stays as it was contradicts nothing. */
function refuseContradictions(asked: CommonSettingsPatch, before: CommonSettings, after: CommonSettings): void {
  const { defaultSchedulerOptions: scheduler, securityOptions: security } = after
  const { defaultSchedulerOptions: schedulerBefore, securityOptions: securityBefore } = before
  if (
    (asked.defaultSchedulerOptions?.tollFree ?? schedulerBefore.tollFree) !== schedulerBefore.tollFree &&
    scheduler.telephonySupport !== 'WebexTeleconferencing'
  ) {
    throw refuse(400, 'tollFree can only be given if telephonySupport is WebexTeleconferencing.')
  }
  if (Object.values(asked.telephonyConfig ?? {}).includes(true)) {
    throw refuse(400, 'telephonyConfig is read-only: it can only be sent back as it was read.')
  }
  for (const name of ['audioBeforeHost', 'firstAttendeeAsPresenter'] as const) {
    if (security[name] && !securityBefore[name] && !security.joinBeforeHost) {
      throw refuse(400, `${name} can only be turned on if joinBeforeHost is on.`)
    }
  }
  const sameCriteria = isDeepStrictEqual(security.passwordCriteria, securityBefore.passwordCriteria)
  if (!sameCriteria && !security.requireStrongPassword) {
    throw refuse(400, 'passwordCriteria can only be given if requireStrongPassword is on.')
  }
}

const defaults: CommonSettings = {
  siteOptions: { allowCustomPersonalRoomURL: true },
  telephonyConfig: {
    allowCallIn: false,
    allowCallBack: false,
    allowOtherTeleconf: false,
    allowTollFreeCallin: false,
    allowInternationalCallin: false,
    allowInternationalCallback: false,
    VoIP: false,
  },
  defaultSchedulerOptions: {
    entryAndExitTone: 'Beep',
    joinTeleconfNotPress1: false,
    telephonySupport: 'None',
    tollFree: false,
    VoIP: false,
  },
  scheduleMeetingOptions: { emailReminders: true },
  securityOptions: {
    joinBeforeHost: false,
    audioBeforeHost: false,
    firstAttendeeAsPresenter: false,
    unlistAllMeetings: false,
    requireLoginBeforeAccess: false,
    allowMobileScreenCapture: true,
    requireStrongPassword: true,
    passwordCriteria: {
      mixedCase: true,
      minLength: 8,
      minNumeric: 1,
      minAlpha: 1,
      minSpecial: 0,
      disallowDynamicWebText: true,
      disallowList: true,
      disallowValues: ['password', 'passwd', 'pass'],
    },
  },
}
