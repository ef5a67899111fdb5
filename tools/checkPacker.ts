/** What `make check` says of the image's template: Packer's format, and what it validates. */
import { checkFormat, checkSyntax, findPacker, lacksPlugin, specimen, validate } from "./packer";

async function main(): Promise<boolean> {
  const tool = await findPacker();
  if (tool === undefined) {
    console.error("packer is not installed: packer/ not checked (apt-get install packer)");
    return true;
  }
  const said = [await checkFormat()];
  const whole = await validate(tool, specimen);
  if (lacksPlugin(whole)) {
    console.error("packer has no plugin: only the syntax of packer/ checked (packer init packer)");
    said.push(await checkSyntax());
  } else {
    said.push(whole, await validate(tool, { ...specimen, flavour: "rke2", kubernetes: "1.36" }));
  }
  const wrong = said.filter(({ holds }) => !holds);
  for (const { text } of wrong) console.error(text);
  return wrong.length === 0;
}

main().then(
  (holds) => process.exit(holds ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
