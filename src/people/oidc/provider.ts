import * as client from 'openid-client'

export type ProviderSettings = {
  issuer: string
  clientId: string
  clientSecret: string
  baseUrl: string
  /** Plain http is for tests on this machine alone. */
  plainHttp: boolean
}
export type Proof = { nonce: string; verifier: string; state: string }
export type Identity = { email: string } | { refusal: 'no_email' | 'email_not_verified' }

const secondsToWait = 10

/** An identity provider as OpenID Connect knows it: authorization code with PKCE, state and nonce. */
export function identityProvider({ issuer, clientId, clientSecret, baseUrl, plainHttp }: ProviderSettings) {
  let found: Promise<client.Configuration> | null = null

  /** Read once; asked again after a failure. */
  function configuration(): Promise<client.Configuration> {
    found ??= client
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: secondsToWait,
        ...(plainHttp && { execute: [client.allowInsecureRequests] }),
      })
      .catch((error) => {
        found = null
        throw error
      })
    return found
  }

  return {
    newProof: (): Proof => ({
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      state: client.randomState(),
    }),

    /** Where to send the browser. */
    async addressFor({ nonce, verifier, state }: Proof, language: string): Promise<string> {
      const address = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: `${baseUrl}/sign-in/oidc/callback`,
        scope: 'openid email',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        nonce,
        state,
        ui_locales: language,
      })
      return address.href
    },

    /** Who came back: an address that the provider vouches for; throws when anything about the answer is wrong. */
    async identityFrom(query: URLSearchParams, { nonce, verifier, state }: Proof): Promise<Identity> {
      const settings = await configuration()
      const address = new URL(`${baseUrl}/sign-in/oidc/callback?${query}`)
      const tokens = await client.authorizationCodeGrant(settings, address, {
        pkceCodeVerifier: verifier,
        expectedNonce: nonce,
        expectedState: state,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) return { refusal: 'no_email' }
      const told = claims.email === undefined ? await client.fetchUserInfo(settings, tokens.access_token, claims.sub) : claims
      if (typeof told.email !== 'string' || told.email === '') return { refusal: 'no_email' }
      return told.email_verified === true ? { email: told.email.trim().toLowerCase() } : { refusal: 'email_not_verified' }
    },
  }
}
