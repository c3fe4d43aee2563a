/** Whether every word occurs in the text; a Chinese word also when its characters stand there in order ("新建订单" finds "新建 销售订单"). */
export function matchesWords(text: string, words: string): boolean {
  const where = text.toLowerCase()
  return words.toLowerCase().split(/\s+/).every((word) => where.includes(word) || (/[\u4e00-\u9fff]/.test(word) && inOrder(where, word)))
}

function inOrder(text: string, word: string): boolean {
  let from = 0
  return [...word].every((character) => {
    const at = text.indexOf(character, from)
    from = at + 1
    return at >= 0
  })
}
