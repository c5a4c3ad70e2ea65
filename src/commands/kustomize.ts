import { VerbCommand } from '../cli/command/verb-command';
import { kustomizeFlags } from '../cli/verbs/kustomize/flags';
import { kustomize } from '../cli/verbs/kustomize/kustomize';

export default class Kustomize extends VerbCommand {
  static override summary = 'Print what a kustomization makes';
  static override synopsis = '[DIR | URL]';
  static override examples = ['knarr kustomize', 'knarr kustomize overlays/production', 'knarr kustomize overlays/production -o built.yaml'];
  static override table = kustomizeFlags;

  async run(): Promise<void> {
    await this.runVerb(kustomizeFlags, kustomize);
  }
}
