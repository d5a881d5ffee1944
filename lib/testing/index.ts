export { Factory, type FactoryOptions, factory } from '../sandbox/factories/factory.js';
