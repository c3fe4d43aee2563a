/** What stands for any letter, digit, or either in a mask. */
const classes: Readonly<Record<string, RegExp>> = { A: /[A-Za-z]/, 0: /[0-9]/, '*': /[A-Za-z0-9]/ }
const isOpen = (sign: string) => Object.hasOwn(classes, sign)

/** Whether a text is written as the mask says: "AB-1204" as "AA-0000". */
export const fitsMask = (mask: string, text: string): boolean =>
  text.length === mask.length && [...mask].every((sign, at) => (isOpen(sign) ? classes[sign]?.test(text[at] ?? '') : sign === text[at]))

/** What someone has typed so far, with the signs of the mask put in between; what fits nowhere is left as it is. */
export function maskTyped(mask: string, typed: string): string {
  const given = [...typed]
  let text = ''
  for (const sign of mask) {
    const next = given[0]
    if (next === undefined) return text
    if (!isOpen(sign)) {
      text += sign
      if (next === sign) given.shift()
    } else if (classes[sign]?.test(next)) {
      text += sign === 'A' ? next.toUpperCase() : next
      given.shift()
    } else return typed
  }
  return given.length > 0 ? typed : text
}
