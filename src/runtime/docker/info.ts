import type Docker from 'dockerode';
import type { RuntimeInfo } from '../port';
import { asFailure } from './errors';

interface EngineInfo {
  ServerVersion: string;
  OperatingSystem: string;
  KernelVersion: string;
  Architecture: string;
  NCPU: number;
  MemTotal: number;
}

const architectures: Record<string, string> = { x86_64: 'amd64', aarch64: 'arm64', armv7l: 'arm' };

/** Asks the engine for all of it once; from then on only whether it answers. */
export class EngineFacts {
  private known?: RuntimeInfo;

  constructor(private readonly docker: Docker) {}

  async get(): Promise<RuntimeInfo> {
    return asFailure(async () => {
      if (this.known) {
        await this.docker.ping();
        return this.known;
      }
      const info = (await this.docker.info()) as EngineInfo;
      this.known = {
        version: `docker://${info.ServerVersion}`,
        osImage: info.OperatingSystem,
        kernelVersion: info.KernelVersion,
        architecture: architectures[info.Architecture] ?? info.Architecture,
        cpus: info.NCPU,
        memoryBytes: info.MemTotal,
      };
      return this.known;
    });
  }
}
