/** Get and Update Video Options. */
import { ErrorAnswer } from '../../wire/errors.ts'
import { Video } from '../../wire/preferences.ts'
import { callerOf } from '../access/auth.ts'
import { othersPreferencesRead, preferencesRead, preferencesWrite, refreshAccess } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { longListBytes } from '../limits/body-size.ts'
import { refuse } from '../plumbing/errors.ts'
import { preferenceSubject, SubjectQuery } from './preference-subject.ts'
import { readStored, storePreference } from './stored-preference.ts'

const path = '/meetingPreferences/video'

export const defaultVideo: Video = { videoDevices: [] }

export function video({ app, store }: Api): void {
  app.get(
    path,
    {
      config: { access: preferencesRead },
      schema: {
        summary: 'Get Video Options',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        response: { 200: Video, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const { person } = await preferenceSubject(store.db, callerOf(request), request.query, othersPreferencesRead)
      return readStored(store.db, person, 'video', defaultVideo)
    },
  )

  app.put(
    path,
    {
      bodyLimit: longListBytes,
      config: { access: preferencesWrite },
      schema: {
        summary: 'Update Video Options',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        body: Video,
        response: { 200: Video, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const about = await preferenceSubject(store.db, callerOf(request), request.query, refreshAccess)
      const { videoDevices } = request.body
      const defaults = videoDevices.filter(({ isDefault }) => isDefault).length
      if (videoDevices.length > 0 && defaults !== 1) {
        throw refuse(400, 'Exactly one of the videoDevices must be the default.')
      }
      await storePreference(store, request, about, { kind: 'video', value: request.body })
      return request.body
    },
  )
}
