import { projectedDownwardVolume as volume, setsMode, tellsAllocatable, tellsChanges, tellsName, tellsResource } from '../../support/downward-volumes';

tellsResource(volume, "[sig-storage] Projected downwardAPI should provide container's cpu limit [NodeConformance]", 'limits.cpu', '2');
tellsResource(volume, "[sig-storage] Projected downwardAPI should provide container's memory limit [NodeConformance]", 'limits.memory', '67108864');
tellsResource(volume, "[sig-storage] Projected downwardAPI should provide container's cpu request [NodeConformance]", 'requests.cpu', '1');
tellsResource(volume, "[sig-storage] Projected downwardAPI should provide container's memory request [NodeConformance]", 'requests.memory', '33554432');
tellsAllocatable(volume, '[sig-storage] Projected downwardAPI should provide node allocatable (cpu) as default cpu limit if the limit is not set [NodeConformance]', 'cpu');
tellsAllocatable(volume, '[sig-storage] Projected downwardAPI should provide node allocatable (memory) as default memory limit if the limit is not set [NodeConformance]', 'memory');
tellsName(volume, '[sig-storage] Projected downwardAPI should provide podname only [NodeConformance]');
setsMode(volume, '[sig-storage] Projected downwardAPI should set DefaultMode on files [LinuxOnly] [NodeConformance]', 'default');
setsMode(volume, '[sig-storage] Projected downwardAPI should set mode on item file [LinuxOnly] [NodeConformance]', 'item');
tellsChanges(volume, '[sig-storage] Projected downwardAPI should update labels on modification [NodeConformance]', 'labels');
tellsChanges(volume, '[sig-storage] Projected downwardAPI should update annotations on modification [NodeConformance]', 'annotations');
