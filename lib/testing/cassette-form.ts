import { createHash } from 'node:crypto';

/** A file of an upload, as a cassette has it: enough to tell whether another one is the same. */
interface RecordedFile {
  readonly file: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Describes a form: its fields, and of its files all but the bytes. */
export async function describeForm(form: FormData): Promise<{ form: Record<string, unknown> }> {
  const fields: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const values = await Promise.all(form.getAll(name).map(describe));
    fields[name] = values.length === 1 ? values[0] : values;
  }
  return { form: fields };
}

async function describe(value: string | File): Promise<string | RecordedFile> {
  if (typeof value === 'string') return value;
  const content = Buffer.from(await value.arrayBuffer());
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { file: value.name, type: value.type, bytes: content.length, sha256 };
}
