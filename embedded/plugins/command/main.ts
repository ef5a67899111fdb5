import { serve } from "../protocol/serve";
import { CommandProvider } from "./provider";

void serve((log) => new CommandProvider(log));
