import { flagTable } from '../../flags/spec';

export const debugFlags = flagTable({
  'arguments-only': { type: 'bool', help: 'What follows -- are the arguments of the container, not its command.' },
  'attach': { type: 'bool', help: 'Wait until the container runs, then attach to it. With -i this is the default.' },
  'container': { type: 'string', short: 'c', help: 'The name of the debug container.' },
  'copy-to': { type: 'string', help: 'Debug a copy of the pod, of this name.' },
  'custom': { type: 'string', help: 'File with a part of a container (JSON or YAML) that changes what the profile makes.' },
  'env': { type: 'map', help: 'Variables of the container, NAME=VALUE.' },
  'filename': { type: 'list', short: 'f', help: 'The file that names what to debug.' },
  'image': { type: 'string', help: 'The image of the debug container.' },
  'image-pull-policy': { type: 'string', help: 'Always, IfNotPresent or Never; the server decides when absent.' },
  'keep-annotations': { type: 'bool', help: 'The copy keeps the annotations of the pod.' },
  'keep-init-containers': { type: 'bool', default: true, help: 'The copy keeps the containers of initialisation.' },
  'keep-labels': { type: 'bool', help: 'The copy keeps the labels of the pod.' },
  'keep-liveness': { type: 'bool', help: 'The copy keeps the liveness probes.' },
  'keep-readiness': { type: 'bool', help: 'The copy keeps the readiness probes.' },
  'keep-startup': { type: 'bool', help: 'The copy keeps the startup probes.' },
  'profile': { type: 'string', default: 'legacy', help: 'What the container may do: legacy, general, baseline, netadmin, restricted or sysadmin.' },
  'quiet': { type: 'bool', short: 'q', help: 'Print no messages of our own.' },
  'replace': { type: 'bool', help: 'Delete the pod once it is copied.' },
  'same-node': { type: 'bool', help: 'Run the copy on the node of the pod.' },
  'set-image': { type: 'map', help: 'Images of the copy, CONTAINER=IMAGE; * stands for all containers.' },
  'share-processes': { type: 'bool', default: true, help: 'Containers of the copy see the processes of each other.' },
  'stdin': { type: 'bool', short: 'i', help: 'Keep standard input of the container open.' },
  'target': { type: 'string', help: 'The container whose processes to see.' },
  'tty': { type: 'bool', short: 't', help: 'Give the container a terminal.' },
});

export type DebugFlags = typeof debugFlags;
