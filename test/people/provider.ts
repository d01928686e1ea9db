import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { onTestFinished } from 'vitest'
import { identityProvider } from '#src/people/oidc/provider.ts'
import { baseUrl } from '#test/support.ts'

type Account = { email?: string; email_verified?: boolean }

/** A real OpenID provider on this machine, where whoever signs in is the account given; and ours that speaks with it. */
export async function openProvider(accounts: Record<string, Account>) {
  const { createServer } = await import('node:http')
  let callback: ReturnType<Provider['callback']> | null = null
  const server = createServer((request, response) => callback?.(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'percorsi', client_secret: 'segreto', redirect_uris: [`${baseUrl}/sign-in/oidc/callback`] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['test'] },
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
  })
  callback = provider.callback()

  /** What a person does there: follows the address, says who they are, agrees; returns where the browser is sent back to. */
  async function visit(address: string, account: string | 'cancel'): Promise<string> {
    const jar = new Map<string, string>()
    let next = address
    for (let steps = 0; steps < 20; steps += 1) {
      if (next.startsWith(baseUrl)) return next
      const url = new URL(next, issuer)
      const interaction = /^\/interaction\/[^/]+$/.test(url.pathname)
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const page = await fetch(url, { redirect: 'manual', headers: { cookie } })
      keep(page)
      if (!interaction) {
        next = page.headers.get('location') ?? ''
        continue
      }
      const text = await page.text()
      if (account === 'cancel') {
        next = `${url.href}/abort`
        continue
      }
      const prompt = text.includes('name="prompt" value="login"')
        ? { prompt: 'login', login: account, password: 'x' }
        : { prompt: 'consent' }
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie },
        body: new URLSearchParams(prompt as never),
      })
      keep(answer)
      next = answer.headers.get('location') ?? ''
    }
    throw new Error('the provider led nowhere')

    function keep(answer: Response) {
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        const at = pair.indexOf('=')
        jar.set(pair.slice(0, at), pair.slice(at + 1))
      }
    }
  }

  const settings = { issuer, clientId: 'percorsi', clientSecret: 'segreto', baseUrl, plainHttp: true }
  return { visit, oidc: identityProvider(settings), settings }
}
