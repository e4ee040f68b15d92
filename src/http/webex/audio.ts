/** Get and Update Audio Options. */
import { ErrorAnswer } from '../../wire/errors.ts'
import { Audio, AudioUpdate } from '../../wire/preferences.ts'
import { callerOf } from '../access/auth.ts'
import { othersPreferencesRead, preferencesRead, preferencesWrite, refreshAccess } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { readNewPin } from './pin-hash.ts'
import { preferenceSubject, SubjectQuery } from './preference-subject.ts'
import { readStored, storePreference } from './stored-preference.ts'

const path = '/meetingPreferences/audio'

export function audio({ app, store }: Api): void {
  app.get(
    path,
    {
      config: { access: preferencesRead },
      schema: {
        summary: 'Get Audio Options',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        response: { 200: Audio, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const { person } = await preferenceSubject(store.db, callerOf(request), request.query, othersPreferencesRead)
      return readStored(store.db, person, 'audio', defaultAudio)
    },
  )

  app.put(
    path,
    {
      config: { access: preferencesWrite },
      schema: {
        summary: 'Update Audio Options',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        body: AudioUpdate,
        response: { 200: Audio, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const about = await preferenceSubject(store.db, callerOf(request), request.query, refreshAccess)
      const { audioPin, ...options } = request.body
      const pin = await readNewPin('audioPin', audioPin)
      await storePreference(store, request, about, { kind: 'audio', value: options, ...pin })
      return audioPin !== undefined && audioPin !== '' && about.isOwn ? { ...options, audioPin } : options
    },
  )
}

const noNumber = { countryCode: '', number: '', enabledCallInAuthentication: false, enabledCallMe: false }

export const defaultAudio: Audio = {
  defaultAudioType: 'voipOnly',
  otherTeleconferenceDescription: '',
  enabledGlobalCallIn: false,
  enabledTollFree: false,
  enabledAutoConnection: false,
  officeNumber: noNumber,
  mobileNumber: noNumber,
}
