/** A delivery that no further try can mend: it becomes a dead letter at once, for a person to look at. */
export class InVain extends Error {
  override readonly name = 'InVain'
}
