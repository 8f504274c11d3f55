/** Does something for each of many, only so many at a time. */
export async function eachOf<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const index = next
      next += 1
      results[index] = await work(items[index]!, index)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return results
}
