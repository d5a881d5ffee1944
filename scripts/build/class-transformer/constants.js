/** What is known of class-transformer's code when index.js is its only user: see scripts/build/specialize.js. */
export const EXECUTOR = {
  expressions: {
    'this.transformationType === TransformationType.CLASS_TO_CLASS': 'false',
    'this.transformationType === TransformationType.PLAIN_TO_CLASS': '!this.toPlain',
    'this.transformationType === TransformationType.CLASS_TO_PLAIN': 'this.toPlain',
    'this.transformationType': 'this.toPlain',
    "typeof targetType !== 'function' && targetType && targetType.options && targetType.options.discriminator && targetType.options.discriminator.property && targetType.options.discriminator.subTypes":
      "typeof targetType !== 'function' && targetType?.options?.discriminator?.property && targetType.options.discriminator.subTypes",
    'metadata.options && metadata.options.discriminator && metadata.options.discriminator.property && metadata.options.discriminator.subTypes':
      'metadata.options?.discriminator?.property && metadata.options.discriminator.subTypes',
    'exposeMetadata && exposeMetadata.options && exposeMetadata.options.name': 'exposeMetadata?.options?.name',
    '!metadata.options || !metadata.options.groups || !metadata.options.groups.length': '!metadata.options?.groups?.length',
    '!exposeMetadata || !exposeMetadata.options || !exposeMetadata.options.groups || !exposeMetadata.options.groups.length':
      '!exposeMetadata?.options?.groups?.length',
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
