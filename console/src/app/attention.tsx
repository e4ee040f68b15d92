/** The state of running rotations and wanted approvals: beside the navigation, in the title and the icon, and as notifications. */
import { useEffect, useRef } from 'react'
import { type Attention, attentionOf, useNewestRotations } from '../data/attention.ts'
import { useLostAt } from '../data/reach.ts'
import type { RotationAnswer } from '../data/rotations.ts'
import type { Words } from '../language/en.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'

/** What stands beside "Rotations" in the navigation; null where nothing wants to be known. */
export function AttentionBadge() {
  const text = useWords().attention
  const format = useFormat()
  const lost = useLostAt() !== null
  const attention = attentionOf(useNewestRotations().data)
  const short = lost && attention.running !== null ? text.unknown : shortOf(attention, text, format.percent)
  useTab(short, attention, lost)
  useNotifications()
  if (short === null) return null
  return (
    <span className={attention.running === null ? 'count wanted' : 'count'}>
      <span className="unseen">: </span>
      {short}
    </span>
  )
}

function shortOf(
  { running, toApprove, stopped }: Attention,
  text: Words['attention'],
  percent: (share: number) => string,
): string | null {
  if (running !== null) return running.pausing ? text.pausing : percent(running.share)
  if (toApprove > 0) return text.toApprove(toApprove)
  return stopped > 0 ? text.stopped(stopped) : null
}

/** The pages write their own title, so the words come before it whenever it changes. */
function useTab(short: string | null, { running, toApprove, stopped }: Attention, lost: boolean): void {
  const icon = lost ? 'mark' : running !== null ? 'mark-running' : toApprove + stopped > 0 ? 'mark-wanted' : 'mark'
  useEffect(() => {
    const before = short === null ? '' : `(${short}) `
    const write = () => {
      const bare = document.title.replace(/^\([^)]*\) /, '')
      if (document.title !== before + bare) document.title = before + bare
    }
    write()
    const observer = new MutationObserver(write)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [short])
  useEffect(() => {
    document.querySelector('link[rel=icon]')?.setAttribute('href', `/console/${icon}.svg`)
  }, [icon])
}

/** Where the person allowed it, the browser says when a rotation has ended, and when one wants their approval. */
function useNotifications(): void {
  const text = useWords().attention
  const { data } = useNewestRotations()
  const before = useRef<RotationAnswer[] | undefined>(undefined)
  useEffect(() => {
    const known = new Map(before.current?.map(rotation => [rotation.number, rotation]))
    before.current = data
    if (known.size === 0 || !('Notification' in window) || Notification.permission !== 'granted') return
    for (const rotation of data ?? []) {
      const was = known.get(rotation.number)
      const said = text.notification(rotation, was?.state ?? null)
      if (said !== null)
        new Notification(said, { body: rotation.siteUrl, tag: `${rotation.siteUrl} ${rotation.number}` })
    }
  }, [data, text])
}
