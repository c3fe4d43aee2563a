// Loaded before a program: writes the most memory in MB that its process had to PEAK_FILE when it ends.
import { readFileSync, writeFileSync } from 'node:fs'

process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(peak())))

/** The system's own count of resident pages: that of `resourceUsage` begins with what the parent had. */
function peak() {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024
  } catch {
    return process.resourceUsage().maxRSS / 1024
  }
}
