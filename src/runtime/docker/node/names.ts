/** Labels of everything that a profile owns in the engine. */
export const labels = { profile: 'knarr.profile', role: 'knarr.role', node: 'knarr.node', podCIDR: 'knarr.pod-cidr', spec: 'knarr.spec' } as const;

export const networkName = (profile: string) => `knarr-${profile}`;

export const nodeContainerName = (profile: string, nodeName: string) => `knarr-${profile}-node-${nodeName}`;

/** The node container's own port for connections from the host into the node's network. */
export const relayPort = 10247;
