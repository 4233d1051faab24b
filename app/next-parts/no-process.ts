/** Stands in for a whole `process` in the browser: nothing there asks it for more than its environment. */
export const env = {};
