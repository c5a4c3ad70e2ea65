/** busybox, as the official image is: a shell, the applets, nothing else. */
export const busybox = {
  names: ['busybox:1.36', 'busybox:latest'],
  packages: ({ busyboxPackage }) => busyboxPackage,
  changes: ['ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'CMD ["sh"]'],
  entries: async (files, { baseEntries, busyboxEntries }) => [...baseEntries(), ...(await busyboxEntries(files))],
};
