export { dataSourceTypes } from "./dataSource";
export { baseName } from "./fileNames";
export { catalogueImage, imageFolder, openeoTag, type CatalogueImage } from "./image";
export { describeInFile, describeProblem, type CatalogueProblem } from "./problem";
export {
  readCatalogue,
  type Catalogue,
  type CatalogueCollection,
  type CatalogueFile,
} from "./read";
export { configMapLimitBytes, oversized } from "./size";
