// count.mjs REPORT FAILURES: prints "PASSED FAILED" of a jest --json report, and adds what failed to the file FAILURES.
// With an engine present a test skipped for want of one is a failure.
import { appendFileSync, readFileSync } from 'node:fs';

const [reportFile, failuresFile] = process.argv.slice(2);
const report = JSON.parse(readFileSync(reportFile, 'utf8'));
const required = Boolean(process.env.KNARR_REQUIRE_DOCKER);
const tests = report.testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
const skipped = required ? tests.filter(({ status }) => status === 'pending') : [];
const failed = tests.filter(({ status }) => status === 'failed');
const broken = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'));

const lines = [
  ...skipped.map(({ file, fullName }) => `skipped: ${file}: ${fullName}`),
  ...failed.map(({ file, fullName, failureMessages }) => `${file}: ${fullName}\n${excerpt(failureMessages[0])}`),
  ...broken.map(({ name, message }) => `${name}\n${excerpt(message)}`),
];
appendFileSync(failuresFile, lines.map((line) => `${line}\n`).join(''));
console.log(`${report.numPassedTests} ${failed.length + broken.length + skipped.length}`);

/** The first lines, without jest's colours. */
function excerpt(text = '') {
  return text.replace(/\u001b\[\d+m/g, '').split('\n').slice(0, 15).map((line) => `    ${line}`).join('\n');
}
