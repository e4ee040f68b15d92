import { useWords } from '../language/use-words.ts'
import { wordsForError } from '../ui/states.tsx'

/** Whether a change was saved, or why not. */
export function Outcome({ change }: { change: { isSuccess: boolean; error: unknown } }) {
  const words = useWords()
  return (
    <p role={change.error ? 'alert' : 'status'} className={change.error ? 'bad-text' : 'good-text'}>
      {change.error ? wordsForError(change.error, words) : change.isSuccess ? `✓ ${words.saved}` : ''}
    </p>
  )
}
