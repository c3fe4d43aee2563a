const entering = 'input, select, textarea, button, [contenteditable="true"]'

/** Brings the first field or cell that was refused into sight, also within a grid that scrolls sideways, and puts the focus into it. */
export function showFirstWrong(form: HTMLElement | null): void {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
  if (!wrong) return
  const input = wrong.matches(entering) ? wrong : wrong.querySelector<HTMLElement>(entering) ?? wrong
  input.focus({ preventScroll: true })
  input.scrollIntoView({ block: 'center', inline: 'center' })
}
