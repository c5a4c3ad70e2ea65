// Of `npm run conformance`: rows mostly wait for loops and containers, so many run at once.
const { testMatch, ...shared } = require('./jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...shared,
  testMatch,
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 3,
  maxConcurrency: 6,
  reporters: ['<rootDir>/scripts/conformance/reporter.cjs'],
};
