/** Shows what a file would bring, and adds its people only when that is asked for. */
import Button from '@momentum-design/components/react/button/index.js'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Refused } from '../data/call.ts'
import { client } from '../data/client.ts'
import { importPeople, previewImport } from '../data/import-people.ts'
import { useSite } from '../data/session.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { Waiting, wordsForError } from '../ui/states.tsx'
import { showToast } from '../ui/toasts.tsx'
import { ImportPreview } from './import-preview.tsx'

export function ImportSheet({ file, onClose }: { file: File; onClose(): void }) {
  const words = useWords()
  const text = words.people
  const { integer } = useFormat()
  const { siteUrl } = useSite()
  const [encoding, setEncoding] = useState<string>()
  const people = { file, ...(encoding !== undefined && { encoding }) }
  const preview = useQuery({
    queryKey: ['people-preview', siteUrl, file.name, file.size, file.lastModified, encoding],
    queryFn: ({ signal }) => previewImport(siteUrl, people, signal),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const found = preview.data
  const add = useMutation({
    mutationFn: () => importPeople(siteUrl, people, found!.faulty > 0),
    onSuccess: ({ added }) => {
      showToast(text.added(added, integer))
      onClose()
      return client.invalidateQueries()
    },
  })
  const action = found !== undefined && found.good > 0 && (
    <ActionButton busy={add.isPending} onClick={() => add.mutate()}>
      {add.isPending
        ? text.adding
        : found.faulty > 0
          ? text.addOthers(found.good, integer)
          : text.add(found.good, integer)}
    </ActionButton>
  )
  return (
    <Sheet wide title={text.sheetTitle(file.name)} onClose={onClose} actions={action}>
      <p className="quiet">{text.nothingYet(siteUrl)}</p>
      {preview.isPending && <Waiting lines={4} about={text.reading} />}
      {preview.error && (
        <Notice
          tone="bad"
          role="alert"
          action={
            isOtherEncoding(preview.error) && (
              <Button variant="secondary" onClick={() => setEncoding(windows)}>
                {text.readAsWindows}
              </Button>
            )
          }
        >
          {isOtherEncoding(preview.error) ? text.otherEncoding : wordsForError(preview.error, words)}
        </Notice>
      )}
      {found !== undefined && <ImportPreview found={found} />}
      {add.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(add.error, words)}
        </Notice>
      )}
    </Sheet>
  )
}

const windows = 'windows-1252'

/** The service names the encoding in the words of the command line. */
function isOtherEncoding(error: unknown): boolean {
  return error instanceof Refused && error.faults.some(({ text }) => text.includes(`--encoding ${windows}`))
}
