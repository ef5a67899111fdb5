import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";
import * as components from "./index";

// Serves the components to an engine that starts this file as a plugin. Importing it starts the
// server; programs import index.ts.
void componentProviderHost({
  name: "eoplatform",
  dirname: __dirname,
  components: [
    components.SparkOperator,
    components.Traefik,
    components.OpenEo,
    components.OpenEoServices,
  ],
});
