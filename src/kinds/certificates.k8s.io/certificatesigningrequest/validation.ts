import { X509Certificate } from 'node:crypto';
import type { FieldError } from '../../../api/errors';
import type { CertificateSigningRequest } from '../../../api/generated/certificates.v1';
import { quote } from '../../../api/go/quote';
import {
  duplicate, forbiddenField, invalidValue, notSupported, required, ShownAs, validateObjectMeta,
} from '../../../api/validation';
import { parseCertificateRequest } from '../../../api/x509';
import { each } from '../../validating';
import { validateSignerName } from '../signer-name';

const usages = [
  'any', 'cert sign', 'client auth', 'code signing', 'content commitment', 'crl sign', 'data encipherment', 'decipher only', 'digital signature',
  'email protection', 'encipher only', 'ipsec end system', 'ipsec tunnel', 'ipsec user', 'key agreement', 'key encipherment', 'microsoft sgc',
  'netscape sgc', 'ocsp signing', 's/mime', 'server auth', 'signing', 'timestamping',
];
const minSeconds = 600;

const decoded = (base64: string | undefined) => Buffer.from(base64 ?? '', 'base64');

/** As Go prints a slice of bytes. */
const bytesText = (bytes: Buffer) => `[]byte{${[...bytes].map((byte) => `0x${byte.toString(16)}`).join(', ')}}`;

/** After k8s.io/kubernetes/pkg/apis/certificates/validation. */
export function validateRequest({ metadata, spec, status }: CertificateSigningRequest): FieldError[] {
  const given: readonly string[] = spec.usages ?? [];
  return [
    ...validateObjectMeta(metadata, false, () => []),
    ...validatePem(spec.request),
    ...(given.length ? [] : [required('spec.usages')]),
    ...each(given, 'spec.usages', (usage, path) => (usages.includes(usage) ? [] : [notSupported(path, usage, usages)])),
    ...given.flatMap((usage, i) => (given.indexOf(usage) < i ? [duplicate(`spec.usages[${i}]`, usage)] : [])),
    ...validateSignerName(spec.signerName, 'spec.signerName'),
    ...(spec.expirationSeconds !== undefined && spec.expirationSeconds < minSeconds
      ? [invalidValue('spec.expirationSeconds', spec.expirationSeconds, 'may not specify a duration less than 600 seconds (10 minutes)')] : []),
    ...validateConditions(status),
    ...validateCertificate(status?.certificate),
  ];
}

function validatePem(request: string): FieldError[] {
  const why = requestError(decoded(request).toString());
  return why === undefined ? [] : [invalidValue('spec.request', new ShownAs(bytesText(decoded(request))), why)];
}

function requestError(pem: string): string | undefined {
  try {
    return parseCertificateRequest(pem).signatureError();
  } catch (error) {
    return (error as Error).message;
  }
}

const verdicts = ['Approved', 'Denied', 'Failed'];

function validateConditions(status: CertificateSigningRequest['status']): FieldError[] {
  const conditions = status?.conditions ?? [];
  const before = (i: number, ...types: string[]) => conditions.slice(0, i).some(({ type }) => types.includes(type));
  return conditions.flatMap(({ type, status: value }, i) => {
    const path = `status.conditions[${i}]`;
    const allowed = verdicts.includes(type) ? ['True'] : ['False', 'True', 'Unknown'];
    const opposite = type === 'Approved' ? 'Denied' : 'Approved';
    return [
      ...(type ? [] : [required(`${path}.type`)]),
      ...(value ? (allowed.includes(value) ? [] : [notSupported(`${path}.status`, value, allowed)]) : [required(`${path}.status`)]),
      ...((type === 'Approved' || type === 'Denied') && before(i, opposite) ? [invalidValue(`${path}.type`, type, 'Approved and Denied conditions are mutually exclusive')] : []),
      ...(before(i, type) ? [duplicate(`${path}.type`, type)] : []),
    ];
  });
}

const pemBlock = /-----BEGIN ([^-]+)-----[^-]+-----END \1-----/g;

function validateCertificate(certificate: string | undefined): FieldError[] {
  if (!certificate) return [];
  const refuse = (why: string) => [invalidValue('status.certificate', '<certificate data>', why)];
  const blocks = [...decoded(certificate).toString().matchAll(pemBlock)];
  if (!blocks.length) return refuse('must contain at least one CERTIFICATE PEM block');
  for (const [text, type] of blocks) {
    if (type !== 'CERTIFICATE') return refuse(`only CERTIFICATE PEM blocks are allowed, found ${quote(type!)}`);
    try {
      new X509Certificate(text);
    } catch (error) {
      return refuse((error as Error).message);
    }
  }
  return [];
}

/** What neither an approval nor a signature may do. What only one of them may is admission's to tell apart. */
export function validateStatusUpdate(csr: CertificateSigningRequest, old: CertificateSigningRequest): FieldError[] {
  const count = ({ status }: CertificateSigningRequest, wanted: string) => (status?.conditions ?? []).filter(({ type }) => type === wanted).length;
  const removed = verdicts.filter((type) => count(csr, type) < count(old, type));
  return [
    ...validateRequest(csr),
    ...removed.map((type) => forbiddenField('status.conditions', `updates may not remove a condition of type ${quote(type)}`)),
    ...(old.status?.certificate && csr.status?.certificate !== old.status.certificate
      ? [forbiddenField('status.certificate', 'updates may not modify existing certificate content')] : []),
  ];
}
