import { createPrivateKey } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { SigningRequest } from '../../controllers/certificates';
import { importKey, pem, serialNumber, signatureAlgorithm, type CertifiedKey } from './certificates';

const { KeyUsageFlags: flags, ExtendedKeyUsage: extended } = x509;

/** Source of the names: keyUsageDict and extKeyUsageDict in k8s.io/kubernetes/pkg/controller/certificates/authority. */
const keyUsages: Readonly<Record<string, number>> = {
  signing: flags.digitalSignature, 'digital signature': flags.digitalSignature, 'content commitment': flags.nonRepudiation,
  'key encipherment': flags.keyEncipherment, 'key agreement': flags.keyAgreement, 'data encipherment': flags.dataEncipherment,
  'cert sign': flags.keyCertSign, 'crl sign': flags.cRLSign, 'encipher only': flags.encipherOnly, 'decipher only': flags.decipherOnly,
};
const extendedUsages: Readonly<Record<string, string>> = {
  any: '2.5.29.37.0', 'server auth': extended.serverAuth, 'client auth': extended.clientAuth, 'code signing': extended.codeSigning,
  'email protection': extended.emailProtection, 's/mime': extended.emailProtection, 'ipsec end system': '1.3.6.1.5.5.7.3.5',
  'ipsec tunnel': '1.3.6.1.5.5.7.3.6', 'ipsec user': '1.3.6.1.5.5.7.3.7', timestamping: extended.timeStamping, 'ocsp signing': extended.ocspSigning,
  'microsoft sgc': '1.3.6.1.4.1.311.10.3.3', 'netscape sgc': '2.16.840.1.113730.4.1',
};

/**
 * A certificate for the subject, the names and the key of a request, and nothing else that it may ask for.
 * Source: PermissiveSigningPolicy. Rejects when the authority itself has expired.
 */
export async function signRequest(authority: CertifiedKey, { request, usages, notBeforeMs, notAfterMs }: SigningRequest): Promise<string> {
  const issuer = new x509.X509Certificate(authority.cert);
  const csr = new x509.Pkcs10CertificateRequest(request);
  const endMs = issuer.notAfter.getTime();
  if (endMs <= notBeforeMs) throw new Error(`the signer has expired: NotAfter=${issuer.notAfter.toISOString()}`);
  const names = csr.getExtension('2.5.29.17');
  const bits = usages.reduce((all, usage) => all | (keyUsages[usage] ?? 0), 0);
  const purposes = usages.flatMap((usage) => extendedUsages[usage] ?? []);
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: csr.subjectName,
    issuer: issuer.subjectName,
    notBefore: new Date(notBeforeMs),
    notAfter: new Date(Math.min(notAfterMs, endMs)),
    publicKey: csr.publicKey,
    signingKey: await importKey(createPrivateKey(authority.key)),
    signingAlgorithm: signatureAlgorithm,
    extensions: [
      // One without any bit makes a certificate invalid.
      ...(bits ? [new x509.KeyUsagesExtension(bits, true)] : []),
      ...(purposes.length ? [new x509.ExtendedKeyUsageExtension([...new Set(purposes)])] : []),
      new x509.BasicConstraintsExtension(false, undefined, true),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      ...(names ? [new x509.Extension(names.type, false, names.value)] : []),
    ],
  });
  return pem(cert.toString('pem'));
}
