import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";
import * as components from "./index";

// Serves the components to an engine that starts this file as a plugin. Importing it starts the
// server; programs import index.ts.
void componentProviderHost({
  name: "eoplatform",
  dirname: __dirname,
  // All classes that the package has; what else it exports are enums.
  components: Object.values(components).filter((exported) => typeof exported === "function"),
});
