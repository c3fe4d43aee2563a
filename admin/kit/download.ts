/** Fetches a file of this platform into the person's downloads; the page stays, also when the answer is a refusal. */
export function downloadFrom(href: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}
