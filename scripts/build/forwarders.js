/**
 * Replaces static methods that only forward a call. A minifier cannot shorten what they repeat:
 *
 *   class A { static first(options) { return allOf(this).first(options); } … }
 *   class A {} with forwarding(A, allOf, "first …")
 *
 * @param blank removes a piece of code, but keeps its line breaks
 * @returns whether there are any
 */
export function joinForwarders(classes, code, blank) {
  let isFound = false;
  for (const { body, start, end } of classes) {
    const found = body.body.flatMap((method) => {
      const target = targetOf(method);
      return target === undefined ? [] : [{ method, target }];
    });
    if (found.length < LEAST) continue;
    for (const { method } of found) blank(method.start, method.end, code);
    const namesOf = (isAsync) => found.filter(({ method }) => method.value.async === isAsync).map(({ method }) => method.key.name);
    code.appendRight(start, '/* @__PURE__ */ forwarding(');
    code.prependLeft(end, `, ${found[0].target}, ${JSON.stringify(namesOf(false).join(' '))}, ${JSON.stringify(namesOf(true).join(' '))})`);
    isFound = true;
  }
  return isFound;
}

const LEAST = 5;

/** Returns `allOf` for `static name(a, ...b) { return allOf(this).name(a, ...b); }`; `undefined` for any other member. */
function targetOf({ type, static: isStatic, computed, key, value }) {
  if (type !== 'MethodDefinition' || !isStatic || computed) return undefined;
  const [statement, ...others] = value.body.body;
  const call = statement?.type === 'ReturnStatement' ? statement.argument : undefined;
  const { object, property } = call?.type === 'CallExpression' ? call.callee : {};
  const isForwarded = others.length === 0 && property?.name === key.name && object?.arguments?.[0]?.type === 'ThisExpression';
  return isForwarded && String(call.arguments.map(nameOf)) === String(value.params.map(nameOf)) ? object.callee.name : undefined;
}

const nameOf = ({ type, name, argument }) => (type === 'Identifier' ? name : `...${argument?.name}`);

/** What stands for the methods. */
export const FORWARDING = `
export function forwarding(type, targetOf, names, asyncNames) {
  const define = (name, value) => Object.defineProperty(type, name, { value, configurable: true, writable: true });
  for (const name of names.split(' ')) define(name, { [name](...args) { return targetOf(this)[name](...args); } }[name]);
  for (const name of asyncNames.split(' ')) define(name, { async [name](...args) { return targetOf(this)[name](...args); } }[name]);
  return type;
}
`;
