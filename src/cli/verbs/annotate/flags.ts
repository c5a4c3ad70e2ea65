import { metadataFlags } from '../../metadata/flags';

export const annotateFlags = metadataFlags('kubectl-annotate');
