import assert from "node:assert/strict";
import { judgePrune, type NodeImageInCloud } from "../../cloud/imageUse";

describe("the images that go", () => {
  const image = (id: string, more: Partial<NodeImageInCloud> = {}): NodeImageInCloud => ({
    id,
    name: "node",
    status: "active",
    checksum: "c",
    createdAt: "2026-01-01T00:00:00Z",
    isProtected: false,
    minDiskGib: 0,
    minRamMib: 0,
    usedBy: [],
    ...more,
  });

  it("are none that a stack's settings name, and none that are protected", () => {
    const images = [
      image("1"),
      image("2"),
      image("3", { isProtected: true }),
      image("4"),
      image("5", { name: "other" }),
      image("6", { usedBy: ["a volume", "a volume"] }),
    ];
    const judged = judgePrune(images, 1, new Map([["2", "prod"]]));
    assert.deepEqual(
      judged.map(({ image: { id }, kept }) => [id, kept]),
      [
        ["1", "among the newest 1 of its name"],
        ["2", "named in the settings of prod"],
        ["3", "protected from deletion"],
        ["4", undefined],
        ["5", "among the newest 1 of its name"],
        ["6", "used by a volume"],
      ],
    );
  });
});
