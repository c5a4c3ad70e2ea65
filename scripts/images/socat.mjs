/** A server and a client for any protocol, in a shell: what tests speak UDP with. */
export const socat = {
  names: ['socat:1.7', 'socat:latest'],
  packages: ({ busyboxPackage }) => ({ ...busyboxPackage, socat: '/usr/bin/socat' }),
  changes: ['ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'CMD ["sh"]'],
  entries: async (files, { baseEntries, busyboxEntries }) => [...baseEntries(), ...(await busyboxEntries(files)), ...(await files.executables('/usr/bin/socat'))],
};
