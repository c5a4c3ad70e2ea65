/** The release of Kubernetes whose behaviour every part has. Clients parse it for skew; kubectl and helm take it for a semantic version. */
export const kubernetesVersion = { major: '1', minor: '33', gitVersion: 'v1.33.9' } as const;
