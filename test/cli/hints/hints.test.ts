import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hintFor, type Scene } from '../../../src/cli/hints';
import { globalFlags } from '../../../src/cli/flags/global';
import { programName } from '../../../src/cli/program';

const resource = (group: string, version: string, plural: string, kind: string, shortNames: string[] = []) =>
  ({ group, version, plural, singular: kind.toLowerCase(), kind, namespaced: true, shortNames, categories: [], verbs: [], subresources: [] });
const served = { groups: [], resources: [resource('', 'v1', 'pods', 'Pod', ['po']), resource('apps', 'v1', 'deployments', 'Deployment', ['deploy'])] };

const files: Record<string, string> = {
  'tab.yaml': 'apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nmetadata:\n\tname: x\n',
  'fields.yaml': `# first
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: b}
spec:
  replicas: many
  template:
    spec:
      containers:
      - name: main
        imagee: nginx
`,
};

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'knarr-hints-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
});
afterAll(() => rmSync(cwd, { recursive: true }));

const scene = (): Scene => ({
  cwd, files: ['fields.yaml'], commands: () => ['get-contexts', 'view', 'use-context'], flags: async () => globalFlags, served: async () => served,
});

test.each<[string, string]>([
  ['error: unknown command "veiw"\nSee \'knarr config -h\' for help and examples\n', `did you mean ${programName} config view?`],
  ['error: unknown command "zzz"\nSee \'knarr config -h\' for help and examples\n', ''],
  ['error: unknown flag: --namspace\nSee \'knarr get --help\' for usage.\n', 'did you mean --namespace?'],
  ['error: the server doesn\'t have a resource type "deploymnets"\n', 'did you mean deployments?'],
  ['error: the server doesn\'t have a resource type "widgets"\n', ''],
  ['error: resource mapping not found for name: "a" namespace: "" from "a.yaml": no matches for kind "Deployment" in version "extensions/v1beta1"\n', 'Deployment is served in apps/v1'],
  ['error: no matches for kind "Deploiment" in version "apps/v1"\n', 'did you mean Deployment?'],
  ['error: error parsing tab.yaml: error converting YAML to JSON: yaml: line 3: found character that cannot start any token\n', 'see tab.yaml:6:1'],
  ['Error from server (BadRequest): error when creating "fields.yaml": Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.template.spec.containers[0].imagee"\n', 'see fields.yaml:15:9: did you mean image?'],
  ['Error from server (BadRequest): error when creating "fields.yaml": Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32\n', 'see fields.yaml:10:3'],
  ['Error from server (NotFound): pods "x" not found\n', ''],
])('%j', async (message, hint) => {
  expect(await hintFor(message, scene())).toBe(hint);
});
