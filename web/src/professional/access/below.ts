import type { AccessGrant } from '../../lib/answers.ts';

/** How deep each line stands below one that is shown: what was given on from what. */
export function depths(all: readonly AccessGrant[]): ReadonlyMap<string, number> {
  return new Map(all.map((grant) => [grant.id, above(grant, all).length]));
}

/** How many lines end with this one that have not ended yet. */
export function below(grant: AccessGrant, all: readonly AccessGrant[]): number {
  return all.filter((one) => one.state !== 'withdrawn' && one.state !== 'expired' && above(one, all).includes(grant)).length;
}

function above(grant: AccessGrant, all: readonly AccessGrant[]): readonly AccessGrant[] {
  const under = grant.shared?.under;
  const parent = under ? all.find((one) => one !== grant && one.shared?.bucket === under) : undefined;
  return parent ? [...above(parent, all), parent] : [];
}
