import { build, buildYaml } from '../kustomize/build';
import { sessionMeans } from '../kustomize/session-means';
import type { Session } from '../session';

/** What -k builds, as one stream of YAML. Source: kustomizevisitor.go of cli-runtime. */
export async function kustomizationText(session: Session, target: string): Promise<string> {
  const options = { target, restricted: true, helmEnabled: false, pluginsEnabled: false, managedByLabel: false, reorder: 'legacy' as const };
  return buildYaml(await build(options, sessionMeans(session)));
}
