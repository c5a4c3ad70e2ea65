import { ApiError } from '../../../api/errors';
import type { CustomResourceDefinition } from '../../../api/generated/apiextensions.v1';
import { groupVersion, parseGroupVersion, type KubeObject, type Unstructured } from '../../../api/meta';
import type { OutboundClient } from '../outbound/client';
import { postReview, remoteOf } from '../outbound/post';
import { restoredMeta } from './converted-meta';
import { convertedObjects, reviewOf, reviewVersion } from './conversion-review';

/** Brings objects into a version of their definition. Rejects with an ApiError. */
export type Convert = (objects: readonly KubeObject[], apiVersion: string) => Promise<KubeObject[]>;

const timeoutMs = 30_000;

/** Asks the webhook of a definition about what is not in the wanted version already. Source: conversion/webhook_converter.go. */
export function webhookConverter({ spec }: CustomResourceDefinition, client: OutboundClient, uid: () => string): Convert {
  const { clientConfig = {}, conversionReviewVersions } = spec.conversion!.webhook!;
  const version = reviewVersion(conversionReviewVersions);
  const ask = async (objects: readonly Unstructured[], apiVersion: string): Promise<Unstructured[]> => {
    const [first] = objects;
    // The kind of the list that it would be upstream, where there are several.
    const about = `conversion webhook for ${kindText(first!)}`;
    if (!version) throw failure('no supported conversion review versions');
    const id = uid();
    const converted = await postReview(client, remoteOf(clientConfig), reviewOf(version, id, apiVersion, objects), timeoutMs)
      .then((body) => convertedObjects(body, version, id))
      .catch((error: Error) => Promise.reject(failure(`${about} failed: ${error.message}`)));
    if (converted.length !== objects.length) throw failure(`${about} returned ${converted.length} objects, expected ${objects.length}`);
    return converted.map((one, at) => checked(about, objects[at]!, one, apiVersion, at));
  };
  return async (objects, apiVersion) => {
    const others = objects.filter((object) => object.apiVersion !== apiVersion) as Unstructured[];
    if (!others.length) return [...objects];
    const converted = await ask(others, apiVersion);
    return objects.map((object) => (object.apiVersion === apiVersion ? object : converted[others.indexOf(object as Unstructured)]!)) as KubeObject[];
  };
}

/** As a plain error of Go becomes a Status. */
const failure = (message: string) => new ApiError('Unknown', message);

const gvText = ({ apiVersion = '' }: Partial<Unstructured>) => groupVersion(parseGroupVersion(apiVersion));
const kindText = (object: Unstructured) => `${gvText(object)}, Kind=${object.kind}`;

function checked(about: string, original: Unstructured, converted: Unstructured, apiVersion: string, at: number): Unstructured {
  const wrong = (what: string, expected: unknown, received: unknown) =>
    failure(`${about} returned invalid object at index ${at}: invalid ${what} (expected ${String(expected)}, received ${String(received)})`);
  if (converted.apiVersion !== apiVersion) throw wrong('groupVersion', apiVersion, gvText(converted));
  if (converted.kind !== original.kind) throw wrong('kind', original.kind, converted.kind ?? '');
  const changed = unchangeable.find((field) => (original.metadata[field] ?? '') !== (converted.metadata?.[field] ?? ''));
  if (changed) {
    throw failure(`${about} returned invalid object: must have the same ${changed === 'uid' ? 'UID' : changed}: ${original.metadata[changed] ?? ''} != ${converted.metadata?.[changed] ?? ''}`);
  }
  try {
    return { ...converted, metadata: restoredMeta(original, converted) };
  } catch (error) {
    throw failure(`${about} returned invalid metadata: ${(error as Error).message}`);
  }
}

const unchangeable = ['name', 'namespace', 'uid'] as const;
