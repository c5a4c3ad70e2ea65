import { VerbCommand } from '../../cli/command/verb-command';
import { creates } from '../../cli/verbs/create/generator';
import { job } from '../../cli/verbs/create/workloads/jobs';

export default class CreateJob extends VerbCommand {
  static override summary = 'Create a job of an image, or run a cron job now';
  static override synopsis = 'NAME (--image=IMAGE [-- COMMAND …] | --from=cronjob/NAME)';
  static override examples = ['knarr create job hello --image=busybox -- echo hello', 'knarr create job tick-now --from=cronjob/tick'];
  static override table = job.flags;

  async run(): Promise<void> {
    await this.runVerb(job.flags, creates(job));
  }
}
