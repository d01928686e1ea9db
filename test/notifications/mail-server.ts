import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { onTestFinished } from 'vitest'
import { openTransport } from '#src/notifications/outbox/transport.ts'

/** A mail server on this machine that keeps what it gets; while `refusal` is set it refuses every mail with it. */
export async function openMailServer() {
  const received: { to: string[]; mail: Email }[] = []
  const state: { refusal: string | null } = { refusal: null }
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_, __, done) => done(state.refusal === null ? undefined : Object.assign(new Error(state.refusal), { responseCode: 451 })),
    onData: async (stream, session, done) => {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk)
      received.push({ to: session.envelope.rcptTo.map(({ address }) => address), mail: await PostalMime.parse(Buffer.concat(chunks)) })
      done()
    },
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.server.address() as AddressInfo
  const url = `smtp://127.0.0.1:${port}`
  onTestFinished(() => new Promise<void>((closed) => server.close(closed)))

  const connect = () => {
    const transport = openTransport(url, 'Percorsi <percorsi@example.it>')
    onTestFinished(() => transport.close())
    return transport
  }
  return { received, state, url, connect }
}
