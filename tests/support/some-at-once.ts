/** Does `work` for each item, eight at a time: whoever asks a database over a line waits more than it works. */
export async function someAtOnce<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values()
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (const item of rest) await work(item)
  }))
}
