/** An openEO of a stack: its name, where its settings stand, and the settings. */
export interface OpenEoInstance<T> {
  /** Its name, which the component bears too. */
  readonly name: string;
  /** Where its settings stand in the stack file. */
  readonly at: readonly string[];
  /** The settings. */
  readonly openeo: T;
}

/** The openEO instances that are deployed: that of the section `openeo`, then the further ones. */
export const openEoInstances = <T extends { readonly enabled: boolean }>(settings: {
  readonly openeo: T;
  readonly openeoInstances: Readonly<Record<string, T>>;
}): readonly OpenEoInstance<T>[] =>
  [
    { name: "openeo", at: ["openeo"], openeo: settings.openeo },
    ...Object.entries(settings.openeoInstances).map(([name, openeo]) => ({
      name,
      at: ["openeoInstances", name],
      openeo,
    })),
  ].filter(({ openeo }) => openeo.enabled);
