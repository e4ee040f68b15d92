/**
 * One rotation, kept up to date. While it is being planned or running, the service streams its progress (server-sent
 * events). When the stream breaks, the page polls every second and tries the stream again after ten.
 */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { RotationProgress } from '../../../../src/wire/rotations.ts'
import { call } from '../../data/call.ts'
import { client } from '../../data/client.ts'
import { keys } from '../../data/keys.ts'
import { isActive, pathOf, type RotationAnswer } from '../../data/rotations.ts'
import { useSite } from '../../data/session.ts'

const pollMs = 1000
/** Somebody else may approve a plan at any time. */
const approvalPollMs = 4000
const streamRetryMs = 10_000

/** Progress as the page shows it: from the stream of events, else from the rotation itself. */
export interface ShownProgress {
  done: number
  refused: number
  held: number
  unsure: number
  total: number
  /** Batches sent so far. Only the stream reports it; null otherwise. */
  batches: number | null
  waitingUntil: string | null
  pausing: boolean
  /** What it does at the moment; null where nobody says so. */
  doing: RotationProgress['doing']
  refusedFor: RotationAnswer['refused']
  /** How far the reading for a plan is. Only the stream reports it. */
  reading: RotationProgress['reading']
}

export function useRotation(number: number) {
  const { siteUrl } = useSite()
  const queryKey = keys.rotation({ siteUrl, number })
  const path = pathOf({ siteUrl, number })
  const [streamed, setStreamed] = useState<RotationProgress | null>(null)
  const [streaming, setStreaming] = useState(true)
  const rotation = useQuery({
    queryKey,
    queryFn: () => call<RotationAnswer>('GET', path),
    // It may have been undone a moment ago.
    staleTime: 0,
    refetchInterval({ state: { data } }) {
      if (isActive(data)) return streaming ? false : pollMs
      return data?.state === 'planned' && data.approval === 'needed' ? approvalPollMs : false
    },
  })
  const active = isActive(rotation.data)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the site and the number.
  useEffect(() => {
    setStreamed(null)
    if (!active || !streaming) return
    const events = new EventSource(`${path}/events`)
    events.addEventListener('progress', event => setStreamed(JSON.parse(event.data)))
    events.addEventListener('end', event => {
      events.close()
      client.setQueryData(queryKey, JSON.parse(event.data))
      void client.invalidateQueries({ queryKey: keys.rotations })
    })
    events.addEventListener('error', () => {
      events.close()
      setStreaming(false)
    })
    return () => events.close()
  }, [path, active, streaming])

  useEffect(() => {
    if (streaming) return
    const timer = setTimeout(() => setStreaming(true), streamRetryMs)
    return () => clearTimeout(timer)
  }, [streaming])

  return { ...rotation, progress: rotation.data && (streamed ?? progressOf(rotation.data)) }
}

function progressOf({ counts, waitingUntil, pausing, refused }: RotationAnswer): ShownProgress {
  const { pending, sent, unsure, done } = counts
  return {
    done,
    refused: counts.refused,
    held: counts.held,
    unsure: sent + unsure,
    total: pending + sent + unsure + done + counts.refused + counts.held,
    batches: null,
    waitingUntil,
    pausing,
    doing: null,
    refusedFor: refused,
    reading: null,
  }
}
