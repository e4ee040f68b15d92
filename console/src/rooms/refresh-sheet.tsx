import Input from '@momentum-design/components/react/input/index.js'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { RefreshRoomIdsAnswer } from '../../../src/wire/refresh-room-ids.ts'
import type { RoomAnswer } from '../../../src/wire/rooms.ts'
import { call } from '../data/call.ts'
import { client } from '../data/client.ts'
import { keys } from '../data/keys.ts'
import { useSite } from '../data/session.ts'
import type { Words } from '../language/en.ts'
import { useWords } from '../language/use-words.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { wordsForError } from '../ui/states.tsx'
import { showToast } from '../ui/toasts.tsx'

async function showAgain(): Promise<void> {
  await Promise.all(
    [keys.room, keys.rooms, keys.audit, keys.changes].map(queryKey => client.invalidateQueries({ queryKey })),
  )
}

function refreshId(
  siteUrl: string,
  room: RoomAnswer,
  how: { personalMeetingRoomId: string } | { systemGenerated: true },
) {
  return call<RefreshRoomIdsAnswer>('POST', '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId', {
    siteUrl,
    personalMeetingRoomIds: [{ personId: room.personId, ...how }],
  })
}

/** The old ID is reserved for its last holder, so it can be given again. */
async function giveBack(siteUrl: string, room: RoomAnswer, words: Words): Promise<void> {
  const old = room.personalMeetingRoomId!
  try {
    await refreshId(siteUrl, room, { personalMeetingRoomId: old })
    await showAgain()
    showToast(words.room.givenBack(old))
  } catch (error) {
    showToast(wordsForError(error, words))
  }
}

/** Gives one room a new ID, by the same batch refresh that a rotation uses for a hundred. */
export function RefreshSheet({ room, onClose }: { room: RoomAnswer; onClose(): void }) {
  const words = useWords()
  const text = words.room
  const { siteUrl, generationMethod } = useSite()
  const [own, setOwn] = useState('')
  const refresh = useMutation({
    mutationFn: () =>
      refreshId(siteUrl, room, own.trim() === '' ? { systemGenerated: true } : { personalMeetingRoomId: own.trim() }),
    onSuccess: async ({ personalMeetingRoomIds }) => {
      await showAgain()
      onClose()
      const newId = personalMeetingRoomIds[0]?.personalMeetingRoomId
      if (newId === undefined) return
      const link = `https://${siteUrl}/meet/${newId}`
      const copy = { label: text.copyNewLink, onClick: () => void navigator.clipboard.writeText(link) }
      const old = room.personalMeetingRoomId
      const back = { label: words.undoIt, onClick: () => void giveBack(siteUrl, room, words) }
      showToast(`${old ?? room.displayName} → ${newId}`, copy, ...(old === null ? [] : [back]))
    },
  })
  return (
    <Sheet
      title={text.refreshTitle(room.displayName)}
      onClose={onClose}
      actions={
        <ActionButton busy={refresh.isPending} onClick={() => refresh.mutate()}>
          {text.refreshAction}
        </ActionButton>
      }
    >
      <p>{text.refreshAbout}</p>
      <Input
        data-first
        label={text.newId}
        value={own}
        maxlength={64}
        helpText={
          refresh.error ? wordsForError(refresh.error, words) : text.newIdAbout(words.methods[generationMethod])
        }
        helpTextType={refresh.error ? 'error' : 'default'}
        onInput={event => setOwn((event.target as { value: string }).value)}
      />
    </Sheet>
  )
}
