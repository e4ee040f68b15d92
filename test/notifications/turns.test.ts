/** Whose turn it is to be sent something, whatever receivers there are and however they answer. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Turn, Turns } from '#roomkey/notifications/webhooks/turns.js'

it('never has more than two messages under way for a receiver, and serves everybody who waits', () => {
  const step = fc.oneof(
    fc.record({ host: fc.integer({ min: 0, max: 4 }), webhook: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ end: fc.nat(), more: fc.boolean(), slow: fc.boolean() }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const turns = new Turns()
      const underWay: Turn[] = []
      const waiting = new Set<string>()
      const slow = new Set<string>()
      const takeAll = () => {
        for (let turn = turns.take(); turn !== undefined; turn = turns.take()) {
          waiting.delete(turn.webhookId)
          underWay.push(turn)
          const ofHost = underWay.filter(({ host }) => host === turn.host).length
          expect(ofHost).toBeLessThanOrEqual(slow.has(turn.host) ? 1 : 2)
        }
      }
      for (const each of steps) {
        if ('host' in each) {
          const webhookId = `${each.host}-${each.webhook}`
          turns.add({ host: `${each.host}`, webhookId })
          waiting.add(webhookId)
        } else if (underWay.length > 0) {
          const [turn] = underWay.splice(each.end % underWay.length, 1) as [Turn]
          turns.end(turn, each)
          if (each.more) waiting.add(turn.webhookId)
          // A receiver for which nothing is left is forgotten, slow or not.
          const isLeft = [...underWay.map(({ webhookId }) => webhookId), ...waiting].some(id =>
            id.startsWith(turn.host),
          )
          if (each.slow && isLeft) slow.add(turn.host)
          else slow.delete(turn.host)
        }
        takeAll()
      }
      while (underWay.length > 0) {
        const turn = underWay.pop()!
        turns.end(turn, { more: false, slow: false })
        slow.delete(turn.host)
        takeAll()
      }
      expect([...waiting]).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

it('lets the webhooks of a receiver take turns, and receivers, too', () => {
  const turns = new Turns()
  for (const webhookId of ['a', 'b', 'c']) turns.add({ host: 'one', webhookId })
  turns.add({ host: 'two', webhookId: 'd' })
  const served: string[] = []
  for (let n = 0; n < 8; n += 1) {
    const turn = turns.take()!
    served.push(turn.webhookId)
    turns.end(turn, { more: true, slow: false })
  }
  expect(served.join('')).toBe('adbdcdad')
})
