/** How long faults are injected in each scenario, and the seed: `npm run test:chaos -- --seconds 60 --seed 7`. */
export const seconds = Number(process.env.ROOMKEY_CHAOS_SECONDS ?? 6)
export const seed = Number(process.env.ROOMKEY_SEED ?? Date.now() % 2 ** 31)
