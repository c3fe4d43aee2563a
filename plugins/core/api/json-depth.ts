/** Deeper than anything a caller has to say; what reads a value level by level must not run out of stack. */
export const deepestJson = 50

/** Whether brackets nest deeper than `deepest` in a JSON text; brackets within texts do not count. */
export function isTooDeep(json: string, deepest = deepestJson): boolean {
  let depth = 0
  let isInText = false
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (isInText) {
      if (character === '\\') at++
      else if (character === '"') isInText = false
    } else if (character === '"') isInText = true
    else if (character === '{' || character === '[') {
      if (++depth > deepest) return true
    } else if (character === '}' || character === ']') depth--
  }
  return false
}
