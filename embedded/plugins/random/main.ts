import { serve } from "../protocol/serve";
import { RandomProvider } from "./provider";

void serve(() => new RandomProvider());
