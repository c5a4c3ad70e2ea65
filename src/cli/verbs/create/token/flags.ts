import { outputFlags } from '../../../flags/sets';
import { flagTable } from '../../../flags/spec';

export const tokenFlags = flagTable({
  ...outputFlags,
  'audience': { type: 'strings', help: 'Whom the token is for, instead of the API server; may be repeated.' },
  'bound-object-kind': { type: 'string', help: 'Pod, Secret or Node: the token ends with this object.' },
  'bound-object-name': { type: 'string', help: 'The name of that object.' },
  'bound-object-uid': { type: 'string', help: 'The UID of that object; the one it has now when not given.' },
  'duration': { type: 'duration', help: 'How long the token is good for: 10m, 24h. 0: as the server likes.' },
});
