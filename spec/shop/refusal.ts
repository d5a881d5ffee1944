import { HttpError } from 'bigrecord';

/** The status with which the store refuses a call, or 'accepted'. */
export async function refusal(call: PromiseLike<unknown>): Promise<number | 'accepted'> {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    if (error instanceof HttpError) return error.status;
    throw error;
  }
}

/** The statuses of a refusal where the descriptions say that one comes, but not which. */
export const refusals = [400, 403, 404, 409, 422];
