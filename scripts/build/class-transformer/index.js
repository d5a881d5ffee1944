import { TransformOperationExecutor } from 'class-transformer/esm2015/TransformOperationExecutor';
import { defaultOptions } from 'class-transformer/esm2015/constants/default-options.constant';

/**
 * The part of class-transformer that lib/ uses, for bundles: two functions without options, and the transformer behind them. A program's
 * own decorators come from the whole of it, as the bundler finds it.
 */
export const plainToInstance = (type, plain) => new TransformOperationExecutor(TO_CLASS, defaultOptions).transform(undefined, plain, type);
export const instanceToPlain = (object) => new TransformOperationExecutor(TO_PLAIN, defaultOptions).transform(undefined, object);

const TO_CLASS = 0;
const TO_PLAIN = 1;
