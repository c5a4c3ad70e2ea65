import { VerbCommand } from '../../cli/command/verb-command';
import { creates } from '../../cli/verbs/create/generator';
import { cronJob } from '../../cli/verbs/create/workloads/jobs';

export default class CreateCronJob extends VerbCommand {
  static override summary = 'Create a job that runs at set times';
  static override synopsis = 'NAME --image=IMAGE --schedule=SCHEDULE [-- COMMAND …]';
  static override examples = ['knarr create cronjob tick --image=busybox --schedule=\'*/5 * * * *\' -- date'];
  static override table = cronJob.flags;

  async run(): Promise<void> {
    await this.runVerb(cronJob.flags, creates(cronJob));
  }
}
