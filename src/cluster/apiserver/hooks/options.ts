export interface HookOptions {
  /** `10.96.0.0/12` */
  readonly serviceCIDR: string;
  /** Inclusive. */
  readonly nodePortRange: { readonly from: number; readonly to: number };
}
