export { FakeClient, type FakeClientOptions, type FakeRequest, type FakeVerb } from './fake-client';
