/** In the place of the stock navigation: ours stands in the frame, round every page. */
export function NoNav() {
  return null
}
