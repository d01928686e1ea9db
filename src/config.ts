import * as z from 'zod'

const settings = z
  .object({
    PORT: z.coerce.number('PORT must be a number').int().min(0).max(65535).default(3000),
    BASE_URL: z.url({ protocol: /^https?$/, error: 'BASE_URL must be a web address such as https://percorsi.example.it' }).optional(),
    DATABASE_URL: z
      .string()
      .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)/, 'DATABASE_URL must be sqlite:PATH or postgres://…')
      .default('sqlite:data/percorsi.db'),
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//, 'SMTP_URL must be smtp://… or smtps://…')
      .optional(),
    MAIL_FROM: z.string().default('Percorsi <percorsi@localhost>'),
    TZ_PROGRAMME: z.string().refine(isTimeZone, 'TZ_PROGRAMME must be a time zone such as Europe/Rome').default('Europe/Rome'),
    OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'OIDC_ISSUER must be a web address' }).optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    SECOND_FACTOR: z.enum(['required', 'offered'], 'SECOND_FACTOR must be required or offered').optional(),
    COORDINATOR_EMAIL: z.email('COORDINATOR_EMAIL must be an e-mail address').toLowerCase().optional(),
    BBB_URL: z
      .url({ protocol: /^https?$/, error: 'BBB_URL must be a web address such as https://bbb.example.it/bigbluebutton/' })
      .optional(),
    BBB_SECRET: z.string().optional(),
    BBB_CHECKSUM: z
      .enum(['sha256', 'sha384', 'sha512', 'sha1'], 'BBB_CHECKSUM must be one of sha256, sha384, sha512, sha1')
      .default('sha256'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'LOG_LEVEL must be one of fatal, error, warn, info, debug, silent')
      .default('info'),
    TRUSTED_PROXIES: z.coerce.number('TRUSTED_PROXIES must be a number').int().min(0).max(9).default(0),
    NODE_ENV: z.string().default('development'),
  })
  .refine(({ BBB_URL, BBB_SECRET }) => (BBB_URL === undefined) === (BBB_SECRET === undefined), 'BBB_URL and BBB_SECRET go together')

export type Config = {
  port: number
  baseUrl: string
  databaseUrl: string
  smtpUrl: string | null
  mailFrom: string
  zone: string
  /** Who is let in first on an empty database in production. */
  coordinatorEmail: string | null
  /** The BigBlueButton server that lends rooms, if there is one. */
  roomServer: { url: string; secret: string; checksum: 'sha256' | 'sha384' | 'sha512' | 'sha1' } | null
  /** The identity provider, where there is one. */
  oidc: { issuer: string; clientId: string; clientSecret: string } | null
  /** Whether coordinators must have a second factor. */
  secondFactor: 'required' | 'offered'
  logLevel: string
  production: boolean
  /** How many proxies of our own stand in front, each adding the address it was asked from to X-Forwarded-For. */
  proxies: number
  /** Where uploads are kept. */
  uploads: string
}

/** Reads the settings once; throws a plain sentence for each that is wrong. An empty variable counts as absent. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const { data, error } = settings.safeParse(present)
  if (error) throw new Error(error.issues.map((issue) => issue.message).join('\n'))
  return {
    port: data.PORT,
    baseUrl: (data.BASE_URL ?? `http://localhost:${data.PORT}`).replace(/\/+$/, ''),
    databaseUrl: data.DATABASE_URL,
    smtpUrl: data.SMTP_URL ?? null,
    mailFrom: data.MAIL_FROM,
    zone: data.TZ_PROGRAMME,
    coordinatorEmail: data.COORDINATOR_EMAIL ?? null,
    roomServer:
      data.BBB_URL !== undefined && data.BBB_SECRET !== undefined
        ? { url: data.BBB_URL, secret: data.BBB_SECRET, checksum: data.BBB_CHECKSUM }
        : null,
    oidc: oidcFrom(data),
    secondFactor: data.SECOND_FACTOR ?? (data.NODE_ENV === 'production' ? 'required' : 'offered'),
    logLevel: data.LOG_LEVEL,
    production: data.NODE_ENV === 'production',
    proxies: data.TRUSTED_PROXIES,
    uploads: 'data/uploads',
  }
}

function oidcFrom({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, NODE_ENV }: z.output<typeof settings>): Config['oidc'] {
  if (!OIDC_ISSUER && !OIDC_CLIENT_ID && !OIDC_CLIENT_SECRET) return null
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET)
    throw new Error('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together: set all three or none')
  if (NODE_ENV === 'production' && !OIDC_ISSUER.startsWith('https:')) throw new Error('OIDC_ISSUER must be an https address in production')
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET }
}

function isTimeZone(name: string) {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
