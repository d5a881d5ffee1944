import { isJsonObject } from '../../json-object.js';
import type { RedirectJobProgress } from './redirect-values.js';

/** Reads the data of a stream of events: `event: message\ndata: {"job_id": …}\n\n`. Lines without a JSON object are left out. */
export function eventsIn(stream: string | undefined): RedirectJobProgress[] {
  return (stream ?? '').split(/\r?\n/).flatMap((line) => {
    const data = line.startsWith('data:') ? parsed(line.slice(5)) : undefined;
    return isProgress(data) ? [data] : [];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isProgress = (value: unknown): value is RedirectJobProgress => isJsonObject(value) && typeof value['job_id'] === 'string';
