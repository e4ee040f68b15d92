/** Does `work` for each item, at most `workers` at a time, and gives the results in the items' order. */
export async function concurrently<Item, Result>(
  items: readonly Item[],
  workers: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const left = items.entries()
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(workers, items.length) }, worker))
  return results
}
