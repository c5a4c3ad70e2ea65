import { domainOf } from '../pod-affinity-terms';
import { rejected, type Filter } from '../plugins';
import { spreads, type Spread } from '../topology';

const reason = "node(s) didn't match pod topology spread constraints";

export const topologySpread: Filter = ({ pod }, cluster) => {
  const constraints = spreads(pod, cluster, 'DoNotSchedule').map((spread) => ({ ...spread, least: leastCount(spread) }));
  if (constraints.length === 0) return undefined;
  return (node) => {
    for (const { constraint, self, counts, least } of constraints) {
      const domain = domainOf(node, constraint.topologyKey);
      if (domain === undefined) return rejected(false, `${reason} (missing required label)`);
      if ((counts.get(domain) ?? 0) + self - least > constraint.maxSkew) return rejected(true, reason);
    }
    return undefined;
  };
};

/** With fewer domains than asked for, the missing ones count as empty. */
function leastCount({ constraint, counts }: Spread): number {
  if (counts.size < (constraint.minDomains ?? 1)) return 0;
  return Math.min(...counts.values());
}
