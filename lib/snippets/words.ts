/** The folder with the proto files, as snippets name it: relative to where they are run. */
export const PROTO_ROOT = "proto";

/** Ends the sentence that says how a program is run which needs the proto files. */
export const PROTO_NOTE = ` in the folder that holds ${PROTO_ROOT}, the folder of the proto files: the project below has it`;

/** Of a request with an extension. */
export const UNNAMED =
  "The request holds an extension or a field that the method's own files do not name. This client cannot write it down.";

/** Where the profile does not say where REST is served. */
export const REST_NOTE =
  "The profile names the daemon's gRPC address only. REST_ADDRESS is where it serves REST, as host:port; a profile of the file of profiles may say it as rest.";

export const REST_STREAM = "The method streams from the client, which REST can't do.";
