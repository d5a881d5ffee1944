import ts from 'typescript5';

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Finds the requests that methods of models send besides creating, reading, updating and deleting, with the types of what they take
 * and return. They are read from the calls in the methods: `act(this, 'POST', 'items', { body })`.
 */
export function readActions(files, checker, read) {
  return files.flatMap((file) => {
    const version = /\/resources\/(v[23])\//.exec(file.fileName)[1];
    return file.statements.filter(ts.isClassDeclaration).flatMap((node) =>
      node.members
        .filter((member) => ts.isMethodDeclaration(member) && member.body !== undefined)
        .flatMap((method) =>
          callsIn(method.body).flatMap((call) => {
            const action = actionOf(call, method, node, version);
            return action === undefined ? [] : [{ version, className: node.name.text, action }];
          }),
        ),
    );
  });

  function actionOf(call, method, owner, version) {
    const sent = requestOf(call);
    if (sent === undefined) return undefined;
    const options = sent.options;
    const body = valueOf(options, 'body', checker) ?? (sent.isForm ? 'form' : undefined);
    const query = valueOf(options, 'query', checker);
    const isAbsolute = /ession/.test(sent.target);
    return {
      name: `${owner.name.text}.${method.name.getText()}`,
      method: sent.method,
      // `act` and `request` of a session send V3 unless told otherwise; those of a record send the version of its model.
      version: literalOf(options, 'version') ?? (isAbsolute ? 'v3' : version),
      place: placeOf(sent.target, isAbsolute),
      paths: pathsOf(sent.path, checker),
      body: body === undefined || body === 'form' ? undefined : read(body),
      isForm: body === 'form' || (body !== undefined && body.symbol?.name === 'FormData'),
      parameters: query === undefined ? {} : Object.fromEntries(fieldsOf(query)),
      // A query of any names is one that the filters of the model were compiled to.
      takesFilters: query !== undefined && checker.getIndexInfosOfType(query).length > 0,
      ...answerOf(method),
    };
  }

  /** `none` for a method that returns nothing, else the shape of what its promise holds. */
  function answerOf(method) {
    const signature = checker.getSignatureFromDeclaration(method);
    const returned = checker.getAwaitedType(checker.getReturnTypeOfSignature(signature));
    if (returned === undefined || returned.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)) return { form: 'none' };
    const shape = read(returned);
    if (shape.objects.length === 1 && shape.objects[0].fields.transaction_id !== undefined) return { form: 'transaction' };
    return { form: shape.isUnknown ? 'unknown' : shape.items === undefined ? 'row' : 'rows', row: shape.items ?? shape };
  }

  function fieldsOf(type) {
    const members = type.isUnion() ? type.types.flatMap((each) => checker.getPropertiesOfType(each)) : checker.getPropertiesOfType(type);
    return members.map((each) => [each.name, { shape: read(checker.getTypeOfSymbol(each)) }]);
  }
}

/** Where a request goes: below a record of the model, to the collection of another model, or to a path of the store. */
function placeOf(target, isAbsolute) {
  if (isAbsolute) return { of: 'store' };
  const collection = /^(\w+)\.of\(/.exec(target);
  if (collection === null) return { of: 'record' };
  return { of: 'collection', model: collection[1] === 'this' ? undefined : collection[1] };
}

/** The parts of a call that sends a request, in any of the forms the models use. */
function requestOf({ expression, arguments: given }) {
  const callee = expression.getText();
  if (callee === 'act' || callee === 'refresh') return parts(given[0].getText(), given[1], given[2], given[3]);
  if (callee === 'createFrom') return { target: given[0].getText(), method: 'POST', path: undefined, options: undefined, isForm: true };
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const target = expression.expression.getText();
  if (expression.name.text === 'request') return parts(target, given[0], given[1], given[2]);
  const method = expression.name.text.toUpperCase();
  if (METHODS.has(method) && /ession/.test(target)) return { target, method, path: given[0], options: given[1] };
  return undefined;
}

function parts(target, method, path, options) {
  if (method === undefined || !ts.isStringLiteral(method) || !METHODS.has(method.text)) return undefined;
  return { target, method: method.text, path, options };
}

/** The paths that a template may become: parts with a closed set of values are written out, others are `{}`. */
function pathsOf(node, checker) {
  if (node === undefined) return [''];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return ['{}'];
  return node.templateSpans.reduce(
    (paths, { expression, literal }) => {
      const type = checker.getTypeAtLocation(expression);
      const words = type.isUnion() && type.types.every((each) => each.isStringLiteral()) ? type.types.map(({ value }) => value) : ['{}'];
      return paths.flatMap((path) => words.map((word) => path + word + literal.text));
    },
    [node.head.text],
  );
}

/** The type of what an options literal gives under a name, also inside a conditional spread. */
function valueOf(options, name, checker) {
  const property = propertyIn(options, name);
  if (property === undefined) return undefined;
  if (!ts.isShorthandPropertyAssignment(property)) return checker.getTypeAtLocation(property.initializer);
  return checker.getTypeOfSymbolAtLocation(checker.getShorthandAssignmentValueSymbol(property), property);
}

function literalOf(options, name) {
  const property = propertyIn(options, name);
  return property !== undefined && ts.isPropertyAssignment(property) && ts.isStringLiteral(property.initializer)
    ? property.initializer.text
    : undefined;
}

function propertyIn(node, name) {
  if (node === undefined) return undefined;
  if (ts.isObjectLiteralExpression(node)) {
    const own = node.properties.find((each) => each.name?.getText() === name);
    if (own !== undefined) return own;
    for (const each of node.properties.filter(ts.isSpreadAssignment)) {
      const found = propertyIn(each.expression, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (ts.isParenthesizedExpression(node)) return propertyIn(node.expression, name);
  if (ts.isConditionalExpression(node)) return propertyIn(node.whenTrue, name) ?? propertyIn(node.whenFalse, name);
  return undefined;
}

function callsIn(body) {
  const found = [];
  const walk = (node) => {
    if (ts.isCallExpression(node)) found.push(node);
    ts.forEachChild(node, walk);
  };
  walk(body);
  return found;
}
