import { describeWithEngine } from '../support/engine';
import { runtimeContract } from './contract';
import { dockerHarness } from './harness';

jest.setTimeout(60_000);

describeWithEngine('the Docker runtime', () => runtimeContract(dockerHarness));
