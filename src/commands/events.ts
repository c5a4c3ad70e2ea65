import { VerbCommand } from '../cli/command/verb-command';
import { events } from '../cli/verbs/events/events';
import { eventsFlags } from '../cli/verbs/events/flags';

export default class Events extends VerbCommand {
  static override summary = 'List events';
  static override synopsis = '[--for=TYPE/NAME] [--types=TYPE,…] [--watch]';
  static override examples = ['knarr events', 'knarr events --all-namespaces --types=Warning', 'knarr events --for=pod/web --watch'];
  static override table = eventsFlags;

  async run(): Promise<void> {
    await this.runVerb(eventsFlags, events);
  }
}
