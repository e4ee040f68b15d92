/** Above every page, while the service does not answer. */
import { useLostAt, useProbing } from '../data/reach.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { Notice } from '../ui/notice.tsx'

export function ServiceLost() {
  const words = useWords()
  const format = useFormat()
  const lostAt = useLostAt()
  useProbing()
  return (
    <div role="alert" className="offline">
      {lostAt !== null && <Notice tone="bad">{words.states.lost(format.time(lostAt))}</Notice>}
    </div>
  )
}
