import { VerbCommand } from '../cli/command/verb-command';
import { patchFlags } from '../cli/verbs/patch/flags';
import { patch } from '../cli/verbs/patch/patch';

export default class Patch extends VerbCommand {
  static override summary = 'Change fields of objects by a patch';
  static override synopsis = '(-f FILE | TYPE NAME) (-p PATCH | --patch-file FILE)';
  static override examples = [
    'knarr patch deployment web -p \'{"spec":{"replicas":2}}\'',
    'knarr patch pod web --type=json -p \'[{"op":"replace","path":"/spec/containers/0/image","value":"nginx:1.27"}]\'',
    'knarr patch -f web.yaml --local -p \'spec: {replicas: 2}\' -o yaml',
  ];
  static override table = patchFlags;

  async run(): Promise<void> {
    await this.runVerb(patchFlags, patch);
  }
}
