import type { Unstructured } from '../../../src/api/meta';

/** Made with openssl: a subject with everything in it and names of every sort, and a bare one. */
const full = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlJQmt6Q0NBVVVDQVFBd2dhb3hDekFKQmdOVkJBWVRBa1JGTVE4d0RRWURWUVFJREFaQ1pYSnNhVzR4RGpBTQpCZ05WQkFjTUJVMXBkSFJsTVE4d0RRWURWUVFKREFaTllXbHVJREV4RGpBTUJnTlZCQkVNQlRFd01URTFNUk13CkVRWURWUVFLREFwa1pYWmxiRzl3WlhKek1Rd3dDZ1lEVlFRS0RBTnZjSE14RERBS0JnTlZCQXNNQTI5dVpURU0KTUFvR0ExVUVDd3dEZEhkdk1Rc3dDUVlEVlFRRkV3STNOekVOTUFzR0ExVUVBd3dFYW1GdVpUQXFNQVVHQXl0bApjQU1oQUlCSGQxclRZVXNLN0FiSVZNY1BwNUhnRFF4N0EzbS9wYXVFTWNDTFBPZjJvR2N3WlFZSktvWklodmNOCkFRa09NVmd3VmpCVUJnTlZIUkVFVFRCTGdnbGhMbVY0WVcxd2JHV0NDV0l1WlhoaGJYQnNaWUVOYWtCbGVHRnQKY0d4bExtTnZiWVlNYzNCcFptWmxPaTh2ZUM5NWh3UUtBQUFCaHhBZ0FRMjRBQUFBQUFBQUFBQUFBQUFCTUFVRwpBeXRsY0FOQkFNbSt3MXNZSm9KK2p4VFNFOGRBZWtRcVBqNDJKVmgvMXU2QTdhNDQwWTFTZkVqckFDVGQrME90CjZWV2tCT3pvTmtIRWZTOFVIREhoQXU1eWNqUS9Zd2M9Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=';
const bare = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlHTk1FRUNBUUF3RGpFTU1Bb0dBMVVFQXd3RGFtOWxNQ293QlFZREsyVndBeUVBblB6NzBEV3g0ck9IcnpncQpjTk5aY0N4UjVENm9JQ1BTSDlsY09LL2dZV0tnQURBRkJnTXJaWEFEUVFEV2MxQWVvYnlESnliS05temx1TDE5CitOaEJvZDljRTEraVF2WG1wa0p1WWFkTk9zMU1aS2JCaG1RUmVCMFdGS1JNcFdmL1M0RVg5bHlLZTZ4K0o3a04KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==';

const meta = (name: string, more: object = {}) => ({ name, uid: `uid-${name}`, creationTimestamp: '2026-01-31T11:00:00Z', ...more });
const csr = (name: string, spec: object, status: object, more: object = {}) =>
  ({ apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: meta(name, more), spec: { usages: ['client auth'], ...spec }, status });

export const certificateFixtures = [
  csr('jane', { request: full, signerName: 'kubernetes.io/kube-apiserver-client', username: 'kubernetes-admin', expirationSeconds: 86400 },
    { conditions: [{ type: 'Approved', status: 'True' }], certificate: 'LS0t' }, { labels: { b: '1', a: '2' }, annotations: { x: 'y' } }),
  csr('joe', { request: bare, signerName: 'example.com/own' }, {}),
  csr('failed', { request: bare, signerName: 'example.com/own', username: 'x' }, { conditions: [{ type: 'Denied', status: 'True' }, { type: 'Failed', status: 'True' }] }),
] as unknown as Unstructured[];
