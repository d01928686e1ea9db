import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

/** A posted form, each name with its one value or all of them; a body that can't be read as one is a bad request, not a failure of ours. */
export async function readBody(c: Context): Promise<Record<string, string | File | (string | File)[]>> {
  try {
    return await c.req.parseBody({ all: true })
  } catch (error) {
    throw new HTTPException(400, { cause: error })
  }
}
