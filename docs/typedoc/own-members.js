/**
 * A plugin of TypeDoc. Every model inherits the same 80 members of `Model`, which its page links to: they are left out of the pages of
 * the models.
 */
import { Converter, ReflectionKind } from 'typedoc';

export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const inherited = project.getReflectionsByKind(ReflectionKind.ClassMember).filter((member) => isOfModel(member));
    for (const member of inherited) project.removeReflection(member);
  });
}

const isOfModel = ({ flags, inheritedFrom, parent }) =>
  (flags.isInherited || inheritedFrom !== undefined) && /resources/.test(parent?.parent?.name ?? '');
