import {
  consumed, inSeveralVolumes, nonRoot, optionalUpdatesAreSeen, projectedConfigMapFiles as source, updatesAreSeen, withItemMode, withMappings,
} from '../../support/file-volumes';

consumed(source, '[sig-storage] Projected configMap should be consumable from pods in volume [NodeConformance]');
consumed(source, '[sig-storage] Projected configMap should be consumable from pods in volume with defaultMode set [LinuxOnly] [NodeConformance]', { selection: { defaultMode: 0o400 }, mode: '-r--------' });
consumed(source, '[sig-storage] Projected configMap should be consumable from pods in volume as non-root [NodeConformance]', { as: nonRoot });
withMappings(source, '[sig-storage] Projected configMap should be consumable from pods in volume with mappings [NodeConformance]');
withItemMode(source, '[sig-storage] Projected configMap should be consumable from pods in volume with mappings and Item mode set [LinuxOnly] [NodeConformance]');
withMappings(source, '[sig-storage] Projected configMap should be consumable from pods in volume with mappings as non-root [NodeConformance]', { as: nonRoot });
updatesAreSeen(source, '[sig-storage] Projected configMap updates should be reflected in volume [NodeConformance]');
optionalUpdatesAreSeen(source, '[sig-storage] Projected configMap optional updates should be reflected in volume [NodeConformance]');
inSeveralVolumes(source, '[sig-storage] Projected configMap should be consumable in multiple volumes in the same pod [NodeConformance]');
