export interface Row {
  /** `[sig-node] Pods should …`, without `[Conformance]`. */
  readonly codename: string;
  /** The folder below test/e2e: `apimachinery`, `common/node`. */
  readonly area: string;
  /** From the root of the repository: `test/conformance/common/node/pods.test.ts`. */
  readonly file: string;
}
export function readRows(): Row[];
/** test/e2e/apimachinery/crd_watch.go → test/conformance/apimachinery/crd-watch.test.ts */
export function testFileOf(source: string): string;
/** What stands before the reason in the title of a row that no test can show on this kind of machine. */
export const unshowableMark: string;
