/** What is known of class-transformer's code when index.js is its only user: see scripts/build/specialize.js. */
export const EXECUTOR = {
  expressions: {
    'this.transformationType === TransformationType.CLASS_TO_CLASS': 'false',
    'this.transformationType === TransformationType.PLAIN_TO_CLASS': '!this.toPlain',
    'this.transformationType === TransformationType.CLASS_TO_PLAIN': 'this.toPlain',
    'this.transformationType': 'this.toPlain',
    'this.options.enableCircularCheck': 'false',
    'this.options.enableImplicitConversion': 'false',
    'this.options.excludeExtraneousValues': 'false',
    'this.options.excludePrefixes && this.options.excludePrefixes.length': 'false',
    'this.options.exposeDefaultValues': 'false',
    'this.options.exposeUnsetFields': 'true',
    'this.options.groups && this.options.groups.length': 'false',
    'this.options.ignoreDecorators': 'false',
    "this.options.strategy || 'exposeAll'": "'exposeAll'",
    'this.options.targetMaps': 'undefined',
    'this.options.version !== undefined': 'false',
    'source ? source[index] : undefined': 'undefined',
    'source ? source[valueKey] : undefined': 'undefined',
    'source ? source : {}': '{}',
    '!targetType && source': 'false',
    '!source': 'true',
    'getGlobal().Buffer': 'true',
    "!isMap && value !== null && typeof value === 'object' && typeof value.then === 'function'": 'false', // no more promises here
  },
  statements: ['this.recursionStack = new Set()'],
  members: ['isCircular', 'checkVersion', 'checkGroups'],
};
