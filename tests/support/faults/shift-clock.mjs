// Preloaded (NODE_OPTIONS=--import) into front and application: the clock of the machine is moved by the milliseconds that stand in
// CLOCK_FILE, while they run. What counts from the start of the process (timers, performance) goes on as before, as it does there.
import { readFileSync } from 'node:fs'

const RealDate = Date
const lookMilliseconds = 20
let shift = 0
let looked = -Infinity

function shifted() {
  if (performance.now() - looked > lookMilliseconds) {
    looked = performance.now()
    try {
      shift = Number(readFileSync(process.env.CLOCK_FILE, 'utf8')) || 0
    } catch {
      // Not moved yet.
    }
  }
  return RealDate.now() + shift
}

globalThis.Date = class Date extends RealDate {
  // Next copies what the class itself has.
  static UTC = RealDate.UTC
  static parse = RealDate.parse

  constructor(...values) {
    if (values.length === 0) super(shifted())
    else super(...values)
  }

  static now() {
    return shifted()
  }
}
