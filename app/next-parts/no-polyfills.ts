// Stands in for what Next would add for browsers that are too old for the site: see next.config.mjs.
export {};
