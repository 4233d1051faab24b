/** Folder of what `generate` makes of the APIs for the server and the site, a folder for each by its id. */
export const API_FOLDER = ".cache/api";

/** One of its files, relative to the project. */
export function apiFile(id: string, name: "image.binpb" | "reference.json"): string {
  return `${API_FOLDER}/${id}/${name}`;
}
