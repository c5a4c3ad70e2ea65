import { dryRunStrategy } from '../../dry-run';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { resourcesAndPairs, splitAtEquals } from '../../metadata/pairs';
import type { Session } from '../../session';
import { applySetting, settingPrinter, settingTargets } from './change';
import type { setImageFlags } from './flags';
import { podSpecOf, selectContainers } from './pod-spec';

type ImageInput = Input<typeof setImageFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/set/set_image.go. */
export async function setImage(session: Session, { flags, args }: ImageInput): Promise<void> {
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const print = await settingPrinter(session, 'image updated', flags, dryRun);
  const { resources, pairs } = resourcesAndPairs(args, 'image');
  const wrong = pairs.filter((pair) => !pair.includes('='));
  if (wrong.length) throw new Error(`invalid image format: ${wrong.join(', ')}`);
  const images = new Map(pairs.map(splitAtEquals));
  const infos = await settingTargets(session, flags, resources);
  const problems = problemsOf(flags, resources, images, dryRun === 'server');
  throwAll(problems.map((problem) => new Error(problem)));
  const errors: Error[] = [];
  await applySetting(session, infos, { flags, dryRun, print, failure: 'failed to patch image update to pod template:', errors }, (object) => {
    const spec = podSpecOf(object);
    for (const [name, image] of images) {
      const containers = selectContainers(spec, '*').filter((container) => name === '*' || container.name === name);
      if (!containers.length) errors.push(new Error(`error: unable to find container named ${JSON.stringify(name)}`));
      for (const container of containers) container.image = image;
    }
  });
}

function problemsOf(flags: ImageInput['flags'], resources: readonly string[], images: ReadonlyMap<string, string>, onServer: boolean): string[] {
  const checks: [boolean, string][] = [
    [flags.all && flags.selector !== '', 'cannot set --all and --selector at the same time'],
    [!resources.length && !flags.filename.length && !flags.kustomize, 'one or more resources must be specified as <resource> <name> or <resource>/<name>'],
    [!images.size, 'at least one image update is required'],
    [images.size > 1 && images.has('*'), 'all containers are already specified by *, but saw more than one container_name=container_image pairs'],
    [flags.local && onServer, 'cannot specify --local and --dry-run=server - did you mean --dry-run=client?'],
  ];
  return checks.filter(([wrong]) => wrong).map(([, text]) => text);
}
