import type { PodTemplateSpec } from '../api/generated/core.v1';

/** Label and name suffix that tell the ReplicaSets of a Deployment apart. */
export const hashLabel = 'pod-template-hash';

/** No vowels and nothing that looks alike, as in k8s.io/apimachinery/pkg/util/rand.SafeEncodeString. */
const safe = 'bcdfghjklmnpqrstvwxz2456789';

/** Members in the order of their names, so that equal templates have equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** The collision count moves on to another hash when a foreign ReplicaSet bears the name. */
export function templateHash(template: PodTemplateSpec, collisionCount: number | undefined): string {
  const decimal = String(fnv32a(canonicalJson(template) + (collisionCount ?? '')));
  return [...decimal].map((digit) => safe[digit.charCodeAt(0) % safe.length]).join('');
}
