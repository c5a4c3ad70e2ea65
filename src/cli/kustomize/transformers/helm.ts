/** Charts are not inflated: kustomize does not either unless it is told to, and then needs a helm to run. */
export function helmRefusal({ helmEnabled }: { helmEnabled: boolean }): Error {
  return new Error(helmEnabled ? 'helm charts are not inflated: run helm template and add its output to the resources' : 'must specify --enable-helm');
}
