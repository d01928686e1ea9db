import { mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core'
import { expect } from 'vitest'

const options: LaunchOptions = {
  // Chromium as root has no sandbox to run in; the pages are our own.
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--hide-scrollbars',
  ],
}

/** A real Chromium: the one at CHROMIUM_PATH, that of the npm package on Linux x64, else an installed Chrome. */
export async function openBrowser(): Promise<Browser> {
  if (process.env.CHROMIUM_PATH) return chromium.launch({ ...options, executablePath: process.env.CHROMIUM_PATH })
  if (process.platform === 'linux' && process.arch === 'x64') return openPackagedChromium()
  return chromium.launch({ ...options, channel: 'chrome' })
}

async function openPackagedChromium(): Promise<Browser> {
  // The package unpacks into the temporary folder: one per account, so that root and others don't meet there.
  const folder = join(tmpdir(), `percorsi-chromium-${userInfo().username}`)
  mkdirSync(folder, { recursive: true })
  process.env.TMPDIR = folder
  const { default: packaged, inflate } = await import('@sparticuz/chromium')
  const executablePath = await packaged.executablePath()
  try {
    return await chromium.launch({ ...options, executablePath })
  } catch (error) {
    if (!/shared librar/.test(String(error))) throw error
    // A bare machine lacks the libraries that Chromium needs: the package brings those of Amazon Linux.
    const libraries = await inflate(join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/bin/al2023.tar.br'))
    return chromium.launch({
      ...options,
      executablePath,
      env: { ...process.env, LD_LIBRARY_PATH: join(libraries, 'lib') } as Record<string, string>,
    })
  }
}

/** Fails with the rule and the element when axe finds something against WCAG 2.2 AA on the page. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`))
  expect(found, `axe on ${page.url()}`).toEqual([])
}

/** Collects what a page must never do: break the content policy, throw, or ask another host. */
export function watchPage(page: Page, origin: string): string[] {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) faults.push(`request to ${request.url()}`)
  })
  return faults
}
