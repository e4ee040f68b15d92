/** The common settings of a site, as Webex describes them. */
import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false }
const flag = (description: string) => Type.Boolean({ description })
const count = (description: string) => Type.Integer({ minimum: 0, maximum: 12, description })

const SiteOptions = Type.Object(
  { allowCustomPersonalRoomURL: flag('Whether hosts may change the ID of their own room.') },
  closed,
)

const SchedulerOptions = Type.Object(
  {
    entryAndExitTone: Type.Enum(['NoTone', 'Beep', 'AnnounceName']),
    joinTeleconfNotPress1: flag('Whether joining without pressing 1 is the default.'),
    telephonySupport: Type.Enum(['None', 'WebexTeleconferencing', 'Other']),
    tollFree: flag('Whether toll-free numbers are offered; only with WebexTeleconferencing.'),
    VoIP: flag('Whether the computer is offered for audio.'),
  },
  closed,
)

const PasswordCriteria = Type.Object(
  {
    mixedCase: flag('Whether upper and lower case are both required.'),
    minLength: count('Minimum number of characters, up to 12.'),
    minNumeric: count('Minimum number of digits, up to 12.'),
    minAlpha: count('Minimum number of letters, up to 12.'),
    minSpecial: count('Minimum number of other characters, up to 12.'),
    disallowDynamicWebText: flag('Whether names of the site, the host and the topic are refused.'),
    disallowList: flag('Whether the passwords in disallowValues are refused.'),
    disallowValues: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 100, uniqueItems: true }),
  },
  closed,
)

const security = {
  joinBeforeHost: flag('Whether others may join before the host.'),
  audioBeforeHost: flag('Whether they may also join the audio; only with joinBeforeHost.'),
  firstAttendeeAsPresenter: flag('Whether the first of them becomes the presenter; only with joinBeforeHost.'),
  unlistAllMeetings: flag('Whether all meetings are unlisted.'),
  requireLoginBeforeAccess: flag('Whether everybody has to sign in to the site.'),
  allowMobileScreenCapture: flag('Whether screen captures are allowed (Android).'),
  requireStrongPassword: flag('Whether meeting passwords must meet passwordCriteria.'),
}

const ScheduleOptions = Type.Object({ emailReminders: flag('Whether e-mail reminders are sent.') }, closed)

const TelephonyConfig = Type.Object(
  Object.fromEntries(
    [
      'allowCallIn',
      'allowCallBack',
      'allowOtherTeleconf',
      'allowTollFreeCallin',
      'allowInternationalCallin',
      'allowInternationalCallback',
      'VoIP',
    ].map(name => [name, Type.Boolean()]),
  ),
  { description: 'Read-only: may be sent back as it was read. All off: Roomkey has no telephony.' },
)

export const CommonSettings = Type.Object({
  siteOptions: SiteOptions,
  telephonyConfig: TelephonyConfig,
  defaultSchedulerOptions: SchedulerOptions,
  scheduleMeetingOptions: ScheduleOptions,
  securityOptions: Type.Object({ ...security, passwordCriteria: PasswordCriteria }),
})

export const CommonSettingsPatch = Type.Object(
  {
    siteOptions: Type.Optional(Type.Partial(SiteOptions, closed)),
    defaultSchedulerOptions: Type.Optional(Type.Partial(SchedulerOptions, closed)),
    scheduleMeetingOptions: Type.Optional(Type.Partial(ScheduleOptions, closed)),
    securityOptions: Type.Optional(
      Type.Object(
        {
          ...Type.Partial(Type.Object(security)).properties,
          passwordCriteria: Type.Optional(Type.Partial(PasswordCriteria, closed)),
        },
        closed,
      ),
    ),
    telephonyConfig: Type.Optional(Type.Partial(TelephonyConfig, closed)),
  },
  closed,
)

export type CommonSettings = Static<typeof CommonSettings>
export type CommonSettingsPatch = Static<typeof CommonSettingsPatch>
