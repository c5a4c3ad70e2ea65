import { VerbCommand } from '../../cli/command/verb-command';
import { creates } from '../../cli/verbs/create/generator';
import { ingress } from '../../cli/verbs/create/ingress/ingress';

export default class CreateIngress extends VerbCommand {
  static override summary = 'Lead requests from outside to services';
  static override synopsis = 'NAME --rule=HOST/PATH=SERVICE:PORT[,tls[=SECRET]]';
  static override examples = [
    'knarr create ingress web --rule=web.example/*=web:80',
    'knarr create ingress shop --class=nginx --rule=shop.example/=shop:http,tls=shop-cert',
  ];
  static override table = ingress.flags;

  async run(): Promise<void> {
    await this.runVerb(ingress.flags, creates(ingress));
  }
}
