/**
 * The order in which IDs can change hands.
 *
 * A move that wants an ID which another move of the plan gives up must come after it: moves form chains (A wants B's, B
 * wants a free one) and cycles (A wants B's, B wants A's). Two ways out, by what the target allows:
 *
 *   in one batch   Where a batch is judged by its final state, a whole chain or cycle travels in one call.
 *   in waves       Otherwise each wave is finished before the next begins, and a move is in a later wave than the one
 *                  it waits for. A cycle is opened by sending one of its rooms to a temporary ID first; long chains
 *                  are cut the same way, so that there are few waves. A temporary ID costs one more change of a room.
 */

export interface Conflict {
  /** The move's number in the plan. */
  number: number
  /** The key of the ID that it gives up, and of the one that it wants: some other move's `from`, or a free one. */
  from: string
  to: string
}

export interface Ordered {
  number: number
  wave: number
  /** The move whose end frees the ID that this one wants. */
  waitsFor: number | null
  /** This room goes to a temporary ID in wave 0, and from there to the one it wants in `wave`. */
  viaTemporary: boolean
}

/** More moves in a row than this are cut by a temporary ID. */
const longestRow = 10

/** Orders moves into waves for a target that forbids swaps. Every `from` is unique, and so is every `to`. */
export function orderInWaves(conflicts: readonly Conflict[]): Ordered[] {
  return rows(conflicts).flatMap(({ moves, cycle }) => {
    const viaTemporary = (index: number) => (cycle || index > 0) && index % longestRow === 0
    const before = (index: number) => (index > 0 ? index - 1 : cycle ? moves.length - 1 : null)
    const waves: number[] = []
    // In a cycle, the first waits for the last.
    for (const index of [...moves.keys()]
      .slice(1)
      .concat(0)
      .sort((a, b) => (cycle ? 0 : a - b))) {
      const previous = before(index)
      const freed = previous === null ? 0 : viaTemporary(previous) ? 1 : waves[previous]! + 1
      waves[index] = Math.max(freed, viaTemporary(index) ? 1 : 0)
    }
    return moves.map(({ number }, index) => {
      const previous = before(index)
      const waitsFor = previous === null ? null : moves[previous]!.number
      return { number, wave: waves[index]!, waitsFor, viaTemporary: viaTemporary(index) }
    })
  })
}

/** Groups moves that must travel in one call; a group larger than a batch is left to the waves. */
export function groupForBatches(
  conflicts: readonly Conflict[],
  largest: number,
): { groups: number[][]; tooLong: Conflict[] } {
  const groups: number[][] = []
  const tooLong: Conflict[] = []
  for (const { moves } of rows(conflicts)) {
    if (moves.length > largest) tooLong.push(...moves)
    else {
      const last = groups.at(-1)
      if (last !== undefined && last.length + moves.length <= largest) last.push(...moves.map(move => move.number))
      else groups.push(moves.map(move => move.number))
    }
  }
  return { groups, tooLong }
}

/** The chains and cycles, each from the move that must come first. */
function rows(conflicts: readonly Conflict[]): { moves: Conflict[]; cycle: boolean }[] {
  const givesUp = new Map(conflicts.map(move => [move.from, move]))
  const wants = new Map(conflicts.map(move => [move.to, move]))
  const seen = new Set<number>()
  const found: { moves: Conflict[]; cycle: boolean }[] = []

  const follow = (first: Conflict, cycle: boolean): void => {
    const moves: Conflict[] = []
    for (
      let move: Conflict | undefined = first;
      move !== undefined && !seen.has(move.number);
      move = wants.get(move.from)
    ) {
      seen.add(move.number)
      moves.push(move)
    }
    found.push({ moves, cycle })
  }
  for (const move of conflicts) if (!givesUp.has(move.to) || move.from === move.to) follow(move, false)
  for (const move of conflicts) if (!seen.has(move.number)) follow(move, true)
  return found
}
