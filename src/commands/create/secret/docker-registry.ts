import { VerbCommand } from '../../../cli/command/verb-command';
import { creates } from '../../../cli/verbs/create/generator';
import { dockerRegistrySecret } from '../../../cli/verbs/create/secret/docker-registry';

export default class CreateSecretDockerRegistry extends VerbCommand {
  static override summary = 'Create a secret to fetch images with';
  static override synopsis = 'NAME (--docker-username=USER --docker-password=PASSWORD [--docker-server=SERVER] | --from-file=[KEY=]PATH)';
  static override examples = ['knarr create secret docker-registry registry --docker-server=registry.example --docker-username=jane --docker-password=secret'];
  static override table = dockerRegistrySecret.flags;

  async run(): Promise<void> {
    await this.runVerb(dockerRegistrySecret.flags, creates(dockerRegistrySecret));
  }
}
