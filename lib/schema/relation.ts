import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { propertyName } from './attribute.js';
import type { Class, RelationDraft, RelationKind } from './declaration.js';
import { draftAt, type MemberDecorator } from './metadata.js';

type RelationOptions = Partial<Pick<RelationDraft, 'key' | 'inline' | 'by' | 'maxEmbedded' | 'countedBy'>>;

/** Creates the decorator of one kind of relation. */
export function relation(
  kind: RelationKind,
  decorator: string,
  target: () => Class,
  options: RelationOptions,
  known: { readonly [K in keyof RelationOptions]: 1 },
): MemberDecorator {
  return (at, context) => {
    const property = propertyName(context, decorator);
    assertKnownOptions(options, known, `@${decorator} of \`${property}\``, ConfigurationError);
    draftAt(at, context).relations.set(property, {
      property,
      kind,
      target,
      key: options.key,
      inline: options.inline ?? false,
      by: options.by,
      maxEmbedded: options.maxEmbedded,
      countedBy: options.countedBy,
    });
  };
}
