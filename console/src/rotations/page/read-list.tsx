import type { PlannedAnswer } from '../../data/rotations.ts'
import { useWords } from '../../language/use-words.ts'
import { Notice } from '../../ui/notice.tsx'

/** Which columns of the list were taken for what, just after the plan was made: the form leaves it in the history. */
export function ReadList() {
  const text = useWords().planForm
  const list: PlannedAnswer['list'] = window.history.state?.list ?? null
  if (list === null) return null
  const quoted = (names: string[]) => names.map(name => text.quoted(name)).join(', ')
  const fields = Object.entries(list.columns).map(([field, names]) => text.readAs(field, quoted(names)))
  return (
    <Notice role="status">
      {list.file}: {fields.join('; ')}. {list.notUsed.length > 0 && text.notUsed(quoted(list.notUsed))}
    </Notice>
  )
}
