import { runtimeContract } from './contract';
import { simHarness } from './harness';

describe('the simulated runtime', () => runtimeContract(simHarness));
