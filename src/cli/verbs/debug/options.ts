import type { Container, EnvVar } from '../../../api/generated/core.v1';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import { isImageReference } from '../run/image-reference';
import type { DebugFlags } from './flags';
import { isProfile, type KeepFlags, type Profile } from './profiles';

export type DebugInput = Input<DebugFlags & GlobalFlags>;

export interface DebugOptions {
  targets: readonly string[];
  /** What follows `--`. */
  args: readonly string[];
  argsOnly: boolean;
  attach: boolean;
  /** '' for a name of our own. */
  container: string;
  copyTo: string;
  env: readonly EnvVar[];
  image: string;
  keep: KeepFlags;
  profile: Profile;
  pullPolicy: string;
  quiet: boolean;
  replace: boolean;
  sameNode: boolean;
  setImages: ReadonlyMap<string, string>;
  /** Undefined: as the profile has it. */
  shareProcesses: boolean | undefined;
  stdin: boolean;
  tty: boolean;
  target: string;
}

const pullPolicies = ['', 'Always', 'IfNotPresent', 'Never'];
const problemOfReference = 'invalid reference format';

/** What the flags mean. Throws in kubectl's words; `checkOptions` says what else is wrong. */
export function debugOptions({ flags, changed, args, argsBeforeDash = args.length }: DebugInput): DebugOptions {
  if (!isProfile(flags.profile)) throw new Error(`unknown profile: ${flags.profile}`);
  return {
    targets: args.slice(0, argsBeforeDash), args: args.slice(argsBeforeDash), argsOnly: flags['arguments-only'],
    attach: changed.has('attach') ? flags.attach : flags.stdin,
    container: flags.container, copyTo: flags['copy-to'], image: flags.image, pullPolicy: flags['image-pull-policy'],
    env: [...new Map(flags.env.map(pairOf))].map(([name, value]) => (value ? { name, value } : { name })),
    keep: {
      labels: flags['keep-labels'], annotations: flags['keep-annotations'], liveness: flags['keep-liveness'],
      readiness: flags['keep-readiness'], startup: flags['keep-startup'], initContainers: flags['keep-init-containers'],
    },
    profile: flags.profile, quiet: flags.quiet, replace: flags.replace, sameNode: flags['same-node'],
    setImages: new Map(flags['set-image'].map(pairOf)),
    shareProcesses: changed.has('share-processes') ? flags['share-processes'] : undefined,
    stdin: flags.stdin, tty: flags.tty, target: flags.target,
  };
}

const pairOf = (pair: string): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];

type Problem = readonly [wrong: boolean, message: string];

/** Throws the first thing wrong, in kubectl's order. `tell` gets the line about --target, which comes in between. */
export function checkOptions(options: DebugOptions, { flags, changed }: Pick<DebugInput, 'flags' | 'changed'>, custom: Partial<Container> | undefined, tell: (line: string) => void): void {
  throwFirst(copyProblems(options, changed.has('attach')));
  throwFirst(problems(options, flags.filename.length > 0));
  if (options.target && !options.quiet) {
    tell(`Targeting container ${JSON.stringify(options.target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`);
  }
  throwFirst([
    [options.tty && !options.stdin, '-i/--stdin is required for containers with -t/--tty=true'],
    [custom !== undefined && hasFixedFields(custom), 'name, command, image, lifecycle and volume devices are not modifiable via custom profile'],
  ]);
}

function throwFirst(of: readonly Problem[]): void {
  const found = of.find(([wrong]) => wrong);
  if (found) throw new Error(found[1]);
}

function copyProblems({ attach, image, container, copyTo, setImages, args, replace, sameNode }: DebugOptions, attachGiven: boolean): Problem[] {
  return [
    [attach && attachGiven && !image && !container, 'you must specify --container or create a new container using --image in order to attach.'],
    [copyTo !== '' && !image && !setImages.size && !args.length, 'you must specify --image, --set-image or command arguments.'],
    [copyTo !== '' && args.length > 0 && !container && !image, 'you must specify an existing container or a new image when specifying args.'],
    [!copyTo && replace, '--replace may only be used with --copy-to.'],
    [!copyTo && sameNode, '--same-node may only be used with --copy-to.'],
    [!copyTo && setImages.size > 0, '--set-image may only be used with --copy-to.'],
    [!copyTo && !image, 'you must specify --image when not using --copy-to.'],
  ];
}

function problems({ image, targets, pullPolicy, setImages, target, copyTo }: DebugOptions, hasFiles: boolean): Problem[] {
  return [
    [image !== '' && !isImageReference(image), `invalid image name ${JSON.stringify(image)}: ${problemOfReference}`],
    [!targets.length && !hasFiles, 'NAME or filename is required for debug'],
    [!pullPolicies.includes(pullPolicy), `invalid image pull policy: ${pullPolicy}`],
    ...[...setImages].map(([name, of]): Problem => [!isImageReference(of), `invalid image name ${JSON.stringify(of)} for container ${JSON.stringify(name)}: ${problemOfReference}`]),
    [target !== '' && copyTo !== '', '--target is incompatible with --copy-to. Use --share-processes instead.'],
  ];
}

function hasFixedFields({ name, command, image, lifecycle, volumeDevices }: Partial<Container>): boolean {
  return Boolean(name || command?.length || image || lifecycle || volumeDevices?.length);
}
