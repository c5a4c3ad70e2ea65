import { VerbCommand } from '../../cli/command/verb-command';
import { setImageFlags } from '../../cli/verbs/set/flags';
import { setImage } from '../../cli/verbs/set/image';

export default class SetImage extends VerbCommand {
  static override summary = 'Set the images of containers';
  static override synopsis = '(-f FILE | TYPE NAME) CONTAINER=IMAGE …';
  static override examples = ['knarr set image deployment/web nginx=nginx:1.27', 'knarr set image deployments --all *=nginx:1.27'];
  static override table = setImageFlags;

  async run(): Promise<void> {
    await this.runVerb(setImageFlags, setImage);
  }
}
