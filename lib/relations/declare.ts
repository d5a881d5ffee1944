import { propertyName } from '../schema/attribute.js';
import type { Class, RelationDraft, RelationKind } from '../schema/declaration.js';
import { draftAt, type MemberDecorator } from '../schema/metadata.js';

/** Makes the decorator of one kind of relation. */
export function relation(
  kind: RelationKind,
  decorator: string,
  target: () => Class,
  options: Partial<Pick<RelationDraft, 'key' | 'inline' | 'by'>>,
): MemberDecorator {
  return (at, context) => {
    const property = propertyName(context, decorator);
    draftAt(at, context).relations.set(property, {
      property,
      kind,
      target,
      key: options.key,
      inline: options.inline ?? false,
      by: options.by,
    });
  };
}
