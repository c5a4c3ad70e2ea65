import type { Session } from '../session';
import { resolveArgs, visitTargets } from './from-args';
import { throwAll } from '../errors';
import { manifestFiles, visitFiles, visitKustomization, type Visited } from './from-files';
import type { Info, ResourceRequest } from './info';

export interface Visit {
  /** Infos in order; an error comes in the place of the object that it is about. */
  visited: AsyncIterable<Visited>;
  /** Exactly one object was asked for, so that it is printed alone and not as a list. */
  singleItemImplied: boolean;
}

/** Begins to visit what a command is about. Rejects where the request itself makes no sense. */
export async function visit(session: Session, request: ResourceRequest): Promise<Visit> {
  if (request.filenames?.length || request.kustomize) return visitManifests(session, request);
  const targets = await resolveArgs(session, request);
  return {
    visited: visitTargets(session, request, targets),
    singleItemImplied: targets.length === 1 && targets[0]!.name !== '',
  };
}

async function visitManifests(session: Session, request: ResourceRequest): Promise<Visit> {
  const { filenames = [], kustomize, recursive } = request;
  if (kustomize) checkAlone(filenames, recursive);
  const files = await manifestFiles({ filenames, recursive }, session.cwd);
  if (request.args?.length) {
    const [first] = request.args;
    if (first!.includes('/')) throw new Error('resource/name arguments cannot be provided when a path is specified');
    throw new Error('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
  }
  if (kustomize) return { visited: visitKustomization(session, request, kustomize), singleItemImplied: true };
  return { visited: visitFiles(session, request, files), singleItemImplied: files.length === 1 && files[0] !== 'STDIN' };
}

/** -k goes with neither -f nor -R. */
function checkAlone(filenames: readonly string[], recursive = false): void {
  throwAll([
    ...(filenames.length ? [new Error('only one of -f or -k can be specified')] : []),
    ...(recursive ? [new Error("the -k flag can't be used with -f or -R")] : []),
  ]);
}

/** All infos and all errors, in order. */
export async function collect({ visited }: Visit): Promise<{ infos: Info[]; errors: unknown[] }> {
  const infos: Info[] = [];
  const errors: unknown[] = [];
  for await (const each of visited) {
    if ('info' in each) infos.push(each.info);
    else errors.push(each.error);
  }
  return { infos, errors };
}

/** Acts on each object in turn and goes on after a failure; returns what failed. Give it to `throwAll`. */
export async function forEachInfo({ visited }: Visit, act: (info: Info) => Promise<void>): Promise<unknown[]> {
  const errors: unknown[] = [];
  for await (const each of visited) {
    try {
      if ('error' in each) throw each.error;
      await act(each.info);
    } catch (error) {
      errors.push(error);
    }
  }
  return errors;
}
