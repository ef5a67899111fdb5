import { isCredentialName } from "../../components/workloads/spark/checks";

/** Names beside those that the components refuse: rather a plain value kept secret than the reverse. */
const further = /(passphrase|pwd|keytab|private[._-]?key|auth$)/i;

/** Long, without spaces and dots: a key or a token, unless it is a path. */
const longWord = /^(?!\/)(?=.*\d)[A-Za-z0-9+/=_-]{32,}$/;

const marked = /AKIA[A-Z0-9]{12,}|-----BEGIN|:\/\/[^/\s]*@/;

/** As in `-Djavax.net.ssl.trustStorePassword=…`, or in JSON. */
const named = /(password|passwd|pwd|secret|token|access[._-]?key|api[._-]?key)\w*["']?\s*[:=]/i;

/** Whether a value looks like a credential, or has one in it. */
export const mayBeCredential = (value: string): boolean =>
  marked.test(value) || named.test(value) || value.split(/\s+/).some((word) => longWord.test(word));

/** Names out of the values for a message, on one line. */
export const told = (items: readonly string[]): string =>
  items
    .map((item) => (mayBeCredential(item) ? "one not shown here" : item.replaceAll(/\s+/g, " ")))
    .join(", ");

/** Whether a variable is to be kept secret, by its name or its value. */
export const isSecretVariable = (name: string, value: string | undefined): boolean =>
  isCredentialName(name) || further.test(name) || (value !== undefined && mayBeCredential(value));

const assigned =
  /(password|passwd|secret|token|api_?key)\w*["']?\s*[:=]\s*["'][^"'\s]{6,}["']|AKIA[A-Z0-9]{12,}|-----BEGIN [A-Z ]*PRIVATE/i;

/** Whether a file's content seems to have a credential written out in it. */
export const holdsCredential = (content: string): boolean => assigned.test(content);
