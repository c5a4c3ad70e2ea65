'use strict';
// Tells rows as they end: a line each, and what jest says about those that failed.

module.exports = class Reporter {
  onTestCaseResult(_test, { title, status, duration, failureMessages }) {
    if (status !== 'passed' && status !== 'failed') return;
    process.stderr.write(`${status === 'passed' ? 'ok  ' : 'FAIL'} ${String(Math.round(duration ?? 0)).padStart(6)} ms  ${title}\n`);
    for (const message of failureMessages) process.stderr.write(`${message}\n\n`);
  }

  onTestResult(_test, { testExecError, failureMessage, testResults }) {
    if (testExecError || !testResults.length) process.stderr.write(`${failureMessage}\n`);
  }

  getLastError() {}
};
