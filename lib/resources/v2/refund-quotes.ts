import { HttpError } from '../../errors/http-error.js';
import { asJsonObject } from '../../json-object.js';
import type { RefundQuotes } from '../refund-values.js';

/**
 * Returns the quotes for several orders. If some or all of them fail, the store responds with 422 or 503, and its body has the quotes that
 * it made and the errors all the same.
 */
export async function quotesOf(sent: Promise<{ body: unknown }>): Promise<RefundQuotes> {
  try {
    return quotesIn((await sent).body);
  } catch (error) {
    const found = error instanceof HttpError ? quotesIn(error.body) : undefined;
    if (found === undefined || found.errors.length === 0) throw error;
    return found;
  }
}

function quotesIn(body: unknown): RefundQuotes {
  const { data, errors } = asJsonObject(body);
  return { quotes: Array.isArray(data) ? data : [], errors: Array.isArray(errors) ? errors : [] };
}
