// Prints "PASSED FAILED" of a jest --json report. With an engine present a test skipped for want of one is a failure.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const skipped = report.testResults.flatMap((file) =>
  file.assertionResults.filter((test) => test.status === 'pending').map((test) => `${file.name}: ${test.fullName}`));
for (const name of skipped) console.error(`skipped: ${name}`);
const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + (process.env.KNARR_REQUIRE_DOCKER ? skipped.length : 0);
console.log(`${report.numPassedTests} ${failed}`);
