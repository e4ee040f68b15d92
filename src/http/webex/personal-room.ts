/** Get and Update Personal Meeting Room Options. */
import { message } from '../../messages/message.ts'
import { roomLink, roomSipAddress } from '../../rooms/room-id.ts'
import type { DirectoryPerson } from '../../store/people/directory.ts'
import type { Db } from '../../store/tables.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { PersonalRoom, type RoomOptions, UpdatePersonalRoom } from '../../wire/personal-room.ts'
import { callerOf } from '../access/auth.ts'
import { othersPreferencesRead, preferencesRead, preferencesWrite, refreshAccess } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { longListBytes } from '../limits/body-size.ts'
import { refuse } from '../plumbing/errors.ts'
import { chooseRoomId, readRoomLink } from './choose-room-id.ts'
import { readNewPin } from './pin-hash.ts'
import { type PreferenceSubject, preferenceSubject, SubjectQuery } from './preference-subject.ts'
import { readStored, storePreference } from './stored-preference.ts'

const path = '/meetingPreferences/personalMeetingRoom'

export function personalRoom({ app, store }: Api): void {
  app.get(
    path,
    {
      config: { access: preferencesRead },
      schema: {
        summary: 'Get Personal Meeting Room Options',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        response: { 200: PersonalRoom, '4xx': ErrorAnswer },
      },
    },
    async request =>
      readPersonalRoom(
        store.db,
        await preferenceSubject(store.db, callerOf(request), request.query, othersPreferencesRead),
      ),
  )

  app.put(
    path,
    {
      bodyLimit: longListBytes,
      config: { access: preferencesWrite },
      schema: {
        summary: 'Update Personal Meeting Room Options',
        description:
          'Replaces the options of the room. If the link has another ID, the room gets it under the rules of the batch refresh.',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        body: UpdatePersonalRoom,
        response: { 200: PersonalRoom, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const about = await preferenceSubject(store.db, caller, request.query, refreshAccess)
      const { site, person, isOwn } = about
      const { hostPin, personalMeetingRoomLink: link, ...rest } = request.body
      const { sipAddress: _sip, dialInIpAddress: _dialIn, telephony: _telephony, ...given } = rest
      const roomId = roomIdOf(person)
      const pin = await readNewPin('hostPin', hostPin)

      const actor = { tokenId: caller.tokenId, trackingId: request.id }
      const newId =
        link === undefined
          ? roomId
          : await chooseRoomId({ app, store }, { site, person, id: readRoomLink(site, link), ...actor })
      const options: RoomOptions = { ...defaultOptions(person), ...given }
      await storePreference(store, request, about, { kind: 'personalMeetingRoom', value: options, ...pin })
      return answer(site.url, newId, options, isOwn ? hostPin : '')
    },
  )
}

/** @throws ApiError 404 for a person without a room. */
export async function readPersonalRoom(
  db: Db,
  { site, person }: Pick<PreferenceSubject, 'site' | 'person'>,
): Promise<PersonalRoom> {
  const roomId = roomIdOf(person)
  const options = await readStored(db, person, 'personalMeetingRoom', defaultOptions(person))
  return answer(site.url, roomId, options, '')
}

function roomIdOf({ roomId }: DirectoryPerson): string {
  if (roomId === null) throw refuse(404, message('noRoom'))
  return roomId
}

function answer(siteUrl: string, roomId: string, options: RoomOptions, hostPin: string): PersonalRoom {
  return {
    ...options,
    hostPin,
    personalMeetingRoomLink: roomLink(siteUrl, roomId),
    sipAddress: roomSipAddress(siteUrl, roomId),
    dialInIpAddress: '',
    telephony: { accessCode: '', callInNumbers: [] },
  }
}

function defaultOptions({ displayName }: DirectoryPerson): RoomOptions {
  return {
    topic: `${displayName.slice(0, 100)}'s Personal Room`,
    enabledAutoLock: false,
    autoLockMinutes: 10,
    enabledNotifyHost: true,
    supportCoHost: false,
    supportAnyoneAsCoHost: false,
    allowFirstUserToBeCoHost: false,
    allowAuthenticatedDevices: true,
    coHosts: [],
  }
}
