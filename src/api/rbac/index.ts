export * from './covers';
export { grantRows } from './grants';
export { reconcileBinding, reconcileRole, type Reconciled } from './reconcile';
