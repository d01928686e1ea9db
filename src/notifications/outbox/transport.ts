import { createTransport } from 'nodemailer'
import type { Transport } from './send.ts'

const timeouts = { dnsTimeout: 5_000, connectionTimeout: 5_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

/** A connection to the mail server that stays open from one mail to the next; `close` it at the end. */
export const openTransport = (smtpUrl: string, from: string): Transport =>
  createTransport({ url: smtpUrl, pool: true, maxConnections: 1, ...timeouts }, { from })
