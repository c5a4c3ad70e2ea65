export { parseCertificateRequest, type CertificateRequest } from './certificate-request';
