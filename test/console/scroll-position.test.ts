import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterScroll,
  barHeight,
  type Extent,
  maxBarHeight,
  settledBar,
} from '../../console/src/rooms/scroll-position.ts'

const million: Extent = { list: 56_000_000, view: 600 }

describe('the position in a long list', () => {
  it('is where the bar is, in a list that a browser can show', () => {
    const extent = { list: 100_000, view: 600 }
    expect(afterScroll({ top: 0, bar: 0 }, 4321, extent)).toEqual({ top: 4321, bar: 4321 })
    expect(barHeight(extent)).toBe(100_000)
  })

  it('goes row by row with small movements, however long the list is', () => {
    let position = afterScroll({ top: 0, bar: 0 }, 4_000_000, million)
    const start = position.top
    for (let step = 1; step <= 100; step += 1) position = afterScroll(position, position.bar + 53, million)
    expect(position.top).toBe(start + 5300)
    expect(barHeight(million)).toBe(maxBarHeight)
  })

  it('reaches both ends', () => {
    expect(afterScroll({ top: 28_000_000, bar: 4_000_000 }, 0, million).top).toBe(0)
    expect(afterScroll({ top: 28_000_000, bar: 4_000_000 }, maxBarHeight - million.view, million).top).toBe(
      56_000_000 - 600,
    )
    expect(afterScroll({ top: 55_999_000, bar: maxBarHeight - 700 }, maxBarHeight - 600, million).top).toBe(
      56_000_000 - 600,
    )
  })

  it('never leaves the list, and settles where a jump would lead to the same rows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
        (rows, jumps) => {
          const extent = { list: rows * 56, view: 600 }
          const span = Math.max(0, barHeight(extent) - extent.view)
          let position = { top: 0, bar: 0 }
          for (const jump of jumps) {
            position = afterScroll(position, Math.round(jump * span), extent)
            expect(position.top).toBeGreaterThanOrEqual(0)
            expect(position.top).toBeLessThanOrEqual(Math.max(0, extent.list - extent.view))
            const bar = settledBar(position, extent)
            const again = afterScroll({ top: 0, bar: -extent.view - 1 - span }, bar, extent)
            const pixel = extent.list / barHeight(extent)
            expect(Math.abs(again.top - position.top)).toBeLessThanOrEqual(pixel + extent.view)
          }
        },
      ),
    )
  })
})
