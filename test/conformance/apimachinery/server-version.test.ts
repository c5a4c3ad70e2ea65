import { row } from '../support/row';

row('[sig-api-machinery] server version should find the server version', async (t) => {
  const { major, minor } = await t.client.request<{ major: string; minor: string }>({ path: '/version' });
  expect(major).toMatch(/^[1-9]$/);
  // Builds of vendors put a plus behind it.
  expect(minor).toMatch(/^\d+\+?$/);
});
