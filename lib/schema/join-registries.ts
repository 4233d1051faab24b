import type { ServiceRegistry } from "./registry.ts";

/**
 * The services of several images. They stay apart below that: two images may hold different versions of one file, and a
 * method's own types are those of its image.
 */
export function joinRegistries(registries: readonly ServiceRegistry[]): ServiceRegistry {
  return {
    getService: (name) => {
      for (const registry of registries) {
        const service = registry.getService(name);
        if (service !== undefined) return service;
      }
      return undefined;
    },
  };
}
