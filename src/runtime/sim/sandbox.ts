import type { Sandbox, SandboxSpec } from '../port';
import type { SimContainer } from './container';

export class SimSandbox {
  ready = true;
  /** In the order of their creation. */
  readonly containers = new Set<SimContainer>();

  constructor(readonly id: string, readonly spec: SandboxSpec, private readonly createdAtMs: number) {}

  status(): Sandbox {
    const { podUid, podName, namespace, nodeName, attempt, ip, annotations } = this.spec;
    return {
      id: this.id, podUid, podName, namespace, nodeName, attempt, annotations,
      state: this.ready ? 'ready' : 'notready',
      ...(ip !== undefined && { ip }),
      createdAtMs: this.createdAtMs,
      containers: [...this.containers].map((container) => container.status()),
    };
  }

  /** A file that is mounted where web servers look, else a page that says which pod answers. */
  respond(path: string, container: SimContainer, read: (file: string) => Buffer | undefined): { body: Buffer | string; type: string } {
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const file = documentRoots.map((root) => read(root + name)).find((data) => data !== undefined);
    if (file) return { body: file, type: name.endsWith('.html') ? 'text/html' : 'text/plain' };
    const { podName, namespace, nodeName } = this.spec;
    return { body: `simulated ${container.spec.image}\npod ${podName} in namespace ${namespace} on node ${nodeName}\n`, type: 'text/plain' };
  }
}

const documentRoots = ['/usr/share/nginx/html', '/var/www/html', '/usr/local/apache2/htdocs', '/www'];
