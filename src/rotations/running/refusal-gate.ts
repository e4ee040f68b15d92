/** When so much is refused that a run should stop. */
export interface Tally {
  done: number
  refused: number
  /** Not sent, because they had another ID than planned. */
  held: number
}

/** When to stop because too much is refused. */
export interface Gate {
  /** The largest share of refused moves, 0 to 1. */
  maxShare: number
  /** Judge no earlier than after this many. */
  after: number
}

/** Whether so much is refused that something must be wrong with the plan or the target. */
export function tooManyRefused({ done, refused }: Pick<Tally, 'done' | 'refused'>, { maxShare, after }: Gate): boolean {
  return done + refused >= after && refused > (done + refused) * maxShare
}
