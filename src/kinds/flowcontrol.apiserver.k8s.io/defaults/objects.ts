import type { FlowSchema, PolicyRulesWithSubjects, PriorityLevelConfiguration, Subject } from '../../../api/generated/flowcontrol.v1';

const apiVersion = 'flowcontrol.apiserver.k8s.io/v1';
/** Later starts may mend what carries it. */
export const autoUpdateAnnotation = 'apf.kubernetes.io/autoupdate-spec';
const metadata = (name: string) => ({ name, annotations: { [autoUpdateAnnotation]: 'true' } });

type Limited = NonNullable<PriorityLevelConfiguration['spec']['limited']>;

/** Of a level that queues: shares, what of it may be lent in percent, and between how many queues a hand of how many is dealt. */
export type QueuingLevel = readonly [name: string, shares: number, lendablePercent: number, queues: number, handSize: number];

const queueLengthLimit = 50;

export const limitedLevel = (name: string, nominalConcurrencyShares: number, lendablePercent: number, limitResponse: Limited['limitResponse']): PriorityLevelConfiguration => ({
  apiVersion, kind: 'PriorityLevelConfiguration', metadata: metadata(name),
  spec: { type: 'Limited', limited: { nominalConcurrencyShares, limitResponse, lendablePercent } },
});

export const queuingLevel = ([name, shares, lendable, queues, handSize]: QueuingLevel) =>
  limitedLevel(name, shares, lendable, { type: 'Queue', queuing: { queues, handSize, queueLengthLimit } });

/** The level whose requests never wait. */
export const exemptLevel: PriorityLevelConfiguration = {
  apiVersion, kind: 'PriorityLevelConfiguration', metadata: metadata('exempt'),
  spec: { type: 'Exempt', exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 } },
};

export interface SchemaRow {
  readonly name: string;
  readonly level: string;
  readonly precedence: number;
  readonly by?: 'ByUser' | 'ByNamespace';
  readonly rules: PolicyRulesWithSubjects;
}

export const flowSchemaOf = ({ name, level, precedence, by, rules }: SchemaRow): FlowSchema => ({
  apiVersion, kind: 'FlowSchema', metadata: metadata(name),
  spec: { priorityLevelConfiguration: { name: level }, matchingPrecedence: precedence, ...(by && { distinguisherMethod: { type: by } }), rules: [rules] },
});

export const groups = (...names: string[]): Subject[] => names.map((name) => ({ kind: 'Group', group: { name } }));
export const users = (...names: string[]): Subject[] => names.map((name) => ({ kind: 'User', user: { name } }));
export const systemAccounts = (...names: string[]): Subject[] =>
  names.map((name) => ({ kind: 'ServiceAccount', serviceAccount: { namespace: 'kube-system', name } }));

export const everyone = groups('system:unauthenticated', 'system:authenticated');

/** Every request of the subjects. */
export const everything = (subjects: Subject[]): PolicyRulesWithSubjects => ({
  subjects,
  resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], clusterScope: true, namespaces: ['*'] }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
});
