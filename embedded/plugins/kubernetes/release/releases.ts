import type { Context } from "../context";
import type { Provider } from "../../protocol/provider";
export class Releases implements Pick<
  Provider,
  "check" | "diff" | "create" | "read" | "update" | "delete"
> {
  constructor(private readonly context: Context) {
    void this.context;
  }
  check = () => Promise.reject(new Error("todo"));
  diff = this.check;
  create = this.check;
  read = this.check;
  update = this.check;
  delete = this.check;
}
