import { humanDuration } from '../../../api/duration';
import type { CertificateSigningRequest } from '../../../api/generated/certificates.v1';
import { parseCertificateRequest, type CertificateRequest } from '../../../api/x509';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { dateText } from '../../describing/time';
import { describeText, field, fieldIfSet, type Write } from '../../describing/writer';
import { formatLabels } from '../../printing';
import { statusText } from './status-text';

const list = (write: Write, label: string, values: readonly string[]) => {
  if (values.length) write(0, `\t${label}:\t${values.join('\n\t\t')}\n`);
};

function describeSubject(write: Write, request: CertificateRequest): void {
  write(0, 'Subject:\n');
  write(0, `\tCommon Name:\t${request.commonName}\n`);
  write(0, `\tSerial Number:\t${request.subject('serialNumber').at(-1) ?? ''}\n`);
  list(write, 'Organization', request.organizations);
  list(write, 'Organizational Unit', request.subject('organizationalUnit'));
  list(write, 'Country', request.subject('country'));
  list(write, 'Locality', request.subject('locality'));
  list(write, 'Province', request.subject('province'));
  list(write, 'StreetAddress', request.subject('streetAddress'));
  list(write, 'PostalCode', request.subject('postalCode'));
}

function describeNames(write: Write, { dnsNames, emailAddresses, uris, ipAddresses }: CertificateRequest): void {
  if (![dnsNames, emailAddresses, uris, ipAddresses].some(({ length }) => length > 0)) return;
  write(0, 'Subject Alternative Names:\n');
  list(write, 'DNS Names', dnsNames);
  list(write, 'Email Addresses', emailAddresses);
  list(write, 'URIs', uris);
  list(write, 'IP Addresses', ipAddresses);
}

export const certificateSigningRequestDescribe: Describe<CertificateSigningRequest> = {
  group: 'certificates.k8s.io',
  kind: 'CertificateSigningRequest',
  related: (csr) => [eventQuery(csr, 'CertificateSigningRequest')],
  render: (csr, { events }, { nowMs }) => describeText((write) => {
    const { metadata, spec } = csr;
    const request = parseCertificateRequest(Buffer.from(spec.request, 'base64').toString());
    field(write, 'Name', metadata.name);
    field(write, 'Labels', formatLabels(metadata.labels));
    field(write, 'Annotations', formatLabels(metadata.annotations));
    field(write, 'CreationTimestamp', dateText(metadata.creationTimestamp));
    field(write, 'Requesting User', spec.username);
    fieldIfSet(write, 'Signer', spec.signerName);
    if (spec.expirationSeconds !== undefined) field(write, 'Requested Duration', humanDuration(spec.expirationSeconds * 1000));
    field(write, 'Status', statusText(csr));
    describeSubject(write, request);
    describeNames(write, request);
    describeEvents(write, events, nowMs);
  }),
};
