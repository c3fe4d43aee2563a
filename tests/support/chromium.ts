import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type BrowserContext } from 'playwright-core'

/** Path of the browser, or undefined where there is none. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    .find((file) => file && existsSync(file))
}

export type OpenBrowser = { readonly context: BrowserContext; readonly close: () => Promise<void> }

/**
 * A real browser with an empty profile.
 * @param view width in CSS pixels (1280 desk, 390 phone), language of the browser, colour scheme
 */
export async function openBrowser(view: { width?: number; locale?: 'en' | 'zh-CN'; colorScheme?: 'light' | 'dark' } = {}): Promise<OpenBrowser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No browser: install Debian\'s `chromium`, or set CHROMIUM_PATH.')
  const profile = await mkdtemp(path.join(tmpdir(), 'trellis-browser-'))
  const { width = 1280, locale = 'en', colorScheme = 'light' } = view
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    locale,
    colorScheme,
    viewport: { width, height: width < 600 ? 844 : 800 },
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  return {
    context,
    close: async () => {
      await context.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
