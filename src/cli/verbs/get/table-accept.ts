/** Asks for a metav1.Table, and takes the objects from a server that makes none. */
export const tableAccept = ['v1', 'v1beta1'].map((version) => `application/json;as=Table;v=${version};g=meta.k8s.io`).concat('application/json').join(',');
