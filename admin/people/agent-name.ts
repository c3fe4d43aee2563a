const browsers = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['MicroMessenger/', 'WeChat'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']] as const
const systems = [['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Android', 'Android'], ['HarmonyOS', 'HarmonyOS'], ['Windows', 'Windows'], ['Mac OS X', 'macOS'], ['Linux', 'Linux']] as const

/** "Chrome · Windows" of what a browser says of itself; the beginning of what anything else says. Browsers name their ancestors too, so order counts. */
export function agentName(agent: string): string {
  const of = (known: readonly (readonly [string, string])[]) => known.find(([mark]) => agent.includes(mark))?.[1]
  const browser = of(browsers)
  return browser ? [browser, of(systems)].filter(Boolean).join(' · ') : agent.slice(0, 40)
}
