import { createFileRegistry, type DescMethod, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** Reads a binary `FileDescriptorSet` (as `buf build` writes it) into a registry of all its types. */
export function loadRegistry(image: Uint8Array): FileRegistry {
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
}

/** Services by full name: of one image, or of several. */
export type ServiceRegistry = Pick<FileRegistry, "getService">;

/** The method `poolrpc.Trader.GetInfo`, or undefined where the registry has no such service or method. */
export function findMethod(registry: ServiceRegistry, fullName: string): DescMethod | undefined {
  const dot = fullName.lastIndexOf(".");
  const service = registry.getService(fullName.slice(0, dot));
  return service?.methods.find((method) => method.name === fullName.slice(dot + 1));
}
