import { isConnectionError } from '../../../../client/http/connection-error';
import type { TokenRequest } from '../../../../api/generated/authentication.v1';
import type { Unstructured } from '../../../../api/meta';
import type { GlobalFlags } from '../../../flags/global';
import type { FlagValues, Input } from '../../../flags/spec';
import { objectPrinter } from '../../../print/printer';
import { asTyped } from '../../../print/typed';
import type { Session } from '../../../session';
import { resourcePath } from '../../../../client/http';
import { nameFrom } from '../generated';
import type { tokenFlags } from './flags';

const boundKinds = ['Node', 'Pod', 'Secret'];
const serviceAccounts = { group: '', version: 'v1', plural: 'serviceaccounts', namespaced: true };
const msPerSecond = 1000;

type Flags = FlagValues<typeof tokenFlags>;

/** After create_token.go. */
export async function createToken(session: Session, input: Input<typeof tokenFlags & GlobalFlags>): Promise<void> {
  const { flags } = input;
  const name = nameFrom(input, 'kubectl create token');
  const { name: namespace } = await session.namespace();
  const print = flags.output || flags.template ? await objectPrinter({ flags, out: session.streams.out, cwd: session.cwd, keepOrder: true }) : undefined;
  const problem = problemOf(name, flags);
  if (problem) throw new Error(problem);
  const response = await request(session, namespace, name, tokenRequest(flags));
  const token = (response as unknown as TokenRequest).status?.token;
  if (!token) throw new Error('failed to create token: no token in server response');
  if (print) return print(await asTyped(response));
  session.streams.out.write(session.streams.out.isTTY ? `${token}\n` : token);
}

function problemOf(name: string, flags: Flags): string | undefined {
  const { 'bound-object-kind': kind, 'bound-object-name': object, 'bound-object-uid': uid, duration, audience } = flags;
  return [
    [!name, 'service account name is required'],
    [duration < 0, '--duration must be greater than or equal to 0'],
    [duration % msPerSecond !== 0, '--duration cannot be expressed in units less than seconds'],
    [audience.includes(''), '--audience must not be an empty string'],
    [!kind && object, '--bound-object-name can only be set if --bound-object-kind is provided'],
    [!kind && uid, '--bound-object-uid can only be set if --bound-object-kind is provided'],
    [kind && !boundKinds.includes(kind), `supported --bound-object-kind values are ${boundKinds.join(', ')}`],
    [kind && !object, '--bound-object-name is required if --bound-object-kind is provided'],
  ].find(([wrong]) => wrong)?.[1] as string | undefined;
}

function tokenRequest(flags: Flags): object {
  const { 'bound-object-kind': kind, 'bound-object-name': name, 'bound-object-uid': uid, duration, audience } = flags;
  return {
    apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: { creationTimestamp: null },
    spec: {
      audiences: audience.length ? audience : null, expirationSeconds: duration ? duration / msPerSecond : null,
      boundObjectRef: kind ? { kind, apiVersion: 'v1', name, ...(uid && { uid }) } : null,
    },
    status: { token: '', expirationTimestamp: null },
  };
}

async function request(session: Session, namespace: string, name: string, body: object): Promise<Unstructured> {
  const client = await session.client();
  try {
    return await client.request<Unstructured>({ method: 'POST', path: resourcePath(serviceAccounts, namespace, name, 'token'), body });
  } catch (error) {
    throw new Error(`failed to create token: ${isConnectionError(error) ? error.whole : (error as Error).message}`);
  }
}
