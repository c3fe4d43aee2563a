let context: AudioContext | undefined

/** Right: one high tone; wrong: two low ones. Silent where the browser allows no sound yet. */
export function beep(isRight: boolean): void {
  try {
    context ??= new AudioContext()
    const tones = isRight ? [[880, 0, 0.12]] as const : [[220, 0, 0.16], [180, 0.2, 0.22]] as const
    for (const [frequency, start, length] of tones) {
      const oscillator = context.createOscillator()
      const volume = context.createGain()
      oscillator.type = isRight ? 'sine' : 'square'
      oscillator.frequency.value = frequency
      volume.gain.value = 0.12
      oscillator.connect(volume).connect(context.destination)
      oscillator.start(context.currentTime + start)
      oscillator.stop(context.currentTime + start + length)
    }
  } catch {
    // No sound device: sign and colour say it too.
  }
}
