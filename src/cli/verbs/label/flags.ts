import { metadataFlags } from '../../metadata/flags';

export const labelFlags = metadataFlags('kubectl-label');
