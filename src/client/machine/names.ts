/** The first node is named after the profile, as minikube names its own. */
const machineName = (profile: string, index: number): string => (index === 0 ? profile : `${profile}-m${String(index + 1).padStart(2, '0')}`);

/** Names for so many more machines. */
export function newNames(profile: string, count: number, taken: ReadonlySet<string>): string[] {
  const names: string[] = [];
  for (let index = 0; names.length < count; index++) {
    const name = machineName(profile, index);
    if (!taken.has(name)) names.push(name);
  }
  return names;
}
