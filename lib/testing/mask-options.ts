import { ConfigurationError } from '../errors/configuration-error.js';
import { describe } from '../transport/path.js';
import type { Exchange, KeptMask, KeptRule } from './cassette.js';
import { Mask, type MaskRule } from './cassette-mask.js';
import { Pseudonyms } from './cassette-pseudonyms.js';

/** How the values of a cassette are masked. */
export interface MaskOptions {
  /**
   * Rules beside the usual ones, or `false` to keep personal fields as they are. Secrets are masked whatever it says: passwords, tokens,
   * card numbers, the headers of webhooks.
   */
  mask?: MaskRule | readonly MaskRule[] | false | undefined;
  /**
   * Mixed into the pseudonyms of personal values, which without it can be found out by guessing. Recording and replaying need the same
   * one.
   */
  key?: string | undefined;
}

/** The names of {@link MaskOptions}. */
export const MASK_OPTIONS = { mask: 1, key: 1 } as const satisfies Record<keyof MaskOptions, 1>;

/** Returns what a cassette keeps of the options. @throws ConfigurationError for rules that are none */
export function keptMask({ mask, key }: MaskOptions): KeptMask {
  const rules = rulesOf(mask);
  return {
    personal: mask !== false,
    rules: rules.flatMap((rule) => keptRule(rule) ?? []),
    hasFunctions: rules.some((rule) => typeof rule === 'function'),
    hasKey: key !== undefined,
  };
}

/** Creates what masks a recording. */
export const maskFor = ({ mask, key }: MaskOptions): Mask => new Mask(mask !== false, rulesOf(mask), new Pseudonyms(key));

/**
 * Creates what masks the requests of a replay as those of the cassette were masked. Values that are pseudonyms already, since they come
 * from a response of the cassette, stay as they are.
 *
 * @throws ConfigurationError if the cassette was recorded with a key or functions that are not given
 */
export function maskLike(kept: KeptMask, exchanges: readonly Exchange[], { mask, key }: MaskOptions, file: string): Mask {
  const functions = rulesOf(mask).filter((rule) => typeof rule === 'function');
  if (kept.hasKey !== (key !== undefined))
    throw new ConfigurationError(
      kept.hasKey
        ? `${file} was recorded with a key: give replay() the same one.`
        : `${file} was recorded without a key: leave out \`key\`.`,
    );
  if (kept.hasFunctions && functions.length === 0)
    throw new ConfigurationError(`${file} was recorded with functions in \`mask\`: give replay() the same ones.`);
  const rules = kept.rules.map((rule) => (typeof rule === 'string' ? rule : new RegExp(rule.pattern, rule.flags)));
  const pseudonyms = new Pseudonyms(key);
  recogniseAll(exchanges, new Mask(kept.personal, rules, recogniser(pseudonyms)));
  return new Mask(kept.personal, [...functions, ...rules], pseudonyms);
}

/** Masks nothing, and notes all that would be masked as a pseudonym. */
function recogniser(pseudonyms: Pseudonyms): Pick<Pseudonyms, 'of' | 'inText'> {
  return {
    of(value) {
      pseudonyms.recognise(value);
      return value;
    },
    inText(text) {
      pseudonyms.recogniseEmails(text);
      return text;
    },
  };
}

function recogniseAll(exchanges: readonly Exchange[], mask: Mask): void {
  for (const { request, response } of exchanges) {
    mask.query(request.query, request.path);
    mask.body(request.body, request.path, 'request');
    mask.body(response?.body, request.path, 'response');
  }
}

function rulesOf(mask: MaskOptions['mask']): readonly MaskRule[] {
  if (mask === undefined || mask === false) return [];
  const rules = [mask].flat();
  for (const rule of rules) {
    if (typeof rule === 'function' || rule instanceof RegExp || (typeof rule === 'string' && /^!?[^!.]+(\.[^!.]+)*$/.test(rule))) continue;
    throw new ConfigurationError(
      `mask takes names ('loyalty_number', 'form_fields.value', '!company'), regular expressions and functions, got ${describe(rule)}.`,
    );
  }
  return rules;
}

function keptRule(rule: MaskRule): KeptRule | undefined {
  if (typeof rule === 'function') return undefined;
  return typeof rule === 'string' ? rule : { pattern: rule.source, flags: rule.flags };
}
