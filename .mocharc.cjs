/** Files named on the command line run alone: mocha would run them beside the `spec` of .mocharc.json. */
const { spec, ...options } = require('./.mocharc.json');
const isNamed = process.argv.slice(2).some((argument) => /dist[\\/]spec|\.spec\.[jt]s/.test(argument));

module.exports = isNamed ? options : { ...options, spec };
