import { useSite } from '../data/session.ts'
import { useWords } from '../language/use-words.ts'
import { Empty } from '../ui/states.tsx'
import { useAddPeople } from './add-people.tsx'

/** A site without people: they come by a file, or from Webex where the site is one of Webex. */
export function NobodyYet({ title }: { title: string }) {
  const text = useWords().people
  const isHeld = useSite().recordHolder === 'held'
  const { button, rest } = useAddPeople(false)
  return (
    <>
      <Empty icon="people-bold" title={title} action={isHeld && button}>
        {isHeld ? text.empty : text.emptyMirrored}
      </Empty>
      {isHeld && rest}
    </>
  )
}
