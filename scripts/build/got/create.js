import Request from './core/index.js';
import Options from './core/options.js';

/** Replaces got's function of this name in the package: instances that make streams, and no promises or pages. */
const create = (defaults) => ({
  defaults,
  extend: (options) => create({ options: new Options(undefined, options, defaults.options) }),
  stream(url, options) {
    const request = new Request(url, options, defaults.options);
    void request.flush();
    return request;
  },
});

export default create;
