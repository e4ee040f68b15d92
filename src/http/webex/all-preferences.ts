/** Get Meeting Preference Details: all preferences in one answer. */
import Type from 'typebox'
import { ErrorAnswer } from '../../wire/errors.ts'
import { PersonalRoom } from '../../wire/personal-room.ts'
import { Audio, Scheduling, UserSites, Video } from '../../wire/preferences.ts'
import { callerOf } from '../access/auth.ts'
import { othersPreferencesRead, preferencesRead } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { defaultAudio } from './audio.ts'
import { readPersonalRoom } from './personal-room.ts'
import { preferenceSubject, SubjectQuery } from './preference-subject.ts'
import { defaultScheduling } from './scheduling.ts'
import { readStored } from './stored-preference.ts'
import { sitesOf } from './user-sites.ts'
import { defaultVideo } from './video.ts'

export function allPreferences({ app, store }: Api): void {
  app.get(
    '/meetingPreferences',
    {
      config: { access: preferencesRead },
      schema: {
        summary: 'Get Meeting Preference Details',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        response: {
          200: Type.Object({
            personalMeetingRoom: PersonalRoom,
            audio: Audio,
            video: Video,
            schedulingOptions: Scheduling,
            ...UserSites.properties,
          }),
          '4xx': ErrorAnswer,
        },
      },
    },
    async request => {
      const caller = callerOf(request)
      const about = await preferenceSubject(store.db, caller, request.query, othersPreferencesRead)
      const { person } = about
      return {
        personalMeetingRoom: await readPersonalRoom(store.db, about),
        audio: await readStored(store.db, person, 'audio', defaultAudio),
        video: await readStored(store.db, person, 'video', defaultVideo),
        schedulingOptions: await readStored(store.db, person, 'schedulingOptions', defaultScheduling),
        ...(await sitesOf(store.db, caller, person.email)),
      }
    },
  )
}
