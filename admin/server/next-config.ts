import { PHASE_PRODUCTION_SERVER } from 'next/constants.js'
import type loadConfig from 'next/dist/server/config.js'

type Loader = { readonly default: typeof loadConfig | { readonly default: typeof loadConfig } }

/**
 * Reads the configuration of Next before Next does: who reads it first may do so in silence, else the log gets a line at each
 * start that says how long it took.
 */
export async function readNextConfig(folder: string): Promise<void> {
  const { default: loader } = (await import('next/dist/server/config.js')) as Loader
  await ('default' in loader ? loader.default : loader)(PHASE_PRODUCTION_SERVER, folder)
}
