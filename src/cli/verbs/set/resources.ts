import { parseQuantity, formatQuantity } from '../../../api/quantity';
import { dryRunStrategy } from '../../dry-run';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { applySetting, settingPrinter, settingTargets } from './change';
import type { setResourcesFlags } from './flags';
import { podSpecOf, selectContainers } from './pod-spec';

type ResourcesInput = Input<typeof setResourcesFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/set/set_resources.go. */
export async function setResources(session: Session, { flags, args }: ResourcesInput): Promise<void> {
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const print = await settingPrinter(session, 'resource requirements updated', flags, dryRun);
  const infos = await settingTargets(session, flags, args);
  if (flags.local && dryRun === 'server') throw new Error('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  if (flags.all && flags.selector) throw new Error('cannot set --all and --selector at the same time');
  if (!flags.limits && !flags.requests) throw new Error('you must specify an update to requests or limits (in the form of --requests/--limits)');
  const limits = resourceList(flags.limits);
  const requests = resourceList(flags.requests);
  const errors: Error[] = [];
  await applySetting(session, infos, { flags, dryRun, print, failure: 'failed to patch resources update to pod template', errors }, (object) => {
    const containers = selectContainers(podSpecOf(object), flags.containers);
    if (!containers.length) {
      errors.push(new Error(`error: unable to find container named ${flags.containers}`));
      return false;
    }
    for (const container of containers) {
      const { resources = {} } = container;
      container.resources = {
        ...resources,
        ...(flags.limits && { limits: { ...resources.limits, ...limits } }),
        ...(flags.requests && { requests: { ...resources.requests, ...requests } }),
      };
    }
    return true;
  });
}

/** `cpu=1,memory=1Gi`. Throws in the words of k8s.io/kubectl/pkg/generate/versioned. */
function resourceList(text: string): Record<string, string> {
  if (!text) return {};
  return Object.fromEntries(text.split(',').map((statement) => {
    const parts = statement.split('=');
    if (parts.length !== 2) throw new Error(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
    return [parts[0]!, formatQuantity(parseQuantity(parts[1]!))];
  }));
}
