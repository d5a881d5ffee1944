import { isJsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Reply } from '../dialect.js';

/** Returns why the store has refused a request, in one line. */
export function refusedBecause({ status, body }: Reply): string {
  const messages = Array.isArray(body) ? jsonObjectsIn(body).map(({ message }) => String(message)) : fieldsIn(body);
  return messages.length === 0 ? `status ${status}` : messages.map((message) => message.replace(/\.$/, '')).join('; ');
}

function fieldsIn(body: unknown): string[] {
  if (!isJsonObject(body)) return [];
  const { errors, title } = body;
  const fields = isJsonObject(errors) ? Object.values(errors).map(String) : [];
  return fields.length > 0 ? fields : [title].flatMap((each) => (typeof each === 'string' ? [each] : []));
}
