/** Version of the published package whose names and types these are, and of its plugin. */
export const packageVersion = "3.6.0";
