import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ROOT } from '../../support/run.js';

/** A JSON object. */
export type Row = Record<string, unknown>;

/** A worked request of a guide, with the response that the guide shows for it. Extracted by scripts/guides. */
export interface Sample {
  readonly guide: string;
  readonly line: number;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly version: 'v2' | 'v3';
  /** `/orders/{order_id}/shipments` */
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly response?: unknown;
  /** The parts of which the guide leaves something out. */
  readonly partial?: readonly ('body' | 'response')[];
}

const FOLDER = resolve(ROOT, 'spec/fixtures/guides');

/** All samples, in the order of the guides. */
export function readSamples(): Sample[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((name) => {
      const { guide, samples }: { guide: string; samples: Omit<Sample, 'guide'>[] } = JSON.parse(
        readFileSync(resolve(FOLDER, name), 'utf8'),
      );
      return samples.map((sample) => ({ guide, ...sample }));
    });
}

/** `PUT /v3/catalog/products/{product_id} (docs/store-operations/catalog/index.mdx:42)` */
export const nameOf = ({ method, version, path, guide, line }: Sample): string => `${method} /${version}${path} (${guide}:${line})`;

export const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
