import type { Session } from './session';

/** kubectl's features that a variable of this name turns off or on. */
export type FeatureGate = 'KUBECTL_REMOTE_COMMAND_WEBSOCKETS' | 'KUBECTL_PORT_FORWARD_WEBSOCKETS' | 'KUBECTL_KUBERC' | 'KUBECTL_APPLYSET' | 'KUBECTL_ENABLE_CMD_SHADOW';

/** After cmdutil.FeatureGate: only these two words count. */
export const isEnabled = ({ env }: Pick<Session, 'env'>, gate: FeatureGate): boolean => env[gate]?.toLowerCase() === 'true';
export const isDisabled = ({ env }: Pick<Session, 'env'>, gate: FeatureGate): boolean => env[gate]?.toLowerCase() === 'false';
