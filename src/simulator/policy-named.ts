/** Finds a policy by its name. @throws RangeError that names those that exist */
export function policyNamed<T extends { readonly name: string }>(
  policies: readonly T[],
  name: string,
  kind: string,
): T {
  const found = policies.find((policy) => policy.name === name)
  if (!found)
    throw new RangeError(`no ${kind} policy "${name}" (there are: ${policies.map((policy) => policy.name).join(', ')})`)
  return found
}
