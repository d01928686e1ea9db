/** After so many failures a mail is given up: about three days. */
export const mostAttempts = 10

/** How long to wait after the nth failure: 1, 3, 9, 27… minutes, at most a day. */
export const backoff = (attempts: number): Temporal.Duration => Temporal.Duration.from({ minutes: Math.min(3 ** (attempts - 1), 24 * 60) })

export const mailStates = ['waiting', 'sent', 'given_up'] as const
export type MailState = (typeof mailStates)[number]

export function stateOf({ sentAt, attempts }: { sentAt: Temporal.Instant | null; attempts: number }): MailState {
  if (sentAt) return 'sent'
  return attempts >= mostAttempts ? 'given_up' : 'waiting'
}

/** What the text of a mail contains when it lets its reader sign in. */
export const signInMark = '/sign-in/'

/** True for a mail that only its recipient may read: it opens the door. */
export const carriesSecret = ({ text }: { text: string }): boolean => text.includes(signInMark)
