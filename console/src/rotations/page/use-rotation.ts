/**
 * One rotation as it is now. While it moves, the service tells what happens as it happens (server-sent events); where
 * that stream breaks, it is asked again and again, and the stream is tried again after a while.
 */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { RotationProgress } from '../../../../src/wire/rotations.ts'
import { call } from '../../data/call.ts'
import { client } from '../../data/client.ts'
import { isMoving, pathOf, type RotationAnswer } from '../../data/rotations.ts'
import { useSite } from '../../data/session.ts'

const askAgainMs = 1000
/** Somebody else may approve a plan at any time. */
const approvalMs = 4000
const streamAgainMs = 10_000

export interface Moving {
  done: number
  refused: number
  unsure: number
  total: number
  /** Null where it is not told: a rotation that is asked for shows where it is, not how it got there. */
  batches: number | null
  waitingUntil: string | null
  refusedFor: RotationAnswer['refused']
}

export function useRotation(number: number) {
  const { siteUrl } = useSite()
  const queryKey = ['rotation', siteUrl, number]
  const path = pathOf({ siteUrl, number })
  const [told, setTold] = useState<RotationProgress | null>(null)
  const [streaming, setStreaming] = useState(true)
  const rotation = useQuery({
    queryKey,
    queryFn: () => call<RotationAnswer>('GET', path),
    refetchInterval({ state: { data } }) {
      if (isMoving(data)) return streaming ? false : askAgainMs
      return data?.state === 'planned' && data.approval === 'needed' ? approvalMs : false
    },
  })
  const moving = isMoving(rotation.data)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the site and the number.
  useEffect(() => {
    setTold(null)
    if (!moving || !streaming) return
    const events = new EventSource(`${path}/events`)
    events.addEventListener('progress', event => setTold(JSON.parse(event.data)))
    events.addEventListener('end', event => {
      events.close()
      client.setQueryData(queryKey, JSON.parse(event.data))
      void client.invalidateQueries({ queryKey: ['rotations'] })
    })
    events.addEventListener('error', () => {
      events.close()
      setStreaming(false)
    })
    return () => events.close()
  }, [path, moving, streaming])

  useEffect(() => {
    if (streaming) return
    const timer = setTimeout(() => setStreaming(true), streamAgainMs)
    return () => clearTimeout(timer)
  }, [streaming])

  return { ...rotation, progress: rotation.data && (told ?? progressOf(rotation.data)) }
}

function progressOf({ counts, waitingUntil, refused }: RotationAnswer): Moving {
  const { pending, sent, unsure, done } = counts
  return {
    done,
    refused: counts.refused,
    unsure: sent + unsure,
    total: pending + sent + unsure + done + counts.refused,
    batches: null,
    waitingUntil,
    refusedFor: refused,
  }
}
