import type { UserInfo } from '../../../api/generated/authentication.v1';
import { isReason } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { objectPrinter } from '../../print/printer';
import { tableWriter } from '../../print/table';
import { asTyped } from '../../print/typed';
import type { Session } from '../../session';
import type { whoAmIFlags } from './flags';

const versions = ['v1', 'v1beta1', 'v1alpha1'];
const notEnabled = 'the selfsubjectreviews API is not enabled in the cluster\nenable APISelfSubjectReview feature gate and authentication.k8s.io/v1alpha1 or authentication.k8s.io/v1beta1 API';
const notAllowed = 'the selfsubjectreviews API is not enabled in the cluster or you do not have permission to call it';

/** After k8s.io/kubectl/pkg/cmd/auth/whoami.go. */
export async function whoAmI(session: Session, { flags }: Input<typeof whoAmIFlags & GlobalFlags>): Promise<void> {
  const { out } = session.streams;
  const print = flags.output || flags.template ? await objectPrinter({ flags, out, cwd: session.cwd, keepOrder: true }) : undefined;
  const review = await reviewed(session);
  if (print) return print(await asTyped(review));
  out.write(tableWriter()(rowsOf((review as { status?: { userInfo?: UserInfo } }).status?.userInfo ?? {}).map((cells) => `${cells.join('\t')}\n`).join('')));
}

/** Asked in the newest version that the server has. */
async function reviewed(session: Session): Promise<Unstructured> {
  const client = await session.client();
  for (const version of versions) {
    try {
      return await client.request<Unstructured>({
        method: 'POST', path: `/apis/authentication.k8s.io/${version}/selfsubjectreviews`,
        body: { apiVersion: `authentication.k8s.io/${version}`, kind: 'SelfSubjectReview', metadata: { creationTimestamp: null }, status: { userInfo: {} } },
      });
    } catch (error) {
      if (isReason(error, 'Forbidden')) throw new Error(notAllowed);
      if (!isReason(error, 'NotFound')) throw error;
    }
  }
  throw new Error(notEnabled);
}

function rowsOf({ username, uid, groups = [], extra = {} }: UserInfo): string[][] {
  return [
    ['ATTRIBUTE', 'VALUE'],
    ...(username ? [['Username', username]] : []),
    ...(uid ? [['UID', uid]] : []),
    ...(groups.length ? [['Groups', goList(groups)]] : []),
    ...Object.keys(extra).sort().map((key) => [`Extra: ${key}`, goList(extra[key]!)]),
  ];
}

/** As Go prints a slice. */
const goList = (items: readonly string[]) => `[${items.join(' ')}]`;
