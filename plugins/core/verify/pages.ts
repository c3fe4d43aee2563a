/** A stream in arrays of `size`, so that each page costs a bounded number of queries. */
export async function* inPages<Item>(stream: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let page: Item[] = []
  for await (const item of stream) {
    page.push(item)
    if (page.length < size) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
